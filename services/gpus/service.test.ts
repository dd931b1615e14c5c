import { cloneDatabase, startTestNats } from '@constellation/local/testing.ts'
import { type GpuEvent, gpuEvent } from '@constellation/platform/events/gpu-event.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { NO_METRICS, type Telemetry } from '@constellation/platform/events/telemetry.ts'
import { type Principal, vouch } from '@constellation/platform/identity.ts'
import { Lifecycle } from '@constellation/platform/lifecycle.ts'
import { decode, linkNats, type NatsLink } from '@constellation/platform/nats/nats.ts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startGpusService } from './service.ts'
import { card, host, log, operator, well, workerOf, xid } from './testing.ts'

const GATEWAY_SECRET = 'a secret of the tests, 32 characters'
const RUN = '0199a1b2-0000-7000-8000-000000000001'
const lifecycle = new Lifecycle(log)
const who = workerOf('w1')

let url: string
let nats: NatsLink
const heard: GpuEvent[] = []
beforeAll(async () => {
  const database = await cloneDatabase()
  lifecycle.onStop('the database', () => database.drop())
  const server = await startTestNats()
  lifecycle.onStop('nats', () => server.stop())
  nats = linkNats(server.servicesUrl, 'test', log)
  lifecycle.onStop('the connection', () => nats.close())
  nats.subscribe(SUBJECTS.allGpuEvents, ({ data }) => {
    const decoded = decode(gpuEvent, data)
    if ('value' in decoded) heard.push(decoded.value)
  })
  await nats.connection
  const config = {
    HOST: '127.0.0.1',
    PORT: 0,
    NATS_URL: server.servicesUrl,
    DATABASE_URL: database.urls.gpus,
    GATEWAY_SECRET,
    GPU_PROBATION_SECONDS: 1,
    TELEMETRY_RETENTION_DAYS: 30,
    EXIT_WITH_PARENT: false,
    LOG_LEVEL: 'silent' as const,
  }
  url = (await startGpusService(config, log, lifecycle)).url
})
afterAll(() => lifecycle.stop())

async function ask(by: Principal, query: string, variables: object) {
  const body = JSON.stringify({ query, variables })
  const headers = { 'content-type': 'application/json', ...vouch(GATEWAY_SECRET, by, body) }
  const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body })
  const { data, errors } = await answer.json()
  expect(errors).toBeUndefined()
  return data
}

/** The worker tells every 100 ms that it lives, and which run holds its GPU. */
function keepTelling(gpuId: string, holder: { runId: string | null }): () => void {
  const tell = () => {
    const at = new Date().toISOString()
    const samples = [{ gpuId, at, runId: holder.runId, ...NO_METRICS }]
    nats.publish(SUBJECTS.telemetry('w1'), JSON.stringify({ workerId: 'w1', at, samples } satisfies Telemetry))
  }
  const timer = setInterval(tell, 100)
  return () => clearInterval(timer)
}

test('a fault, its end, and the end of a drain are heard by others without anybody asking', async () => {
  const { registerWorker } = await ask(
    who,
    'mutation ($input: RegisterWorkerInput!) { registerWorker(input: $input) { worker { gpus { id state } } } }',
    { input: host([card('GPU-a')]) },
  )
  const [gpu] = registerWorker.worker.gpus
  expect(gpu.state).toBe('AVAILABLE')
  const holder: { runId: string | null } = { runId: RUN }
  const stopTelling = keepTelling(gpu.id, holder)

  await ask(who, 'mutation ($reports: [GpuHealthInput!]!) { reportGpuHealth(reports: $reports) { endRun } }', {
    reports: [{ ...well(gpu.id), runId: RUN, xids: [xid(79)] }],
  })
  await vi.waitUntil(() => heard.some(({ type }) => type === 'gpu.recovered'), { timeout: 15_000 })

  await ask(operator, 'mutation ($id: ID!) { drainGpu(id: $id, reason: "a") { gpu { id } } }', { id: gpu.id })
  await vi.waitUntil(() => heard.some(({ type }) => type === 'gpu.draining'))
  holder.runId = null
  await vi.waitUntil(() => heard.some(({ type }) => type === 'gpu.cordoned'), { timeout: 15_000 })
  stopTelling()
  expect(heard.map(({ type, gpu, reason }) => [type, gpu.inService, reason?.slice(0, 20)])).toEqual([
    ['gpu.registered', true, undefined],
    ['gpu.failed', false, 'XID 79: it has falle'],
    ['gpu.recovered', true, 'It has been well for'],
    ['gpu.draining', false, 'It was set to drain '],
    ['gpu.cordoned', false, 'Its drain has ended.'],
  ])
}, 40_000)
