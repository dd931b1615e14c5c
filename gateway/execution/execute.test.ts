import { readFileSync } from 'node:fs'
import { Supergraph } from '@apollo/federation-internals'
import { buildOperationContext, executeQueryPlan } from '@apollo/gateway'
import { type DocumentNode, type GraphQLError, NoUnusedVariablesRule, parse, specifiedRules, validate } from 'graphql'
import { describe, expect, test } from 'vitest'
import { completeErrors } from '../operations/complete-errors.ts'
import { takeSnapshot } from '../supergraph/supergraph.ts'
import { compileOperation } from './compile-operation.ts'
import { compiledOperation, executeCompiled } from './execute.ts'
import { createRandomService } from './testing-answers.ts'
import { createDice, makeOperation } from './testing-operations.ts'

const sdl = readFileSync(new URL(import.meta.resolve('@constellation/schema/generated/supergraph.graphql')), 'utf8')
const snapshot = takeSnapshot(Supergraph.build(sdl).apiSchema().toGraphQLJSSchema(), sdl)
const who = { id: 'alice', role: 'user' as const, accounts: [] }
const variables = { yes: true, id: '7' }

type ExecutorContext = Parameters<typeof executeQueryPlan>[2]
type Answer = ReturnType<typeof createRandomService>

const SERVICES = ['jobs', 'gpus', 'usage', 'events']

async function byApollo(document: DocumentNode, answer: Answer, given: Record<string, unknown>) {
  const compiled = compileOperation(snapshot, document, undefined)
  const service = {
    process: async ({ request }: { request: Parameters<Answer>[0] }) => structuredClone(answer(request)),
  }
  const context: Partial<ExecutorContext> = { request: { variables: given }, context: {}, logger: console, metrics: {} }
  const result = await executeQueryPlan(
    { kind: 'QueryPlan', ...(compiled?.plan && { node: compiled.plan }) },
    Object.fromEntries(SERVICES.map((name) => [name, service])),
    // What Apollo's executor reads of it.
    context as ExecutorContext,
    buildOperationContext({ schema: snapshot.apiSchema, operationDocument: document }),
    snapshot.supergraph,
    snapshot.api,
  )
  return completeErrors(result)
}

async function byOurs(document: DocumentNode, answer: Answer, given: Record<string, unknown>) {
  const compiled = compileOperation(snapshot, document, undefined)
  if (!compiled) throw new Error('It is left to Apollo.')
  const service = { ask: async (question: Parameters<Answer>[0]) => structuredClone(answer(question)) }
  return await executeCompiled(compiled, Object.fromEntries(SERVICES.map((name) => [name, service])), given, who)
}

/** As JSON, in which the order of fields counts. Texts of errors that tell of a fault of the code are its own. */
async function told(result: Promise<{ data?: unknown; errors?: readonly (Error | GraphQLError)[] | undefined }>) {
  try {
    const { data, errors } = await result
    if (data === undefined) return 'no data'
    return JSON.stringify({ data, errors: errors?.map(tellError) })
  } catch {
    return 'no answer'
  }
}

function tellError(error: Error | GraphQLError) {
  const { message, path, extensions } = 'toJSON' in error ? error.toJSON() : { ...error, message: error.message }
  return { message, path, extensions }
}

/** Each operation has the same variables, whether it uses them or not. */
const RULES = specifiedRules.filter((rule) => rule !== NoUnusedVariablesRule)

function* operations(from: number, count: number): Generator<[number, DocumentNode]> {
  for (let seed = from; seed < from + count; seed++) {
    const document = parse(makeOperation(snapshot.apiSchema, createDice(seed)))
    if (validate(snapshot.apiSchema, document, RULES).length === 0) yield [seed, document]
  }
}

describe('the answer is that of Apollo, to the letter,', () => {
  test.each([
    ['where services answer as they should', 0, { value: 1e9, errors: 1e9, throws: 1e9 }],
    ['where services answer with errors, or not at all', 10_000, { value: 1e9, errors: 3, throws: 8 }],
    ['where services answer with what is none of its type', 20_000, { value: 20, errors: 1e9, throws: 1e9 }],
    ['where services do all of that', 30_000, { value: 40, errors: 6, throws: 20 }],
  ])(
    '%s',
    async (_what, from, faults) => {
      let compared = 0
      for (const [seed, document] of operations(from, 200)) {
        const answer = createRandomService(snapshot.supergraph, seed, faults)
        const given = seed % 3 === 0 ? { ...variables, maybe: true, yes: seed % 2 === 0 } : variables
        const ours = await told(byOurs(document, answer, given))
        expect(ours, `operation ${seed}`).toBe(await told(byApollo(document, answer, given)))
        compared += 1
      }
      expect(compared).toBeGreaterThan(80)
    },
    60_000,
  )
})

describe('an operation', () => {
  test.each([
    ['introspection', '{ __schema { queryType { name } } }'],
    ['a name that objects have of their own', '{ toString: version }'],
    ['a name that changes what an object is', '{ __proto__: version }'],
    ['a subscription', 'subscription { jobsChanged { id } }'],
  ])('with %s is left to Apollo', (_what, query) => {
    expect(compileOperation(snapshot, parse(query), undefined)).toBeUndefined()
  })

  test('is compiled once, for each of the names in its document', () => {
    const document = parse('query A { version } query B { templates { name } }')
    const compiled = compiledOperation(snapshot, document, 'A')
    expect(compiled).toBeDefined()
    expect(compiledOperation(snapshot, document, 'A')).toBe(compiled)
    expect(compiledOperation(snapshot, document, 'B')).not.toBe(compiled)
  })
})

describe('what no service can answer', () => {
  // Nothing implements the interface where it comes from, and what knows more of it cannot be asked by its key.
  const graph = sdl.replace(
    /^type Query\b[^{]*\{/m,
    (query) => `
interface Box @join__type(graph: JOBS, key: "id")
  @join__type(graph: USAGE, key: "id", resolvable: false, isInterfaceObject: true) {
  id: ID!
  size: Int @join__field(graph: USAGE)
}
${query}
  box: Box @join__field(graph: JOBS)`,
  )
  const boxes = takeSnapshot(Supergraph.build(graph).apiSchema().toGraphQLJSSchema(), graph)
  const ask = async (query: string, given: Record<string, unknown> = {}) => {
    const compiled = compileOperation(boxes, parse(query), undefined)
    if (!compiled) throw new Error('It is left to Apollo.')
    return await executeCompiled(compiled, {}, given, who)
  }

  test.each(['{ box { size } }', '{ ... on Query { box { size } } }'])('is an error and no null: %s', async (query) => {
    const { data, errors } = await ask(query)
    expect(data).toBeNull()
    expect(errors?.map(({ message }) => message)).toEqual(['No service answers this.'])
  })

  test('is no error where it is left out', async () => {
    expect(await ask('{ __typename box @skip(if: true) { size } }')).toEqual({ data: { __typename: 'Query' } })
    expect(await ask('query ($no: Boolean!) { box @include(if: $no) { size } }', { no: false })).toEqual({ data: {} })
  })
})
