// Operations and services at random, each from a number: the same number gives the same again.
import {
  astFromValue,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  print,
} from 'graphql'

/** Numbers from 0 up to `below`, one after the other. */
export type Dice = (below: number) => number

/** Mulberry32: short, and good enough to choose by. */
export function createDice(seed: number): Dice {
  let state = seed | 0
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const MAX_DEPTH = 4

/** An operation with fragments, aliases, conditions and the same field twice; not always a valid one. */
export function makeOperation(schema: GraphQLSchema, dice: Dice): string {
  const kind = dice(8) === 0 ? 'mutation' : 'query'
  const root = kind === 'query' ? schema.getQueryType() : schema.getMutationType()
  if (!root) throw new Error('The schema has queries and mutations.')
  const fragments: string[] = []

  function selections(type: GraphQLNamedType, depth: number): string {
    const count = 1 + dice(4)
    const all = Array.from({ length: count }, () => selection(type, depth)).filter((text) => text !== '')
    return `{ ${all.length > 0 ? all.join(' ') : '__typename'} }`
  }

  function selection(type: GraphQLNamedType, depth: number): string {
    const fields = 'getFields' in type && !isInputObjectType(type) ? Object.values(type.getFields()) : []
    const choice = dice(12)
    if (fields.length === 0 || choice === 0) return `${alias()}__typename${condition()}`
    if (choice === 1 && depth > 0) return `... on ${narrower(type)}${condition()} ${selections(type, depth - 1)}`
    if (choice === 2 && depth > 0) return `...${condition()} ${selections(type, depth - 1)}`
    if (choice === 3 && depth > 0) return spread(type, depth)
    const field = fields[dice(fields.length)]
    return field ? fieldText(field, depth) : ''
  }

  function spread(type: GraphQLNamedType, depth: number): string {
    const name = `f${fragments.length}`
    fragments.push('')
    fragments[Number(name.slice(1))] = `fragment ${name} on ${type.name} ${selections(type, depth - 1)}`
    return `...${name}${condition()}${dice(3) === 0 ? ` ...${name}` : ''}`
  }

  function fieldText(field: GraphQLField<unknown, unknown>, depth: number): string {
    const type = getNamedType(field.type)
    if (isCompositeType(type) && depth === 0) return ''
    const inside = isCompositeType(type) ? ` ${selections(type, depth - 1)}` : ''
    return `${alias()}${field.name}${argumentsText(field)}${condition()}${inside}`
  }

  function narrower(type: GraphQLNamedType): string {
    const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : []
    return possible[dice(possible.length || 1)]?.name ?? type.name
  }

  function argumentsText({ args }: GraphQLField<unknown, unknown>): string {
    const given = args.filter((arg) => isRequiredArgument(arg) || dice(6) === 0)
    return given.length === 0 ? '' : `(${given.map(({ name, type }) => `${name}: ${valueText(type)}`).join(', ')})`
  }

  function valueText(type: GraphQLInputType): string {
    if (isNonNullType(type)) return valueText(type.ofType)
    if (isListType(type)) return `[${valueText(type.ofType)}]`
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(isRequiredInputField)
      return `{ ${fields.map((field) => `${field.name}: ${valueText(field.type)}`).join(', ')} }`
    }
    if (isEnumType(type)) return type.getValues()[dice(type.getValues().length)]?.name ?? 'null'
    if (type.name === 'ID' && dice(2) === 0) return '$id'
    if (type.name === 'DateTime') return '"2026-11-25T10:00:00.000Z"'
    const value = type.name === 'Boolean' ? true : type.name === 'String' || type.name === 'ID' ? 'x' : 1
    const node = astFromValue(value, type)
    return node ? print(node) : 'null'
  }

  const alias = () => (dice(6) === 0 ? `a${dice(30)}: ` : '')
  const condition = () =>
    dice(6) === 0 ? [' @include(if: $yes)', ' @skip(if: $maybe)', ' @skip(if: false)'][dice(3)] : ''
  const body = selections(root, MAX_DEPTH)
  return `${kind} Op($id: ID! = "1", $yes: Boolean!, $maybe: Boolean! = false) ${body} ${fragments.join(' ')}`
}
