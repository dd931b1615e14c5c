import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { type GpuSample, NO_METRICS } from '@constellation/platform/events/telemetry.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { makeJob } from '../testing/events.ts'
import { nextOf, startTestGateway, type TestGateway } from '../testing/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.stop())
beforeEach(() => {
  gateway.services.hooks.before = () => {}
})

const AT = '2026-01-31T12:00:00.000Z'
const who = (id: string): Principal => ({ id, role: 'user', accounts: [] })
const noSubscriptions = () => vi.waitFor(() => expect(gateway.subscriptions()).toBe(0))

function addGpu(name: string): string {
  const id = randomUUID()
  gateway.services.world.gpuNames.set(id, name)
  return id
}

describe('gpuTelemetry', () => {
  const QUERY = `subscription ($ids: [ID!], $ms: Int) {
    gpuTelemetry(gpuIds: $ids, everyMs: $ms) { gpuId utilisationPercent powerWatts throttleReasons }
  }`
  const measured = (gpuId: string, metrics: Partial<GpuSample> = {}) => ({ gpuId, at: AT, ...NO_METRICS, ...metrics })
  const say = (samples: object[]) => gateway.publish(SUBJECTS.telemetry('w1'), { workerId: 'w1', at: AT, samples })

  /** What is shown of each GPU once that is shown of one: samples that came apart may be shown apart. */
  async function shownUntil(results: Awaited<ReturnType<typeof gateway.graph.subscribe>>, last: { gpuId: string }) {
    const shown = new Map<string, unknown>()
    while (!isDeepStrictEqual(shown.get(last.gpuId), last)) {
      const { data } = (await nextOf(results)) as { data: { gpuTelemetry: { gpuId: string }[] } }
      for (const sample of data.gpuTelemetry) shown.set(sample.gpuId, sample)
    }
    return shown
  }

  test('shows the newest samples of the GPUs that were asked for, and ignores what is no telemetry', async () => {
    const [one, two] = [randomUUID(), randomUUID()]
    const all = await gateway.graph.subscribe(QUERY, {}, who('alice'))
    const second = await gateway.graph.subscribe(QUERY, { ids: [two.toUpperCase()], ms: null }, who('alice'))
    await gateway.publish(SUBJECTS.telemetry('w1'), { workerId: 'w1', at: AT, samples: [{ gpuId: 7 }] })
    await say([measured(one), measured(two, { utilisationPercent: 49 })])
    await say([measured(two, { utilisationPercent: 50, throttleReasons: ['HW_THERMAL'] })])
    const newest = { gpuId: two, utilisationPercent: 50, powerWatts: null, throttleReasons: ['HW_THERMAL'] }
    expect(await shownUntil(second, newest)).toEqual(new Map([[two, newest]]))
    const both = await shownUntil(all, newest)
    expect(both).toEqual(
      new Map([
        [one, expect.objectContaining({ gpuId: one })],
        [two, newest],
      ]),
    )
    await Promise.all([all.return?.(), second.return?.()])
    await noSubscriptions()
  })

  test('is one result for all who watch the same, whoever they are', async () => {
    const watchers = await Promise.all(
      ['alice', 'bob', 'carol'].map((name) => gateway.graph.subscribe(QUERY, {}, who(name))),
    )
    await say([measured(randomUUID())])
    const [first, ...others] = await Promise.all(watchers.map(nextOf))
    for (const other of others) expect(other).toBe(first)
    expect(gateway.subscriptions()).toBe(1)
    await Promise.all(watchers.map((watcher) => watcher.return?.()))
  })

  test.each([
    ['too quick a pace', { ms: 249 }, 'everyMs'],
    ['too slow a pace', { ms: 60_001 }, 'everyMs'],
    ['an id that is none', { ids: ['>'] }, 'gpuIds.0'],
    ['too many GPUs', { ids: Array.from({ length: 1_001 }, () => randomUUID()) }, 'gpuIds'],
  ])('refuses %s', async (_, variables, path) => {
    await expect(gateway.graph.subscribe(QUERY, variables, who('alice'))).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining(path),
    })
  })
})

