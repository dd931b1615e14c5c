// What of the contract of REST says nothing of itself. Pure.
import { type Contract, operationsOf, type Schema } from './contract.ts'

/** Every operation, parameter, schema and property without a description; what refers to a schema has that one's. */
export function undescribedInContract(contract: Contract): string[] {
  const { schemas, parameters } = contract.components
  return [
    ...Object.entries(schemas).flatMap(([name, schema]) => [
      ...(schema.description ? [] : [name]),
      ...undescribedIn(schema, name),
    ]),
    ...Object.values(parameters).flatMap(({ name, description }) => (description ? [] : [`parameter ${name}`])),
    ...operationsOf(contract).flatMap((operation) => {
      const at = `${operation.method.toUpperCase()} ${operation.path}`
      const bodies = [operation.requestBody, ...Object.values(operation.responses)]
      return [
        ...(operation.description ? [] : [at]),
        ...operation.parameters.flatMap((one) => ((one.$ref ?? one.description) ? [] : [`${at}: ${one.name}`])),
        ...bodies
          .flatMap((body) => Object.values(body?.content ?? {}))
          .flatMap((one) => undescribedIn(one.schema ?? {}, at)),
      ]
    }),
  ]
}

function undescribedIn(schema: Schema, at: string): string[] {
  const { properties = {}, items, oneOf = [], anyOf = [], allOf = [] } = schema
  return [
    ...Object.entries(properties).flatMap(([name, property]) => [
      ...(isDescribed(property) ? [] : [`${at}.${name}`]),
      ...undescribedIn(property, `${at}.${name}`),
    ]),
    ...(items ? undescribedIn(items, `${at}[]`) : []),
    ...[...oneOf, ...anyOf, ...allOf].flatMap((one) => undescribedIn(one, at)),
  ]
}

function isDescribed({ description, $ref, oneOf = [], anyOf = [] }: Schema): boolean {
  return Boolean(description ?? $ref) || [...oneOf, ...anyOf].some((one) => one.$ref !== undefined)
}
