import { cloneDatabase, startTestNats } from '@constellation/local/testing.ts'
import { type JobEvent, jobEvent } from '@constellation/platform/events/job-event.ts'
import { type LogRecord, logRecord } from '@constellation/platform/events/log-record.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import { vouch } from '@constellation/platform/identity.ts'
import { Lifecycle } from '@constellation/platform/lifecycle.ts'
import { connectNats, decode, ensureStreams } from '@constellation/platform/nats/nats.ts'
import { jetstream } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startJobsService } from './service.ts'
import { alice, log, worker } from './testing.ts'

const GATEWAY_SECRET = 'a secret of the tests, 32 characters'
const lifecycle = new Lifecycle(log)
let url: string
let nats: NatsConnection
let databaseUrl: string

const configFor = (natsUrl: string) => ({
  HOST: '127.0.0.1',
  PORT: 0,
  NATS_URL: natsUrl,
  DATABASE_URL: databaseUrl,
  GATEWAY_SECRET,
  LEASE_MS: 45_000,
  LOG_RETENTION_DAYS: 30,
  JOB_RETENTION_DAYS: 0,
  SECRETS_KEY: '0'.repeat(64),
  IDEMPOTENCY_HOURS: 24,
  WEBHOOK_ALLOW_PRIVATE: true,
  EXIT_WITH_PARENT: false,
  LOG_LEVEL: 'silent' as const,
})

beforeAll(async () => {
  const database = await cloneDatabase()
  lifecycle.onStop('the database', () => database.drop())
  const server = await startTestNats()
  lifecycle.onStop('nats', () => server.stop())
  nats = await connectNats(server.servicesUrl, 'test')
  lifecycle.onStop('the connection', () => nats.close())
  // The service makes them too, but is ready before that.
  await ensureStreams(nats)
  databaseUrl = database.urls.jobs
  url = (await startJobsService(configFor(server.servicesUrl), log, lifecycle)).url
})
afterAll(() => lifecycle.stop())

async function ask(who: Principal, query: string, variables: object = {}, at = url) {
  const body = JSON.stringify({ query, variables })
  const headers = { 'content-type': 'application/json', ...vouch(GATEWAY_SECRET, who, body) }
  const answer = await fetch(`${at}/graphql`, { method: 'POST', headers, body })
  return answer.json()
}

/** Collects messages of a subject until `enough`; subscribe before what causes them. */
function collect<T>(
  subject: string,
  read: (data: Uint8Array) => T,
  enough: (all: readonly T[]) => boolean,
): Promise<T[]> {
  const all: T[] = []
  const { promise, resolve } = Promise.withResolvers<T[]>()
  const subscription = nats.subscribe(subject, {
    callback(_, message) {
      all.push(read(message.data))
      if (!enough(all)) return
      subscription.unsubscribe()
      resolve(all)
    },
  })
  return promise
}

function readEvent(data: Uint8Array): JobEvent {
  const decoded = decode(jobEvent, data)
  if ('fault' in decoded) throw new Error(decoded.fault)
  return decoded.value
}

function readRecord(data: Uint8Array): LogRecord {
  const decoded = decode(logRecord, data)
  if ('fault' in decoded) throw new Error(decoded.fault)
  return decoded.value
}

