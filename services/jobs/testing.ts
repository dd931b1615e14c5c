// What the tests of this service share: a context on a database of their own, and jobs in any state.

import { randomBytes } from 'node:crypto'
import { cloneDatabase } from '@constellation/local/testing.ts'
import { type Database, openDatabase } from '@constellation/platform/database/database.ts'
import type { GpuEvent } from '@constellation/platform/events/gpu-event.ts'
import type { WorkerEvent } from '@constellation/platform/events/worker-event.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import { createLogger } from '@constellation/platform/log.ts'
import { afterAll, beforeEach } from 'vitest'
import type { Announce } from './announce.ts'
import { claimRuns } from './claim.ts'
import { type Context, createContext } from './context.ts'
import { type Job, JobEntity, RunEntity, RunGpuEntity, TemplateEntity } from './entities.ts'
import type { SubmitJobInput } from './generated/resolvers.ts'
import { learnGpus, learnWorkers } from './hearing/learn-gpus.ts'
import type { Claim } from './sql/bind.ts'
import { startRun } from './start.ts'
import { submitJob } from './submit.ts'

export const log = createLogger('test', 'silent')

export const alice: Principal = { id: 'alice', role: 'user', accounts: ['team-a'] }
export const bob: Principal = { id: 'bob', role: 'user', accounts: ['team-b'] }
export const manager: Principal = { id: 'mona', role: 'account-manager', accounts: ['team-a'] }
export const analyst: Principal = { id: 'ann', role: 'analyst', accounts: [] }
export const operator: Principal = { id: 'otto', role: 'operator', accounts: [] }
export const admin: Principal = { id: 'ada', role: 'admin', accounts: [] }
export const worker: Principal = { id: 'worker-1', role: 'worker', accounts: [] }
export const otherWorker: Principal = { id: 'worker-2', role: 'worker', accounts: [] }

/** What the secrets of a bench are encrypted with. */
export const secretsKey = randomBytes(32)

/** A database of the test file's own, and contexts on it. */
export interface Bench {
  database: Database
  /** A fresh context of a request; announcements land in `said`. */
  as(who: Principal, leaseMs?: number): Context
  said: string[]
  close(): Promise<void>
}

/** The bench of a test file, which is gone after its tests; with `emptied`, each of them finds nothing in it. */
export async function useBench({ emptied = false } = {}): Promise<Bench> {
  const bench = await openBench()
  afterAll(() => bench.close())
  if (emptied) beforeEach(() => empty(bench))
  return bench
}

export async function openBench(): Promise<Bench> {
  const own = await cloneDatabase()
  const database = await openDatabase(own.urls.jobs, {
    schema: 'jobs',
    entities: [JobEntity, RunEntity, RunGpuEntity, TemplateEntity],
    log,
  })
  const said: string[] = []
  const announce: Announce = {
    changed: () => said.push('changed'),
    queueGrew: () => said.push('queueGrew'),
    lookAtRuns: (workerId) => said.push(`lookAtRuns ${workerId}`),
    tokenRevoked: (id) => said.push(`tokenRevoked ${id}`),
  }
  return {
    database,
    said,
    as: (who, leaseMs = 45_000) =>
      createContext(
        database,
        announce,
        { leaseMs, secretsKey, keyKeptMs: 86_400_000, webhooksMayBePrivate: true },
        who,
      ),
    async close() {
      await database.orm.close(true)
      await own.drop()
    },
  }
}

/** An offered GPU; the same number is the same GPU. */
export function gpu(number: number, changes: { model?: string; memoryMb?: number } = {}) {
  return {
    id: `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`,
    uuid: `GPU-${number}`,
    model: 'Simulated A100 80GB',
    memoryMb: 81_920,
    simulated: true,
    ...changes,
  }
}

/** A stored job, submitted by alice unless said otherwise. */
export async function submitted(bench: Bench, input: SubmitJobInput = {}, who = alice): Promise<Job> {
  const result = await submitJob(bench.as(who), { command: ['true'], ...input })
  if ('problems' in result) throw new Error(`not accepted: ${JSON.stringify(result.problems)}`)
  return result.job
}

const EMPTIED = [
  ...['jobs', 'runs', 'run_gpus', 'queue', 'leases', 'events', 'log_chunks', 'reservations', 'accounts', 'account_use'],
  ...['dependencies', 'idempotency_keys', 'schedules', 'secrets', 'api_tokens', 'webhooks', 'webhook_deliveries'],
]

/** A queue and a history with nothing in them. Row by row: to truncate so many tables takes a hundred times as long. */
export async function empty(bench: Bench): Promise<void> {
  await bench.database.pool.query(EMPTIED.map((table) => `DELETE FROM ${table}`).join(';'))
}

let heard = 0

/** The job as alice sees it. */
export async function jobNow(bench: Bench, id: string): Promise<Job> {
  const job = await bench.as(alice).loaders.job.load(id)
  if (!job) throw new Error('the job is gone')
  return job
}

/** What this worker gets when it offers these GPUs, which are known to be its own. */
export async function claim(
  bench: Bench,
  who: Principal,
  gpus: readonly Offered[],
  cpuSlots: number,
  leaseMs?: number,
) {
  await tellGpus(bench, who, gpus)
  return claimRuns(bench.as(who, leaseMs), { gpuIds: gpus.map(({ id }) => id), cpuSlots })
}

type Offered = ReturnType<typeof gpu>

/** The service hears of GPUs of this worker, that they are as `changes` say. */
export async function tellGpus(
  bench: Bench,
  who: Principal,
  gpus: readonly Offered[],
  changes: Partial<GpuEvent['gpu']> = {},
) {
  const events = gpus.map(({ id, uuid, model, memoryMb, simulated }) => ({
    ...nextEvent(),
    type: 'gpu.registered' as const,
    gpu: { id, uuid, name: model, totalMemoryMb: memoryMb, simulated, workerId: who.id, ...changes },
  }))
  await learnGpus(bench.database.pool, events)
}

/** The same of the worker itself, which runs processes. */
export async function tellWorker(bench: Bench, who: Principal, changes: Partial<WorkerEvent['worker']> = {}) {
  const worker = { id: who.id, labels: {}, executors: ['process' as const], ...changes }
  await learnWorkers(bench.database.pool, [{ ...nextEvent(), type: 'worker.registered', worker }])
}

function nextEvent() {
  return { id: `gpus-${++heard}`, ts: new Date().toISOString() }
}

/** The run that the worker gets for the job at the head of the queue. */
export async function claimed(bench: Bench, gpus = [gpu(1)], leaseMs?: number): Promise<Claim> {
  const [first] = await claim(bench, worker, gpus, 1, leaseMs)
  if (!first) throw new Error('nothing was claimed')
  return first
}

/** The same, with its process started. */
export async function started(bench: Bench, gpus = [gpu(1)], leaseMs?: number): Promise<Claim> {
  const claim = await claimed(bench, gpus, leaseMs)
  await startRun(bench.as(worker, leaseMs), leaseOf(claim))
  return claim
}

export function leaseOf({ run }: Claim): { runId: string; epoch: number } {
  return { runId: run.id, epoch: run.leaseEpoch }
}
