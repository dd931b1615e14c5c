// The types of the graph as tables. Pure.
import {
  astFromValue,
  type GraphQLArgument,
  type GraphQLEnumType,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLObjectType,
  type GraphQLScalarType,
  type GraphQLType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
  isSpecifiedScalarType,
  print,
} from 'graphql'
import { anchorOf, code, listed, table } from '../markdown.ts'
import { type Graph, nameOfPart, type Part } from './read-graph.ts'

/** A type as the schema writes it, with a link to where it is told. */
export function typeLink(type: GraphQLType): string {
  if (isNonNullType(type)) return `${typeLink(type.ofType)}!`
  if (isListType(type)) return `[${typeLink(type.ofType)}]`
  const named = getNamedType(type)
  if (isSpecifiedScalarType(named)) return named.name
  const file = isInputObjectType(named) ? 'inputs' : isEnumType(named) || isScalarType(named) ? 'enums' : 'objects'
  return `[${named.name}](${file}.md#${anchorOf(named.name)})`
}

/** The type of an argument, and what it is where none is given. */
export function withDefault({ type, defaultValue }: GraphQLArgument | GraphQLInputField): string {
  const value = defaultValue === undefined ? undefined : astFromValue(defaultValue, type)
  return value ? `${typeLink(type)} = ${code(print(value))}` : typeLink(type)
}

/** Its fields, and below each what it takes. */
export function objectParts({ answeredBy }: Graph, type: GraphQLObjectType): string[] {
  const rows = Object.values(type.getFields()).flatMap((field) => [
    [code(field.name), typeLink(field.type), field.description ?? ''],
    ...field.args.map((arg) => [`— ${code(arg.name)}`, withDefault(arg), arg.description ?? '']),
  ])
  const parts = [
    ...new Set(Object.keys(type.getFields()).flatMap((name) => toldBy(answeredBy, `${type.name}.${name}`))),
  ]
  return [table(['field', 'type', ''], rows), `From ${listed(parts.map(nameOfPart))}.`]
}

/** The keys by which services know each other's things are everybody's, and told by the first. */
function toldBy(answeredBy: Graph['answeredBy'], field: string): readonly Part[] {
  const parts = answeredBy.get(field) ?? []
  return parts.length > 1 ? parts.slice(0, 1) : parts
}

export function inputParts(type: GraphQLInputObjectType): string[] {
  const rows = Object.values(type.getFields()).map((field) => [
    code(field.name),
    withDefault(field),
    field.description ?? '',
  ])
  return [table(['field', 'type', ''], rows)]
}

export function enumParts(type: GraphQLEnumType | GraphQLScalarType): string[] {
  if (!isEnumType(type)) return ['A scalar.']
  return [
    table(
      ['value', ''],
      type.getValues().map(({ name, description }) => [code(name), description ?? '']),
    ),
  ]
}
