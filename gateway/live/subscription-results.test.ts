import { randomUUID } from 'node:crypto'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { jobMessage, makeJob } from '../testing/events.ts'
import { nextOf, startTestGateway, type TestGateway } from '../testing/gateway.ts'

// What a subscription's results are made of, by the rules of GraphQL: what a client selects and under which conditions,
// and what it is told of what could not be had. Each in the first result and in one of an event.

let gateway: TestGateway
let alice: string
let id: string
let gpuId: string

beforeAll(async () => {
  gateway = await startTestGateway()
  alice = await gateway.as('alice')
})
afterAll(() => gateway.stop())
beforeEach(() => {
  const { services } = gateway
  const [job, runId] = [makeJob(), randomUUID()]
  id = job.id
  gpuId = randomUUID()
  services.hooks.before = () => {}
  services.world.jobs.set(id, job)
  services.world.runs.set(runId, { id: runId, jobId: id, gpuIds: [gpuId] })
  services.world.gpuNames.set(gpuId, 'A100')
})

/** The first two results: of the present, and of an event. */
async function resultsOf(query: string, variables: Record<string, unknown> = {}) {
  const results = gateway.subscribe(alice, query, { id, ...variables })
  const first = await nextOf(results)
  const job = gateway.services.world.jobs.get(id)
  if (!job) throw new Error('The job is gone.')
  await gateway.publish(SUBJECTS.jobEvents(id), jobMessage({ ...job, version: 2 }))
  const second = await nextOf(results)
  await results.return?.()
  return [first, second].map(({ data, errors }) => ({ data, ...(errors && { errors }) }))
}

const both = (result: object) => [result, result]

/** A subscription with those variables that its text uses. */
function declaring(root: string, fragments = ''): string {
  const used = Object.entries({ yes: true, no: false }).filter(([name]) => `${root}${fragments}`.includes(`$${name})`))
  const variables = used.map(([name, value]) => `, $${name}: Boolean! = ${value}`).join('')
  return `subscription ($id: ID!${variables}) { ${root} }${fragments}`
}

describe('a selection', () => {
  test.each([
    ['a field of the root, when it is included', 'jobChanged(id: $id) @include(if: $yes) { name }', true],
    ['a field of the root, when it is not skipped', 'jobChanged(id: $id) @skip(if: $no) { name }', true],
    ['a fragment at the root', '... @include(if: $yes) { jobChanged(id: $id) { name } }', true],
    ['no field of the root, when it is not included', 'jobChanged(id: $id) @include(if: $no) { name }', false],
    ['no field of the root, when it is skipped', 'jobChanged(id: $id) @skip(if: $yes) { name }', false],
    ['no fragment at the root', '... @skip(if: $yes) { jobChanged(id: $id) { name } }', false],
  ])('may have %s', async (_what, root, isThere) => {
    const results = await resultsOf(declaring(root)).catch((error: unknown) => error)
    if (isThere) expect(results).toEqual(both({ data: { jobChanged: { name: 'train' } } }))
    else expect(results).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
  })

  test('may choose one of two roots by a variable, and be told of that one alone', async () => {
    const query = `subscription ($id: ID!, $one: Boolean!) {
      jobChanged(id: $id) @include(if: $one) { name }
      jobsChanged @skip(if: $one) { version }
    }`
    expect(await resultsOf(query, { one: true })).toEqual(both({ data: { jobChanged: { name: 'train' } } }))
    const others = gateway.subscribe(alice, query, { id, one: false })
    const next = nextOf(others)
    await expect.poll(() => gateway.subscriptions()).toBe(1)
    await gateway.publish(SUBJECTS.jobEvents(id), jobMessage({ ...makeJob(), version: 7 }))
    expect((await next).data).toEqual({ jobsChanged: { version: 7 } })
    await others.return?.()
  })

  test.each([
    ['of the event', 'name @include(if: $no) state @skip(if: $no)', { state: 'QUEUED' }],
    ['of another service', 'state usage @skip(if: $yes) { runs }', { state: 'QUEUED' }],
    [
      'within another service',
      'usage { runs @include(if: $no) gpuSeconds @include(if: $yes) }',
      { usage: { gpuSeconds: 0 } },
    ],
    ['by a fragment', 'state ...Paid @include(if: $no) fragment Paid on Job { usage { runs } }', { state: 'QUEUED' }],
    [
      'by a nested fragment',
      '...Runs fragment Runs on Job { runs { attempt ...Cards } } fragment Cards on Run { gpus { name uuid @skip(if: $yes) } }',
      { runs: [{ attempt: 1, gpus: [{ name: 'A100' }] }] },
    ],
    ['by an inline fragment', '... on Job { a: name ... { b: name } }', { a: 'train', b: 'train' }],
  ])('may have conditions and fragments %s', async (_where, selection, job) => {
    const [root = '', ...fragments] = selection.split(' fragment ')
    const query = declaring(
      `jobChanged(id: $id) { ${root} }`,
      fragments.map((fragment) => ` fragment ${fragment}`).join(''),
    )
    expect(await resultsOf(query)).toEqual(both({ data: { jobChanged: job } }))
  })
})

