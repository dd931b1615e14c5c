// A worker says who it is, what it can do and which GPUs its host has: the inventory becomes what it says. GPUs are known
// by their UUID, so one that was moved to another host, or to another slot, stays the same GPU.
import { inTransaction, query } from '@constellation/platform/database.ts'
import { ConstellationError, invalidInput } from '@constellation/platform/errors.ts'
import { type GpuEvent, SUBJECTS, type WorkerEvent } from '@constellation/platform/events.ts'
import { requireRole } from '@constellation/platform/identity.ts'
import type { PoolClient } from 'pg'
import * as v from 'valibot'
import type { Context } from './context.ts'
import { type Executor, type Worker, WorkerEntity } from './entities.ts'
import type { Executor as ExecutorName, RegisterWorkerInput } from './generated/resolvers.ts'
import { FRESH_MS } from './telemetry.ts'

const words = (most: number) =>
  v.pipe(v.string(), v.minLength(1), v.maxLength(most), v.excludes('\0', 'must not hold a NUL character'))

/** A label's value may be empty; its bounds are those of what jobs ask for. */
const labelText = v.pipe(
  v.string(),
  v.maxBytes(200, 'must have at most 200 bytes'),
  v.excludes('\0', 'must not hold a NUL character'),
  v.check((value) => value.isWellFormed(), 'must be whole Unicode characters'),
)
const labels = v.pipe(
  v.record(v.pipe(v.string(), v.regex(/^[A-Za-z0-9][\w./-]{0,62}$/, 'is not a name of a label')), labelText),
  v.check((all) => Object.keys(all).length <= 32, 'must be at most 32 labels'),
)
const EXECUTORS: Record<ExecutorName, Executor> = { PROCESS: 'process', DOCKER: 'docker' }
/** None at all is a worker whose only way is gone for now. */
const executors = v.pipe(
  v.array(v.picklist(['PROCESS', 'DOCKER'])),
  v.transform((names) => [...new Set(names)].map((name) => EXECUTORS[name])),
)

const registration = v.object({
  hostname: words(253),
  version: words(64),
  gpuNotice: v.nullish(words(1000), null),
  labels: v.nullish(labels, {}),
  executors: v.nullish(executors, ['PROCESS']),
  gpus: v.pipe(
    v.array(
      v.object({
        uuid: v.pipe(v.string(), v.regex(/^[\w./:-]{1,128}$/, 'must be a UUID as NVML gives it')),
        name: words(200),
        index: v.pipe(v.number(), v.minValue(0), v.maxValue(1023)),
        totalMemoryMb: v.pipe(v.number(), v.minValue(1)),
        computeCapability: v.nullish(v.pipe(v.string(), v.regex(/^\d{1,3}\.\d{1,3}$/, 'must be such as 8.0')), null),
        driverVersion: v.nullish(words(80), null),
        simulated: v.boolean(),
      }),
    ),
    v.maxLength(64, 'must be at most 64'),
    v.check((gpus) => new Set(gpus.map((gpu) => gpu.uuid)).size === gpus.length, 'must each have a UUID of its own'),
  ),
})
type Gpu = v.InferOutput<typeof registration>['gpus'][number]

/** The worker as it is known from now on. */
export async function registerWorker({ who, em, pool, changed }: Context, input: RegisterWorkerInput): Promise<Worker> {
  requireRole(who, 'worker')
  const checked = v.safeParse(registration, input)
  if (!checked.success) {
    throw invalidInput(checked.issues.map((issue) => ({ path: v.getDotPath(issue) ?? '', message: issue.message })))
  }
  const { gpus, ...host } = checked.output
  await inTransaction(pool, async (client) => {
    await query(
      client,
      'upsert-worker',
      `INSERT INTO workers (id, hostname, version, gpu_notice, labels, executors) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (id) DO UPDATE SET hostname = $2, version = $3, gpu_notice = $4, labels = $5, executors = $6,
         last_seen_at = now()`,
      [who.id, host.hostname, host.version, host.gpuNotice, JSON.stringify(host.labels), host.executors],
    )
    const known = await upsertGpus(client, who.id, gpus)
    if (known.length < gpus.length) throw takenByOthers(gpus, known)
    const missing = await markMissing(client, who.id, gpus)
    await recordEvents(client, [
      { type: 'worker.registered', worker: { id: who.id, labels: host.labels, executors: host.executors } },
      ...known.map((gpu) => ({ type: 'gpu.registered', gpu }) as const),
      ...missing.map((gpu) => ({ type: 'gpu.missing', gpu }) as const),
    ])
  })
  changed()
  return em.findOneOrFail(WorkerEntity, { id: who.id })
}

