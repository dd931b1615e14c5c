import { readFileSync } from 'node:fs'
import { Supergraph } from '@apollo/federation-internals'
import { ConstellationError } from '@constellation/platform/errors.ts'
import { createLogger } from '@constellation/platform/log.ts'
import { createErrorFormat } from '@constellation/platform/subgraph/format-error.ts'
import { GraphQLError, getOperationAST, parse } from 'graphql'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Happening } from '../audit/audit.ts'
import { compileOperation } from '../execution/compile-operation.ts'
import { takeSnapshot } from '../supergraph/supergraph.ts'
import { makeJob } from '../testing/events.ts'
import { startTestGateway, type TestGateway } from '../testing/gateway.ts'
import { createAnswerKnown } from './answer-known.ts'
import { createKnownOperations } from './known-operations.ts'

describe('an operation that is asked again', () => {
  let gateway: TestGateway
  let alice: string

  beforeAll(async () => {
    gateway = await startTestGateway()
    alice = await gateway.as('alice')
    const job = makeJob()
    gateway.services.world.jobs.set(job.id, job)
    gateway.services.world.jobs.set('job', { ...job, id: 'job' })
  })
  afterAll(() => gateway.stop())
  beforeEach(() => {
    gateway.services.hooks.before = () => {}
  })

  /** All that a client sees, except for what differs each time. */
  async function ask(body: object, more: Record<string, string> = {}) {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${alice}`, ...more }
    const answer = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) })
    // What each answer has of its own.
    const { date: _, 'transfer-encoding': __, 'x-request-id': ___, ...rest } = Object.fromEntries(answer.headers)
    const text = await answer.text()
    return { status: answer.status, headers: rest, text: text.replace(/"id":"[\da-f-]{36}"/g, '"id":"…"') }
  }

  const FORBIDDEN = new ConstellationError('FORBIDDEN', 'This is for operators.')
  const UNAVAILABLE = new ConstellationError('UNAVAILABLE', 'It is away.')

  test.each([
    ['across services', 'query A($id: ID!) { job(id: $id) { id state usage { gpuSeconds } } version }', { id: 'job' }],
    ['that finds nothing', 'query B($id: ID!) { job(id: $id) { id } }', { id: 'none' }],
    ['that changes something', 'mutation C { cancelJob(id: "job") { job { id } } }', {}],
    ['that is refused', 'query D { gpu(id: "x") { name } }', {}, FORBIDDEN],
    ['that fails', 'query E { gpu(id: "x") { name } }', {}, new Error('secret')],
    ['whose service is away', 'query F { gpu(id: "x") { name } }', {}, UNAVAILABLE],
    ['of which a part is away', 'query G { gpu(id: "x") { name } version }', {}, UNAVAILABLE],
    ['without its variable', 'query H($id: ID!) { job(id: $id) { id } }', {}],
  ])('%s is answered as the first time', async (_what, query, variables, error?: Error) => {
    gateway.services.hooks.before = () => {
      if (error) throw error
    }
    const first = await ask({ query, variables })
    for (let i = 0; i < 2; i++) expect(await ask({ query, variables })).toEqual(first)
  })

  test.each([
    'application/json',
    'application/graphql-response+json',
    'application/graphql-response+json, application/json;q=0.9',
    '*/*',
    'text/html',
  ])('by who accepts %s comes in the same type', async (accept) => {
    const query = 'query Types { version }'
    const first = await ask({ query }, { accept })
    expect(await ask({ query }, { accept })).toEqual(first)
  })

  test('is told apart by the name of its operation', async () => {
    const query = 'query A { version } query B { templates { name } }'
    for (let i = 0; i < 2; i++) {
      expect((await ask({ query, operationName: 'A' })).text).toBe('{"data":{"version":"0.1.0"}}\n')
      expect((await ask({ query, operationName: 'B' })).text).toBe('{"data":{"templates":[]}}\n')
      expect((await ask({ query })).status).toBe(400)
    }
  })
})

describe('what is known', () => {
  const sdl = readFileSync(new URL(import.meta.resolve('@constellation/schema/generated/supergraph.graphql')), 'utf8')
  const snapshot = takeSnapshot(Supergraph.build(sdl).apiSchema().toGraphQLJSSchema(), sdl)
  const principal = { id: 'alice', role: 'user' as const, accounts: [] }
  const query = 'query ($id: ID!) { job(id: $id) { state } }'

  function setUp(admitted = true) {
    const document = parse(query)
    const operation = getOperationAST(document)
    const compiled = compileOperation(snapshot, document, undefined)
    if (!operation || !compiled) throw new Error('The operation is one that can be compiled.')
    const known = createKnownOperations()
    known.note(snapshot.apiSchema, query, undefined, { document, operation, compiled })
    const noted: Happening[] = []
    const answers = createAnswerKnown({
      snapshot: () => snapshot,
      known,
      services: {
        jobs: { ask: async () => ({ data: null, errors: [{ message: 'no', extensions: { code: 'FORBIDDEN' } }] }) },
      },
      admit: () => (admitted ? undefined : new GraphQLError('no')),
      audit: { note: (happening) => noted.push(happening), refuse() {}, async stop() {} },
      errorFormat: createErrorFormat(createLogger('test', 'silent')),
    })
    answers.noteType(undefined, 'application/json')
    return { answers, noted }
  }

  const request = (more: object = {}, body: object = {}) => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: { query, variables: { id: 'x' }, ...body },
    principal,
    ...more,
  })

  test('is answered without Apollo Server, and the audit log hears of it', async () => {
    const { answers, noted } = setUp()
    expect(await answers.answer(request())).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json' },
      text: '{"errors":[{"message":"no","extensions":{"code":"FORBIDDEN","serviceName":"jobs"}}],"data":{"job":null}}\n',
    })
    expect(noted).toEqual([expect.objectContaining({ who: 'alice', action: 'job', via: 'http', outcome: 'refused' })])
  })

  test.each([
    ['of another method', request({ method: 'GET' })],
    ['in another form', request({ headers: { 'content-type': 'text/plain' } })],
    ['for an answer of an unknown type', request({ headers: { 'content-type': 'application/json', accept: 'a/b' } })],
    ['with extensions', request({}, { extensions: { persistedQuery: {} } })],
    ['with wrong variables', request({}, { variables: { id: {} } })],
    ['with variables that are none', request({}, { variables: [] })],
    ['with another name', request({}, { operationName: 'A' })],
    ['with a name that is none', request({}, { operationName: 7 })],
    ['for something unknown', request({}, { query: '{ version }' })],
    ['for several things', request({ body: [] })],
    ['for nothing', request({ body: undefined })],
  ])('and is asked in a request %s, is left to Apollo Server', async (_what, asked) => {
    expect(await setUp().answers.answer(asked)).toBeUndefined()
  })

  test('and is asked by who asks for too much, is left to Apollo Server', async () => {
    expect(await setUp(false).answers.answer(request())).toBeUndefined()
  })
})
