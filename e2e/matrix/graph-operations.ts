// Every field of Query, Mutation and Subscription as an operation: its text from the schema, its variables by targets.
import { readFileSync } from 'node:fs'
import {
  buildSchema,
  type GraphQLField,
  type GraphQLOutputType,
  getNamedType,
  isLeafType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { argumentsOf, type Targets } from './arguments.ts'

export interface GraphOperation {
  kind: 'query' | 'mutation' | 'subscription'
  field: string
  request(targets: Targets): { query: string; variables: Record<string, unknown> }
}

/** All of them, queries first and mutations last. */
export function graphOperations(): GraphOperation[] {
  const schema = buildSchema(readFileSync(new URL('../../schema/generated/api.graphql', import.meta.url), 'utf8'))
  const fieldsOf = (kind: GraphOperation['kind'], fields = {}) =>
    Object.values<GraphQLField<unknown, unknown>>(fields).map((field) => operation(kind, field))
  return [
    ...fieldsOf('query', schema.getQueryType()?.getFields()),
    ...fieldsOf('subscription', schema.getSubscriptionType()?.getFields()),
    ...fieldsOf('mutation', schema.getMutationType()?.getFields()),
  ]
}

function operation(kind: GraphOperation['kind'], field: GraphQLField<unknown, unknown>): GraphOperation {
  return {
    kind,
    field: field.name,
    request(targets) {
      const given = argumentsOf(field.name, field.args, targets)
      const declared = given.map(({ argument }) => `$${argument.name}: ${argument.type}`).join(', ')
      const passed = given.map(({ argument: { name } }) => `${name}: $${name}`).join(', ')
      const head = declared ? `${kind} (${declared})` : kind
      const call = passed ? `${field.name}(${passed})` : field.name
      const variables = Object.fromEntries(given.map(({ argument, value }) => [argument.name, value]))
      return { query: `${head} { ${call} ${selection(field.type)} }`, variables }
    },
  }
}

/** Things by their own values, and what only wraps things by all that is in it. */
function selection(type: GraphQLOutputType): string {
  const named = getNamedType(type)
  if (!isObjectType(named)) return ''
  const fields = Object.values(named.getFields()).filter(({ args }) => !args.some(({ type }) => isNonNullType(type)))
  const isThing = fields.some(({ name }) => name === 'id')
  const parts = fields.map((field) => {
    if (isLeafType(getNamedType(field.type))) return field.name
    return isThing || field.args.length > 0 ? '' : `${field.name} ${selection(field.type)}`
  })
  return `{ ${parts.filter(Boolean).join(' ')} }`
}
