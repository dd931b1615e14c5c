// The graph's own scalars: what they let in, and what they let out.
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql'
import * as v from 'valibot'
import { readInstant } from '../instants.ts'

const DateTime = new GraphQLScalarType<string, unknown>({
  name: 'DateTime',
  serialize: (value) => value,
  parseValue: parseInstant,
  parseLiteral: (node) => parseInstant(node.kind === Kind.STRING ? node.value : null),
})

/** The same instant in UTC. */
function parseInstant(value: unknown): string {
  const instant = typeof value === 'string' ? readInstant(value) : null
  if (instant === null) {
    throw new GraphQLError('This is no instant of the years 1970 to 9998, such as "2026-01-31T12:00:00.000Z".')
  }
  return instant
}

const Decimal = new GraphQLScalarType<string, unknown>({
  name: 'Decimal',
  serialize: (value) => value,
  parseValue: parseDecimal,
  parseLiteral: (node) => parseDecimal(node.kind === Kind.STRING ? node.value : null),
})

/** The text as it is: a number of JavaScript would round it. */
function parseDecimal(value: unknown): string {
  if (typeof value === 'string' && /^-?\d{1,18}(\.\d{1,10})?$/.test(value)) return value
  throw new GraphQLError('This is no decimal as a string, such as "2.50".')
}

const stringMap = v.record(v.string(), v.string())

const StringMap = new GraphQLScalarType<Record<string, string>, unknown>({
  name: 'StringMap',
  serialize: (value) => value,
  parseValue: parseStringMap,
  parseLiteral: (node, variables) => parseStringMap(plainValue(node, variables ?? {})),
})

function parseStringMap(value: unknown): Record<string, string> {
  const result = v.safeParse(stringMap, value)
  if (!result.success) throw new GraphQLError('This is no object whose values are strings, such as {LR: "0.1"}.')
  return result.output
}

/** An object literal as a plain value; whatever is no string inside fails the check that follows. */
function plainValue(node: ValueNode, variables: Readonly<Record<string, unknown>>): unknown {
  if (node.kind === Kind.OBJECT) {
    return Object.fromEntries(node.fields.map((field) => [field.name.value, plainValue(field.value, variables)]))
  }
  if (node.kind === Kind.VARIABLE) return variables[node.name.value]
  return node.kind === Kind.STRING ? node.value : null
}

/** For a subgraph's resolvers. */
export const scalars = { DateTime, Decimal, StringMap }