describe('gpusChanged', () => {
  const QUERY = 'subscription ($ids: [ID!]) { gpusChanged(gpuIds: $ids) { id name currentRun { attempt } } }'

  const gpuChanged = (id: string, workerId = 'w1') =>
    gateway.publish(SUBJECTS.gpuEvents(id), {
      id: randomUUID(),
      ts: AT,
      type: 'gpu.failed',
      gpu: { id, uuid: `GPU-${id}`, name: 'x', totalMemoryMb: 1, simulated: true, workerId },
    })
  const workerChanged = (id: string) =>
    gateway.publish(SUBJECTS.workerEvents(id), {
      id: randomUUID(),
      ts: AT,
      type: 'worker.cordoned',
      worker: { id, labels: {}, executors: ['process'] },
    })

  test('shows the GPUs that were asked for as the services know them', async () => {
    const [one, two] = [addGpu('A100'), addGpu('H100')]
    const results = await gateway.graph.subscribe(QUERY, { ids: [two.toUpperCase()] }, who('alice'))
    await gpuChanged(one)
    await gpuChanged(two)
    expect(await nextOf(results)).toEqual({ data: { gpusChanged: { id: two, name: 'H100', currentRun: null } } })
    await results.return?.()
    await noSubscriptions()
  })

  test('tells of all GPUs of a worker that has changed', async () => {
    const ids = [addGpu('A100'), addGpu('A100')]
    gateway.services.world.gpusOfWorker.set('w7', ids)
    const results = await gateway.graph.subscribe('subscription { gpusChanged { id } }', {}, who('alice'))
    await workerChanged('w7')
    const told = [await nextOf(results), await nextOf(results)].map(({ data }) => data)
    expect(told).toEqual(ids.map((id) => ({ gpusChanged: { id } })))
    await results.return?.()
    await noSubscriptions()
  })

  test('takes the changes of one GPU that come at once for one, and asks once for all who watch', async () => {
    const [busy, last] = [addGpu('A100'), addGpu('H100')]
    let asked = 0
    gateway.services.hooks.before = (service) => {
      if (service === 'gpus') asked += 1
    }
    const query = 'subscription { gpusChanged { name } }'
    const watchers = await Promise.all([1, 2].map(() => gateway.graph.subscribe(query, {}, who('alice'))))
    for (let i = 0; i < 20; i++) await gpuChanged(busy)
    await gpuChanged(last)
    const seen = await Promise.all(
      watchers.map(async (results) => {
        let told = 0
        for await (const { data } of results) {
          told += 1
          if (JSON.stringify(data).includes('H100')) break
        }
        return told
      }),
    )
    expect(seen[0]).toBe(seen[1])
    expect(seen[0]).toBeLessThan(10)
    expect(asked).toBe(seen[0])
    await noSubscriptions()
  })
})

test('the telemetry of a run is asked for across services, by those who may see the run', async () => {
  const { world } = gateway.services
  const job = makeJob()
  world.jobs.set(job.id, job)
  const [runId, gpuId] = [randomUUID(), addGpu('A100')]
  world.runs.set(runId, { id: runId, jobId: job.id, gpuIds: [gpuId] })
  const telemetry = [{ gpu: { id: gpuId, name: 'A100' }, rollups: [{ at: AT, seconds: 60 }] }]
  const query = `query ($job: ID!, $run: ID!) {
    job(id: $job) { runs { telemetry(points: 60) { ...T } } }
    run(id: $run) { telemetry(points: 60) { ...T } }
  }
  fragment T on RunTelemetry { gpu { id name } rollups { at seconds } }`
  const ask = async (name: string) =>
    (await gateway.query(await gateway.as(name), query, { job: job.id, run: runId })).body
  expect(await ask('alice')).toEqual({ data: { job: { runs: [{ telemetry }] }, run: { telemetry } } })
  expect(await ask('bob')).toEqual({ data: { job: null, run: null } })
})

test('the telemetry of a run that is met on the way of its GPU is told to those alone who may see the run', async () => {
  const { world } = gateway.services
  const job = makeJob()
  world.jobs.set(job.id, job)
  const [runId, gpuId] = [randomUUID(), addGpu('A100')]
  world.runs.set(runId, { id: runId, jobId: job.id, gpuIds: [gpuId] })
  const query = 'query ($id: ID!) { gpu(id: $id) { faults { message run { telemetry { rollups { at } } } } } }'
  const ask = async (name: string) => (await gateway.query(await gateway.as(name), query, { id: gpuId })).body
  const fault = { message: runId, run: { telemetry: [{ rollups: [{ at: AT }] }] } }
  expect(await ask('alice')).toEqual({ data: { gpu: { faults: [fault] } } })
  expect(await ask('bob')).toEqual({ data: { gpu: { faults: [{ ...fault, run: null }] } } })
})
