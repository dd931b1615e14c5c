// What of the graph says nothing of itself. Pure.
import {
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql'

/** The types that clients meet, by name. */
export function typesOf(schema: GraphQLSchema): GraphQLNamedType[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** Every type, field, argument and value without a description. */
export function undescribedInGraph(schema: GraphQLSchema): string[] {
  return typesOf(schema).flatMap((type) => [
    ...(type.description ? [] : [type.name]),
    ...partsOf(type).flatMap(([name, description]) => (description ? [] : [`${type.name}.${name}`])),
  ])
}

function partsOf(type: GraphQLNamedType): [name: string, description: string | null | undefined][] {
  if (isEnumType(type)) return type.getValues().map(({ name, description }) => [name, description])
  if (isInputObjectType(type))
    return Object.values(type.getFields()).map(({ name, description }) => [name, description])
  if (!isObjectType(type)) return []
  return Object.values(type.getFields()).flatMap(({ name, description, args }) => [
    [name, description],
    ...args.map((arg): [string, string | null | undefined] => [`${name}(${arg.name})`, arg.description]),
  ])
}
