import { randomUUID } from 'node:crypto'
import { ConstellationError } from '@constellation/platform/errors.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeJob } from '../testing/events.ts'
import { attack, startTestGateway, type TestGateway } from '../testing/gateway.ts'

let gateway: TestGateway
let alice: string

beforeAll(async () => {
  gateway = await startTestGateway()
  alice = await gateway.as('alice')
})
afterAll(() => gateway.stop())
beforeEach(() => {
  gateway.services.hooks.before = () => {}
})

const ACROSS = `query ($id: ID!) {
  version
  job(id: $id) { id name state runs { attempt gpus { uuid name simulated } } usage { gpuSeconds } }
}`

function addJob() {
  const { world } = gateway.services
  const job = makeJob()
  const runId = randomUUID()
  const gpuId = randomUUID()
  world.jobs.set(job.id, job)
  world.runs.set(runId, { id: runId, jobId: job.id, gpuIds: [gpuId] })
  world.gpuNames.set(gpuId, 'A100')
  world.gpuSeconds.set(job.id, 3.5)
  return { job, gpuId }
}

const submission = (env: string) => `mutation { submitJob(input: { command: ["true"], env: ${env} }) { job { id } } }`

describe('a query', () => {
  test('selects fields of three services at once', async () => {
    const { job, gpuId } = addJob()
    const { status, body } = await gateway.query(alice, ACROSS, { id: job.id })
    expect(status).toBe(200)
    expect(body).toEqual({
      data: {
        version: '0.1.0',
        job: {
          id: job.id,
          name: 'train',
          state: 'QUEUED',
          runs: [{ attempt: 1, gpus: [{ uuid: `GPU-${gpuId}`, name: 'A100', simulated: true }] }],
          usage: { gpuSeconds: 3.5 },
        },
      },
    })
  })

  test("does not tell another person's job from one that is not there", async () => {
    const { job } = addJob()
    const bob = await gateway.as('bob')
    const other = await gateway.query(bob, ACROSS, { id: job.id })
    const absent = await gateway.query(bob, ACROSS, { id: randomUUID() })
    expect(other.body).toEqual(absent.body)
    expect(other.body.data?.job).toBeNull()
  })

  test('works by GET, with the header that a browser sends only after asking', async () => {
    const headers = { authorization: `Bearer ${alice}`, 'apollo-require-preflight': '1' }
    const url = `${gateway.url}/graphql?query=${encodeURIComponent('{ version }')}`
    expect(await (await fetch(url, { headers })).json()).toEqual({ data: { version: '0.1.0' } })
    expect((await fetch(url, { headers: { authorization: `Bearer ${alice}` } })).status).toBe(400)
  })
})

describe('with a service away', () => {
  test('the other fields come, and the error names the service', async () => {
    const lonely = await startTestGateway({ NATS_URL: gateway.natsUrl, GPUS_URL: 'http://127.0.0.1:9' })
    const { status, body } = await lonely.query(
      await lonely.as('alice'),
      '{ version templates { name } gpu(id: "x") { name } }',
    )
    await lonely.stop()
    expect(status).toBe(200)
    expect(body.data).toEqual({ version: '0.1.0', templates: [], gpu: null })
    expect(body.errors).toEqual([
      {
        message: 'The gpus service does not answer. Try again later.',
        extensions: { code: 'UNAVAILABLE', serviceName: 'gpus' },
      },
    ])
  })

  test('a service that restarts is found again, in spite of kept connections', async () => {
    await gateway.query(alice, '{ templates { name } }')
    await gateway.services.jobs.stop()
    const away = await gateway.query(alice, '{ job(id: "x") { id } }')
    expect(away.body.errors?.[0]?.extensions.code).toBe('UNAVAILABLE')
    await gateway.services.jobs.startAgain()
    const back = await gateway.query(alice, '{ templates { name } }')
    expect(back.body.data).toEqual({ templates: [] })
  })
})

describe('an error of a service', () => {
  test('keeps its code when it is meant for people, and is silent about it otherwise', async () => {
    gateway.services.hooks.before = () => {
      throw new ConstellationError('FORBIDDEN', 'This is for operators.')
    }
    const told = await gateway.query(alice, '{ gpu(id: "x") { name } }')
    expect(told.body.errors?.[0]).toMatchObject({
      message: 'This is for operators.',
      path: ['gpu'],
      extensions: { code: 'FORBIDDEN' },
    })
    gateway.services.hooks.before = () => {
      throw new Error('password=secret at /srv/code.ts:3')
    }
    const { body } = await gateway.query(alice, '{ gpu(id: "x") { name } }')
    expect(body.errors?.[0]).toMatchObject({ message: 'Internal error', extensions: { code: 'INTERNAL_SERVER_ERROR' } })
    expect(JSON.stringify(body)).not.toMatch(/secret|stack|code\.ts/)
  })
})