type Known = GpuEvent['gpu']
const KNOWN = `gpus.id, gpus.uuid, gpus.name, total_mem_mb AS "totalMemoryMb",
  compute_capability AS "computeCapability", simulated, worker_id AS "workerId"`

async function upsertGpus(client: PoolClient, workerId: string, gpus: readonly Gpu[]): Promise<Known[]> {
  return query<Known>(
    client,
    'upsert-gpus',
    // In the order of their UUIDs, so that two workers that name the same cards do not wait for each other.
    `INSERT INTO gpus (uuid, name, total_mem_mb, compute_capability, driver_version, simulated, worker_id, index)
     SELECT uuid, name, "totalMemoryMb", "computeCapability", "driverVersion", simulated, $2, index
     FROM jsonb_to_recordset($1) AS g (uuid text, name text, "totalMemoryMb" integer, "computeCapability" text,
                                       "driverVersion" text, simulated boolean, index integer)
     ORDER BY uuid
     ON CONFLICT (uuid) DO UPDATE SET name = excluded.name, total_mem_mb = excluded.total_mem_mb,
       compute_capability = excluded.compute_capability, driver_version = excluded.driver_version,
       simulated = excluded.simulated, worker_id = excluded.worker_id, index = excluded.index, present = true
     -- A card may move to another host, but no worker takes one from a worker that lives.
     WHERE gpus.worker_id = excluded.worker_id OR NOT gpus.present OR NOT EXISTS (
       SELECT FROM workers w WHERE w.id = gpus.worker_id AND w.last_seen_at > now() - $3 * interval '1 ms')
     RETURNING ${KNOWN}`,
    [JSON.stringify(gpus), workerId, FRESH_MS],
  )
}

function takenByOthers(gpus: readonly Gpu[], known: readonly Known[]): ConstellationError {
  const ours = new Set(known.map((gpu) => gpu.uuid))
  const taken = gpus.filter((gpu) => !ours.has(gpu.uuid)).map((gpu) => gpu.uuid)
  return new ConstellationError('CONFLICT', `Another worker that is online has registered ${taken.join(', ')}.`)
}

async function markMissing(client: PoolClient, workerId: string, gpus: readonly Gpu[]): Promise<Known[]> {
  return query<Known>(
    client,
    'mark-missing',
    `UPDATE gpus SET present = false WHERE worker_id = $1 AND present AND uuid <> ALL($2) RETURNING ${KNOWN}`,
    [workerId, gpus.map((gpu) => gpu.uuid)],
  )
}

type News = Pick<GpuEvent, 'type' | 'gpu'> | Pick<WorkerEvent, 'type' | 'worker'>

async function recordEvents(client: PoolClient, news: readonly News[]): Promise<void> {
  await query(
    client,
    'record-events',
    `INSERT INTO events (type, gpu_id, payload, subject)
     SELECT type, gpu_id, payload, subject
     FROM jsonb_to_recordset($1) AS e (type text, gpu_id uuid, payload jsonb, subject text)`,
    [JSON.stringify(news.map(rowOf))],
  )
}

function rowOf({ type, ...payload }: News) {
  if ('worker' in payload) return { type, payload, subject: SUBJECTS.workerEvents(payload.worker.id) }
  return { type, gpu_id: payload.gpu.id, payload, subject: SUBJECTS.gpuEvents(payload.gpu.id) }
}
