// Operations that are wrong, or right with odd values.
import type { Chance } from '../seeded.ts'
import {
  type GraphField,
  type GraphInput,
  type GraphSchema,
  type GraphType,
  namedType,
  type TypeRef,
} from './graph-schema.ts'
import { oddInstant, oddJson, oddNumber, oddText, spoilt } from './odd-values.ts'

export interface BadOperation {
  query: string
  variables?: unknown
  operationName?: unknown
}

type RootName = 'Query' | 'Mutation' | 'Subscription'

/** An operation on one of these roots. */
export function badOperation(schema: GraphSchema, roots: readonly RootName[], chance: Chance): BadOperation {
  const kind = chance.between(0, 9)
  if (kind === 0) return { query: chance.pick(MONSTERS)(chance.between(2, 200)) }
  if (kind === 1) return { query: oddText(chance) }
  const operation = askedOddly(schema, chance.pick(roots), chance)
  if (kind <= 4) return { ...operation, query: spoilt(operation.query, chance) }
  if (kind === 5) return { ...operation, variables: oddJson(chance) }
  if (kind === 6) return { ...operation, operationName: oddJson(chance, 1) }
  return operation
}

/** Deep, wide, cyclic, and what else grows faster than its text. */
const MONSTERS: readonly ((size: number) => string)[] = [
  (size) => `${'{ jobs '.repeat(size * 20)}`,
  (size) => `{ ${'version '.repeat(size * 10)} }`,
  (size) => `{ ${Array.from({ length: size }, (_, i) => `a${i}: version`).join(' ')} }`,
  (size) =>
    `{ ...f0 } ${Array.from({ length: size }, (_, i) => `fragment f${i} on Query { ...f${(i + 1) % size} version }`).join(' ')}`,
  (size) =>
    `{ gpu(id: "x") { ...f0 } } ${Array.from({ length: size }, (_, i) => `fragment f${i} on Gpu { worker { gpus { ...f${i + 1} } } }`).join(' ')} fragment f${size} on Gpu { id }`,
  (size) => `{ version ${'@skip(if: false) '.repeat(size)} }`,
  (size) => `query (${'$a: [Int] '.repeat(size)}) { version }`,
  (size) => `{ jobs(first: ${'9'.repeat(size * 5)}) { nodes { id } } }`,
  (size) => `{ job(id: ${'['.repeat(size * 20)}${']'.repeat(size * 20)}) { id } }`,
  (size) => `{ job(id: "${'\\uD83D'.repeat(size)}") { id } }`,
  (size) => `# ${'x'.repeat(size * 100)}\n{ version }`,
  (size) => `{ __schema { types { ${'fields { type { '.repeat(size)} name ${'} } '.repeat(size)} } } }`,
  (size) => `${'query A { version } '.repeat(size)}`,
]

/** A root field with odd values of about the right types, in variables or in the document. */
function askedOddly(schema: GraphSchema, root: RootName, chance: Chance): BadOperation {
  const field = chance.pick(schema.get(root)?.fields ?? [])
  const args = field.args.filter(({ type }) => type.kind === 'NON_NULL' || chance.happens(0.6))
  const declared = args.map(({ name, type }) => `$${name}: ${typeText(type)}`).join(', ')
  const given = args.map(({ name }) => `${name}: $${name}`).join(', ')
  const selection = `${field.name}${given && `(${given})`}${selectionOf(schema, field, chance, 3)}`
  return {
    query: `${root.toLowerCase()}${declared && ` (${declared})`} { ${selection} }`,
    variables: Object.fromEntries(args.map((each) => [each.name, oddInput(schema, each, chance)])),
  }
}

function typeText({ kind, name, ofType }: TypeRef): string {
  if (kind === 'NON_NULL' && ofType) return `${typeText(ofType)}!`
  if (kind === 'LIST' && ofType) return `[${typeText(ofType)}]`
  return name ?? 'String'
}

function selectionOf(schema: GraphSchema, field: GraphField, chance: Chance, depth: number): string {
  const fields = namedType(schema, field.type)?.fields
  if (!fields) return ''
  const chosen = fields.filter((each) => chance.happens(0.4) && each.args.every(({ type }) => type.kind !== 'NON_NULL'))
  const selected = chosen.flatMap((each) => {
    const within = namedType(schema, each.type)?.fields
    return within && depth === 0 ? [] : `${each.name}${selectionOf(schema, each, chance, depth - 1)}`
  })
  return ` { ${selected.join(' ') || '__typename'} }`
}

function oddInput(schema: GraphSchema, { type }: Pick<GraphInput, 'type'>, chance: Chance, depth = 4): unknown {
  if (chance.happens(0.05)) return oddJson(chance, 2)
  if (type.ofType && type.kind === 'NON_NULL') return oddInput(schema, { type: type.ofType }, chance, depth)
  if (chance.happens(0.1)) return null
  if (type.ofType) {
    const each = { type: type.ofType }
    return Array.from({ length: chance.between(0, 3) }, () => oddInput(schema, each, chance, depth - 1))
  }
  return oddNamed(schema, schema.get(type.name ?? ''), chance, depth)
}

function oddNamed(schema: GraphSchema, type: GraphType | undefined, chance: Chance, depth: number): unknown {
  if (type?.enumValues) return chance.pick(type.enumValues).name
  if (type?.inputFields) {
    const fields = type.inputFields.filter(() => depth > 0 && chance.happens(0.5))
    return Object.fromEntries(fields.map((each) => [each.name, oddInput(schema, each, chance, depth - 1)]))
  }
  switch (type?.name) {
    case 'Int':
      return chance.happens(0.7) ? chance.between(-3, 300) : oddNumber(chance)
    case 'Float':
      return oddNumber(chance)
    case 'Boolean':
      return chance.happens(0.5)
    case 'DateTime':
      return oddInstant(chance)
    case 'StringMap':
      return { [oddText(chance).slice(0, 200)]: oddText(chance) }
    default:
      return oddText(chance)
  }
}