describe('an operation that is wrong in itself', () => {
  test.each([
    ['is no GraphQL', '{ job(', 'GRAPHQL_PARSE_FAILED'],
    ['selects an unknown field', '{ nonsense }', 'GRAPHQL_VALIDATION_FAILED'],
    ['has more than 2000 tokens', `{ ${'version '.repeat(2100)} }`, 'GRAPHQL_PARSE_FAILED'],
    [
      'nests too deep',
      `{ job(id: "x") ${'{ runs { job '.repeat(9)}{ id }${' } }'.repeat(9)} }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['is a subscription', 'subscription { jobsChanged { id } }', 'BAD_REQUEST'],
    ['asks for too much', attack(), 'BAD_USER_INPUT'],
    ['changes something and asks for too much', attack('mutation'), 'BAD_USER_INPUT'],
    [
      'asks for too much by a variable with a default',
      'query ($first: Int = 500) { jobs(first: $first) { nodes { runs { gpus { worker { gpus { id name } } } } } } }',
      'BAD_USER_INPUT',
    ],
    ['has two operations and says none', 'query A { version } query B { version }', 'OPERATION_RESOLUTION_FAILURE'],
    ['has a text for an instant', '{ usage(range: { from: "x" }) { asOf } }', 'BAD_USER_INPUT'],
    ['has a number for an instant', '{ usage(range: { from: 5 }) { asOf } }', 'BAD_USER_INPUT'],
    ['has a number for an environment', submission('5'), 'BAD_USER_INPUT'],
    ['has a number in an environment', submission('{ A: 5 }'), 'BAD_USER_INPUT'],
    ['lacks a variable', 'query ($id: ID!) { job(id: $id) { id } }', 'BAD_USER_INPUT'],
  ])('gets 400 when it %s', async (_what, query, code) => {
    const { status, body } = await gateway.query(alice, query)
    expect(status).toBe(400)
    expect(body.errors?.[0]?.extensions).toEqual({ code })
  })

  test('is told how much it asks for, and what to do', async () => {
    const { body } = await gateway.query(alice, attack())
    expect(body.errors?.[0]?.message).toMatch(
      /^This asks for up to [\d,]+ values; at most 2,000,000 are answered\. Ask for fewer lists/,
    )
  })

  test('gets 400 when it names an operation that is not in the document', async () => {
    const send = (body: object) =>
      fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${alice}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const refused = await send({ query: 'query A { version }', operationName: 'C' })
    expect(refused.status).toBe(400)
    expect(await refused.json()).toEqual({
      errors: [
        {
          message: 'The document has no operation named C.',
          extensions: { code: 'OPERATION_RESOLUTION_FAILURE' },
        },
      ],
    })
    const named = await send({ query: 'query A { version } query B { a: version }', operationName: 'B' })
    expect(await named.json()).toEqual({ data: { a: '0.1.0' } })
  })

  test.each([
    ['an instant', 'query ($range: TimeRangeInput) { usage(range: $range) { asOf } }', { range: { from: 'x' } }],
    ['an instant alone', 'query ($from: DateTime) { usage(range: { from: $from }) { asOf } }', { from: 5 }],
    [
      'an environment',
      'mutation ($env: StringMap) { submitJob(input: { command: ["true"], env: $env }) { job { id } } }',
      { env: { A: 5 } },
    ],
  ])('gets 400 for a variable that is not %s, and no service is asked', async (_what, query, variables) => {
    const { status, body } = await gateway.query(alice, query, variables)
    expect(status).toBe(400)
    expect(body.errors).toMatchObject([
      { message: expect.stringContaining('This is no '), extensions: { code: 'BAD_USER_INPUT' } },
    ])
    expect(body).not.toHaveProperty('data')
  })

  test('gets 4xx as GraphQL for a body that is broken, too large or of another type', async () => {
    const send = (type: string, body: string) =>
      fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${alice}`, 'content-type': type },
        body,
      })
    const broken = await send('application/json', '{"query": ')
    expect(broken.status).toBe(400)
    expect(await broken.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] })
    expect((await send('application/json', JSON.stringify({ query: 'x'.repeat(2 ** 20) }))).status).toBe(413)
    expect((await send('application/xml', '<a/>')).status).toBe(415)
    expect((await send('application/json', '[{"query":"{ version }"}]')).status).toBe(400)
    expect((await send('application/json', 'null')).status).toBe(400)
  })
})