describe('a variable', () => {
  const BY_NAME =
    'subscription ($id: ID!, $n: Int = 3) { jobChanged(id: $id) { runs { telemetry(points: $n) { rollups { seconds } } } } }'

  test('that is not what its type says is refused with its name', async () => {
    for (const [variables, name] of [
      [{ n: 'three' }, '$n'],
      [{ id: null }, '$id'],
    ] as const) {
      const refusal = await resultsOf(BY_NAME, variables).catch((error: unknown) => error)
      expect(refusal).toMatchObject([
        { message: expect.stringContaining(name), extensions: { code: 'BAD_USER_INPUT' } },
      ])
    }
  })

  test('reaches the fields of other services, its default too', async () => {
    const told = (seconds: number) => ({
      data: { jobChanged: { runs: [{ telemetry: [{ rollups: [{ seconds }] }] }] } },
    })
    expect(await resultsOf(BY_NAME)).toEqual(both(told(3)))
    expect(await resultsOf(BY_NAME, { n: 2 })).toEqual(both(told(2)))
  })

  test('keeps those who give another one apart, though the document is the same', async () => {
    const query = 'subscription ($id: ID!, $yes: Boolean!) { jobChanged(id: $id) { name @include(if: $yes) version } }'
    const [one, other] = [true, false].map((yes) => gateway.subscribe(alice, query, { id, yes }))
    if (!one || !other) throw new Error('There are two.')
    expect([(await nextOf(one)).data, (await nextOf(other)).data]).toEqual([
      { jobChanged: { name: 'train', version: 1 } },
      { jobChanged: { version: 1 } },
    ])
    await gateway.publish(SUBJECTS.jobEvents(id), jobMessage({ ...makeJob(), id, version: 2 }))
    expect([(await nextOf(one)).data, (await nextOf(other)).data]).toEqual([
      { jobChanged: { name: 'train', version: 2 } },
      { jobChanged: { version: 2 } },
    ])
    await Promise.all([one.return?.(), other.return?.()])
  })
})

describe('what could not be had', () => {
  const fail = (service: string, field: string) => {
    gateway.services.hooks.before = (ofService, ofField) => {
      if (ofService === service && ofField === field) throw new Error('broken')
    }
  }

  test('is null where it may be, with an error that has its path under its alias', async () => {
    fail('jobs', 'queue')
    const query = 'subscription ($id: ID!) { it: jobChanged(id: $id) { name place: queue { position } } }'
    expect(await resultsOf(query)).toMatchObject(
      both({ data: { it: { name: 'train', place: null } }, errors: [{ path: ['it', 'place'] }] }),
    )
  })

  test('by a service that fails is null, and the others answer', async () => {
    fail('usage', 'usage')
    const query = 'subscription ($id: ID!) { jobChanged(id: $id) { usage { gpuSeconds } runs { gpus { name } } } }'
    expect(await resultsOf(query)).toMatchObject(
      both({
        data: { jobChanged: { usage: null, runs: [{ gpus: [{ name: 'A100' }] }] } },
        errors: [{ path: ['jobChanged', 'usage'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
      }),
    )
  })

  test('takes away what holds it, up to what may be null, with the path of what it was', async () => {
    gateway.services.world.gpuNames.delete(gpuId)
    const query = 'subscription ($id: ID!) { jobChanged(id: $id) { name runs { gpus { id name } } } }'
    const results = await resultsOf(query)
    expect(results).toMatchObject(both({ data: { jobChanged: { name: 'train', runs: [{ gpus: null }] } } }))
    for (const { errors } of results) {
      expect(errors?.[0]?.path?.slice(0, 5)).toEqual(['jobChanged', 'runs', 0, 'gpus', 0])
    }
  })
})