test('a job goes from submit to its end, its events in order on NATS and its log stored before it is announced', async () => {
  const ended = collect(SUBJECTS.allJobEvents, readEvent, (all) => all.at(-1)?.job.state === 'completed')
  const { data } = await ask(
    alice,
    'mutation { submitJob(input: {command: ["true"]}) { job { id state } problems { path } } }',
  )
  expect(data.submitJob).toMatchObject({ job: { state: 'QUEUED' }, problems: [] })

  const claim = await ask(
    worker,
    'mutation { claimRuns(input: {gpuIds: [], cpuSlots: 1}) { runs { runId epoch command env gpuUuids leaseMs } } }',
  )
  const [run] = claim.data.claimRuns.runs
  expect(run).toMatchObject({ epoch: 1, command: ['true'], env: {}, gpuUuids: [], leaseMs: 45_000 })
  const lease = { runId: run.runId, epoch: run.epoch }
  await ask(worker, 'mutation ($lease: RunLeaseInput!) { startRun(input: $lease) { standing } }', { lease })

  const announced = collect(SUBJECTS.storedLog(run.runId), readRecord, (all) => all.at(-1)?.end === true)
  const record = (seq: number, text: string, end = false): LogRecord => ({
    ...lease,
    seq,
    at: new Date().toISOString(),
    stream: 'stdout',
    text,
    firstLine: seq,
    end,
  })
  const stream = jetstream(nats)
  const send = (value: object, from = worker.id) =>
    stream.publish(SUBJECTS.runLog(from, run.runId), JSON.stringify(value))
  await send(record(0, 'one\n'))
  await send(record(0, 'one\n'))
  await send(record(1, 'of a stranger\n'), 'worker-2')
  await send({ ...record(1, 'of another epoch\n'), epoch: 2 })
  await send({ nonsense: true })
  await send({ ...record(1, 'of no day\n'), at: '2026-02-31T00:00:00.000Z' })
  await send({ ...record(1, 'of too many lines\n'), firstLine: 2 ** 31 })
  await send(record(1, 'NUL: \0, half: \uD800\n'))
  await send(record(2, '', true))
  expect((await announced).map(({ seq, text }) => [seq, text])).toEqual([
    [0, 'one\n'],
    [1, 'NUL: \uFFFD, half: \uFFFD\n'],
    [2, ''],
  ])

  const input = { ...lease, outcome: 'EXITED', exitCode: 0, logChunks: 3 }
  await ask(worker, 'mutation ($input: FinishRunInput!) { finishRun(input: $input) { standing } }', { input })
  const events = await ended
  expect(events.map((event) => [event.type, event.job.version])).toEqual([
    ['job.queued', 1],
    ['job.claimed', 2],
    ['job.running', 3],
    ['job.completed', 4],
  ])

  const { data: shown } = await ask(
    alice,
    `query ($id: ID!) { job(id: $id) { state finishedAt runs { state exitCode log { ended chunks { seq text stream end } } } events { type } } }`,
    { id: data.submitJob.job.id },
  )
  expect(shown.job.runs).toMatchObject([
    { state: 'COMPLETED', exitCode: 0, log: { ended: true, chunks: [{ seq: 0 }, { seq: 1 }, { seq: 2, end: true }] } },
  ])
})

test('a job on a GPU tells in the graph of its idleness and its metrics, and the GPU of its runs', async () => {
  const gpu = {
    id: '0198a000-0000-7000-8000-000000000001',
    uuid: 'GPU-a',
    name: 'L4',
    totalMemoryMb: 1,
    simulated: true,
  }
  const event = {
    id: 'gpus-1',
    ts: new Date().toISOString(),
    type: 'gpu.registered',
    gpu: { ...gpu, workerId: worker.id },
  }
  await jetstream(nats).publish(SUBJECTS.gpuEvents(gpu.id), JSON.stringify(event))
  const job =
    'submitJob(input: {command: ["true"], gpus: {count: 1}, maxIdleSeconds: 60}) { job { id maxIdleSeconds } }'
  const { data } = await ask(alice, `mutation { ${job} }`)
  expect(data.submitJob.job.maxIdleSeconds).toBe(60)
  const claims = `mutation { claimRuns(input: {gpuIds: ["${gpu.id}"], cpuSlots: 0}) { runs { runId epoch maxIdleSeconds } } }`
  const claimed = await vi.waitUntil(async () => (await ask(worker, claims)).data.claimRuns.runs[0], {
    timeout: 10_000,
  })
  expect(claimed.maxIdleSeconds).toBe(60)
  const lease = { runId: claimed.runId, epoch: claimed.epoch }

  const input = { ...lease, idleMs: 60_000 }
  await ask(worker, 'mutation ($input: NoteIdleInput!) { noteIdle(input: $input) { standing } }', { input })
  const about = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Gpu {
    inUse currentRun { idleSince }
    runs(first: 1) { nodes { id idleSince outcome metrics { energyJoules xids throttleReasons } } pageInfo { hasNextPage } }
    runCounts { completed gpuFailed } } } }`
  const r = [{ __typename: 'Gpu', id: gpu.id }]
  expect((await ask(alice, about, { r })).data._entities[0].currentRun.idleSince).toMatch(/^20\d\d-.*Z$/)
  expect((await ask({ ...alice, id: 'bob' }, about, { r })).data._entities[0]).toMatchObject({
    inUse: true,
    currentRun: null,
  })

  const metrics = { xids: [79], throttleReasons: ['POWER_CAP'] }
  const end = { ...lease, outcome: 'EXITED', exitCode: 0, logChunks: 1, metrics }
  await ask(worker, 'mutation ($input: FinishRunInput!) { finishRun(input: $input) { standing } }', { input: end })
  expect((await ask(alice, about, { r })).data._entities).toEqual([
    {
      inUse: false,
      currentRun: null,
      runs: {
        nodes: [{ id: lease.runId, idleSince: null, outcome: 'EXITED', metrics: { energyJoules: null, ...metrics } }],
        pageInfo: { hasNextPage: false },
      },
      runCounts: { completed: 1, gpuFailed: 0 },
    },
  ])
})

test('entities of others are no entities', async () => {
  const { data } = await ask(alice, 'mutation { submitJob(input: {command: ["true"]}) { job { id } } }')
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Job { name } } }`
  const r = [{ __typename: 'Job', id: data.submitJob.job.id }]
  expect((await ask(alice, query, { r })).data).toEqual({ _entities: [{ name: 'true' }] })
  expect((await ask({ ...alice, id: 'bob' }, query, { r })).data).toEqual({ _entities: [null] })
})

