import { randomUUID } from 'node:crypto'
import { startNats } from '@constellation/local/nats/nats-server.ts'
import { makeSecrets } from '@constellation/local/secrets.ts'
import { makeTestHome, removeTestHome } from '@constellation/local/testing/test-home.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { NO_METRICS } from '@constellation/platform/events/telemetry.ts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { jobMessage, logMessage, makeChunk, makeJob, usageMessage } from '../../testing/events.ts'
import { nextOf, startTestGateway, type TestGateway } from '../../testing/gateway.ts'

type Nats = Awaited<ReturnType<typeof startNats>>

let home: string
let nats: Nats
let restart: () => Promise<void>
let gateway: TestGateway
let alice: string

beforeAll(async () => {
  home = await makeTestHome()
  const keys = makeSecrets().nats
  const log = () => {}
  nats = await startNats({ home, keys, log })
  const { port } = nats
  restart = async () => {
    nats = await startNats({ home, keys, log, port })
  }
  gateway = await startTestGateway({ NATS_URL: nats.servicesUrl })
  alice = await gateway.as('alice')
})
afterAll(async () => {
  await gateway.stop()
  await nats.stop()
  await removeTestHome(home)
})

const JOB_CHANGED = 'subscription ($id: ID!) { jobChanged(id: $id) { state version usage { gpuSeconds } } }'
/** Publishes as soon as the publisher has NATS again, too. */
const publish = (subject: string, message: object) =>
  vi.waitFor(() => gateway.publish(subject, message), { timeout: 10_000 })
const healthy = (text: string) =>
  vi.waitFor(async () => expect(await gateway.link.health(500)).toBe(text), { timeout: 10_000 })

test('what changed while NATS was away is shown when it is back, and then each change again', async () => {
  const { world } = gateway.services
  const job = makeJob()
  world.jobs.set(job.id, job)
  await healthy('ok')
  const early = gateway.subscribe(alice, JOB_CHANGED, { id: job.id })
  await nextOf(early)

  await nats.stop()
  await healthy('the connection is lost')
  const late = gateway.subscribe(alice, JOB_CHANGED, { id: job.id })
  expect((await nextOf(late)).data).toMatchObject({ jobChanged: { state: 'QUEUED' } })
  await restart()
  // The outbox tells of each change as soon as it can.
  for (const [version, state] of ['RUNNING', 'COMPLETED'].entries()) {
    await publish(SUBJECTS.jobEvents(job.id), jobMessage({ ...job, state, version: version + 2 }))
  }
  for (const state of ['RUNNING', 'COMPLETED']) {
    for (const results of [early, late]) {
      expect((await nextOf(results)).data).toMatchObject({ jobChanged: { state } })
    }
  }
  world.gpuSeconds.set(job.id, 9)
  await publish(SUBJECTS.usageEvents(job.id), usageMessage(job))
  expect((await nextOf(early)).data).toMatchObject({ jobChanged: { version: 3, usage: { gpuSeconds: 9 } } })
  await Promise.all([early.return?.(), late.return?.()])
})

test('who began to watch while NATS was away is shown the job anew when it is back, and then each change', async () => {
  const { world } = gateway.services
  const job = makeJob()
  world.jobs.set(job.id, job)
  await nats.stop()
  await healthy('the connection is lost')
  const results = gateway.subscribe(alice, JOB_CHANGED, { id: job.id })
  expect((await nextOf(results)).data).toMatchObject({ jobChanged: { state: 'QUEUED' } })
  world.jobs.set(job.id, { ...job, state: 'COMPLETED', version: 3 })
  await restart()
  expect((await nextOf(results)).data).toMatchObject({ jobChanged: { state: 'COMPLETED', version: 3 } })
  await publish(SUBJECTS.jobEvents(job.id), jobMessage({ ...job, state: 'COMPLETED', version: 4 }))
  expect((await nextOf(results)).data).toMatchObject({ jobChanged: { version: 4 } })
  await results.return?.()
})

test('a log that grew while NATS was away is read on, and then followed', async () => {
  const { world } = gateway.services
  const job = makeJob()
  const runId = randomUUID()
  world.jobs.set(job.id, job)
  world.runs.set(runId, { id: runId, jobId: job.id, gpuIds: [] })
  const chunks = [makeChunk(runId, 0)]
  world.logs.set(runId, chunks)
  await healthy('ok')
  const results = gateway.subscribe(alice, 'subscription ($id: ID!) { runLog(runId: $id) { seq } }', { id: runId })
  expect(await nextOf(results)).toEqual({ data: { runLog: { seq: 0 } } })
  await nats.stop()
  await healthy('the connection is lost')
  chunks.push(makeChunk(runId, 1))
  await restart()
  expect(await nextOf(results)).toEqual({ data: { runLog: { seq: 1 } } })
  const end = makeChunk(runId, 2, { end: true })
  chunks.push(end)
  await publish(SUBJECTS.storedLog(runId), logMessage(end))
  expect(await nextOf(results)).toEqual({ data: { runLog: { seq: 2 } } })
  expect(await results.next()).toMatchObject({ done: true })
})

test('who watches GPUs is told to read the list again, as nobody knows what was missed; samples go on', async () => {
  await healthy('ok')
  const changes = gateway.subscribe(alice, 'subscription { gpusChanged { id } }')
  const samples = gateway.subscribe(alice, 'subscription { gpuTelemetry(everyMs: 250) { gpuId } }')
  const change = nextOf(changes)
  const sample = nextOf(samples)
  await vi.waitFor(() => expect(gateway.subscriptions()).toBe(3))
  await nats.stop()
  await healthy('the connection is lost')
  await restart()
  expect((await change).errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE' } }])
  expect(await changes.next()).toMatchObject({ done: true })
  await healthy('ok')
  const [gpuId, at] = [randomUUID(), '2026-01-31T12:00:00.000Z']
  await publish(SUBJECTS.telemetry('w1'), { workerId: 'w1', at, samples: [{ gpuId, at, ...NO_METRICS }] })
  expect(await sample).toEqual({ data: { gpuTelemetry: [{ gpuId }] } })
  await Promise.all([changes.return?.(), samples.return?.()])
})