test('the fault of a GPU shows the run that it hit to those who may see it', async () => {
  const { data } = await ask(alice, 'mutation { submitJob(input: {command: ["true"]}) { job { id } } }')
  const claims = 'mutation { claimRuns(input: {gpuIds: [], cpuSlots: 9}) { runs { runId jobId } } }'
  const { runs } = (await ask(worker, claims)).data.claimRuns
  const { runId } = runs.find(({ jobId }: { jobId: string }) => jobId === data.submitJob.job.id)
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on GpuFault { run { job { name } } } } }`
  const r = [runId, null].map((runId, id) => ({ __typename: 'GpuFault', id: String(id), runId }))
  expect((await ask(alice, query, { r })).data._entities).toEqual([{ run: { job: { name: 'true' } } }, { run: null }])
  expect((await ask({ ...alice, id: 'bob' }, query, { r })).data._entities).toEqual([{ run: null }, { run: null }])
})

test('whoever is not the gateway gets 401, and so does a body that was changed on the way', async () => {
  const body = JSON.stringify({ query: '{ templates { name } }' })
  const headers = { 'content-type': 'application/json', ...vouch(GATEWAY_SECRET, alice, body) }
  const post = (h: Record<string, string>, b: string) =>
    fetch(`${url}/graphql`, { method: 'POST', headers: h, body: b })
  expect((await post(headers, body)).status).toBe(200)
  expect((await post(headers, `${body} `)).status).toBe(401)
  expect((await post({ 'content-type': 'application/json' }, body)).status).toBe(401)
  expect((await post({ ...headers, ...vouch('another secret of 32 characters..', alice, body) }, body)).status).toBe(
    401,
  )
})

test('the health of the service names its parts', async () => {
  const answer = await fetch(`${url}/health`)
  expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok', parts: { database: 'ok', nats: 'ok' } }])
})

test('with NATS away from the start, jobs are submitted, run and end all the same, and the health says what is missing', async () => {
  const own = new Lifecycle(log)
  // Nobody listens on port 1.
  const away = (await startJobsService(configFor('nats://127.0.0.1:1'), log, own)).url
  const submitted = await ask(
    alice,
    'mutation { submitJob(input: {command: ["true"], name: "away"}) { job { id } } }',
    {},
    away,
  )
  const claim = await ask(
    worker,
    'mutation { claimRuns(input: {gpuIds: [], cpuSlots: 9}) { runs { runId jobId epoch } } }',
    {},
    away,
  )
  const { id } = submitted.data.submitJob.job
  const run = claim.data.claimRuns.runs.find((each: { jobId: string }) => each.jobId === id)
  const input = { runId: run.runId, epoch: run.epoch, outcome: 'EXITED', exitCode: 0, logChunks: 0 }
  await ask(worker, 'mutation ($input: FinishRunInput!) { finishRun(input: $input) { standing } }', { input }, away)
  expect((await ask(alice, 'query ($id: ID!) { job(id: $id) { state } }', { id }, away)).data.job.state).toBe(
    'COMPLETED',
  )
  expect((await fetch(`${away}/readyz`)).status).toBe(200)
  const health = await fetch(`${away}/health`)
  expect([health.status, (await health.json()).parts]).toEqual([503, { database: 'ok', nats: 'not connected yet' }])
  await own.stop()
})
