// The statements on lanes, and on the heads of their queues. A claim costs one look at the index for each active
// lane, however many jobs wait behind its head.
import { query } from '@constellation/platform/database/database.ts'
import { inRounds } from '@constellation/platform/database/in-rounds.ts'
import type { Pool, PoolClient } from 'pg'
import type { Lane, Shape } from '../policy/requests.ts'
import { MAY_SPEND } from './budget-holds.ts'

/** What a lane stands for. */
export interface LaneKey extends Shape {
  account: string
  executor: 'process' | 'docker'
  workerLabels: Record<string, string>
}

/** Lanes never change and are never removed, so what was found once need not be asked for again. */
const known = new WeakMap<Pool, Map<string, number>>()
const MOST_KNOWN = 10_000

/** The lanes of these requests, in their order; those that are missing are made. */
export async function lanesOf(pool: Pool, keys: readonly LaneKey[]): Promise<number[]> {
  const cache = known.get(pool) ?? new Map<string, number>()
  known.set(pool, cache)
  const names = keys.map(nameOf)
  const missing = new Map(names.flatMap((name, i) => (cache.has(name) ? [] : [[name, keys[i]] as const])))
  if (cache.size + missing.size > MOST_KNOWN) cache.clear()
  for (const [name, key] of missing) if (key) cache.set(name, await findOrMake(pool, key))
  return names.map((name, i) => cache.get(name) ?? missingLane(keys[i]))
}

/** With a connection of its own: a lane that is made in a transaction that fails would be known, and not there. */
async function findOrMake(pool: Pool, key: LaneKey): Promise<number> {
  const values = [
    key.account,
    key.gpuCount,
    key.gpuMinMemoryMb,
    key.gpuModel,
    key.gpuMinCapability,
    JSON.stringify(key.workerLabels),
    key.executor,
  ]
  await query(
    pool,
    'make-lane',
    `INSERT INTO lanes (account, gpu_count, gpu_min_memory_mb, gpu_model, gpu_min_capability, worker_labels, executor)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    values,
  )
  const [lane] = await query<{ id: number }>(
    pool,
    'find-lane',
    `SELECT id FROM lanes WHERE account = $1 AND gpu_count = $2 AND gpu_min_memory_mb = $3 AND gpu_model = $4
       AND gpu_min_capability = $5 AND worker_labels = $6 AND executor = $7`,
    values,
  )
  return lane?.id ?? missingLane(key)
}

function missingLane(key: LaneKey | undefined): never {
  throw new Error(`A lane that was made is not there: ${JSON.stringify(key)}.`)
}

function nameOf({ workerLabels, ...key }: LaneKey): string {
  const labels = Object.entries(workerLabels).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([
    key.account,
    key.gpuCount,
    key.gpuMinMemoryMb,
    key.gpuModel,
    key.gpuMinCapability,
    key.executor,
    labels,
  ])
}

interface HeadRow extends Shape {
  id: number
  account: string
  limited: boolean
  jobs: string[]
  places: number[]
  limits: (number | null)[]
  keptBy: (string | null)[]
}

/** A lane as a claim sees it; `limited` where its account has limits. */
export type HeadOfLane = Lane & { limited: boolean }

const HEAD = `l.id, l.account, l.gpu_count AS "gpuCount", l.gpu_min_memory_mb AS "gpuMinMemoryMb", l.gpu_model AS "gpuModel",
  l.gpu_min_capability AS "gpuMinCapability", (a.max_gpus IS NOT NULL OR a.max_runs IS NOT NULL) AS limited, h.*`
/** True of a job in the queue that could be given to a worker; indexes have these words. */
export const READY = 'waiting_on = 0 AND not_before IS NULL'

/** Jobs of one lane in arrays, as a row for each would take longer to read than to find. `from` gives rows of `queue`. */
const inArrays = (from: string, keptBy: string) => `
  SELECT array_agg(job_id) AS jobs, array_agg((extract(epoch FROM place) * 1000)::double precision) AS places,
    array_agg(timeout_seconds) AS limits, ${keptBy} AS "keptBy"
  FROM (${from}) q`
const firstOfLane = (most: string) =>
  `SELECT * FROM queue q WHERE q.lane_id = l.id AND ${READY} ORDER BY place, job_id LIMIT ${most}`

/** GPUs are kept for as long as the worker that keeps them goes on saying so. */
export const KEPT_MS = 30_000

/**
 * The lanes that a worker may serve by its labels and executors: none where it is out of service, and none of accounts
 * whose budget is used up. One that nothing was heard of yet runs processes.
 */
const servedBy = (worker: string) => `coalesce((SELECT in_service FROM known_workers WHERE worker_id = ${worker}), true)
  AND l.worker_labels <@ coalesce((SELECT labels FROM known_workers WHERE worker_id = ${worker}), '{}')
  AND l.executor = ANY (coalesce((SELECT executors FROM known_workers WHERE worker_id = ${worker}), '{process}'))
  AND ${MAY_SPEND}`
const IS_KEPT = `r.renewed_at > now() - interval '${KEPT_MS} ms'`
const KEEPER = `array_agg((SELECT worker_id FROM reservations r WHERE r.job_id = q.job_id AND ${IS_KEPT}))`
const FAIR_PART = `least($1::integer, 8 + 4 * $1::integer / (SELECT count(*) FROM lanes WHERE active AND gpu_count = 0))`

/** The job for which this worker keeps GPUs, wherever in its lane it stands: as a lane of its own. */
export async function headKeptBy(client: Pool | PoolClient, workerId: string): Promise<HeadOfLane[]> {
  const rows = await query<HeadRow>(
    client,
    'head-kept',
    `SELECT ${HEAD} FROM reservations r JOIN queue q USING (job_id) JOIN lanes l ON l.id = q.lane_id
     LEFT JOIN accounts a USING (account)
     CROSS JOIN LATERAL (${inArrays(`SELECT * FROM queue WHERE job_id = q.job_id AND ${READY}`, 'array_agg($1::text)')}) h
     WHERE r.worker_id = $1 AND ${IS_KEPT} AND h.jobs IS NOT NULL AND ${MAY_SPEND}`,
    [workerId],
  )
  return rows.map(toLane)
}

/** The lanes that ask for up to `gpuCount` GPUs of these models, with the first `most` jobs of each. */
export async function headsForGpus(
  client: Pool | PoolClient,
  workerId: string,
  gpus: { count: number; models: readonly string[]; memoryMb: number; capability: number },
  most: number,
): Promise<HeadOfLane[]> {
  const rows = await query<HeadRow>(
    client,
    'heads-for-gpus',
    `SELECT ${HEAD} FROM lanes l LEFT JOIN accounts a USING (account) CROSS JOIN LATERAL (${inArrays(firstOfLane('$6'), KEEPER)}) h
     WHERE l.active AND l.gpu_count BETWEEN 1 AND $1 AND l.gpu_min_memory_mb <= $2 AND l.gpu_min_capability <= $3
       AND ${servedBy('$4')} AND h.jobs IS NOT NULL
       AND EXISTS (SELECT FROM unnest($5::text[]) model WHERE position(lower(l.gpu_model) IN lower(model)) > 0)`,
    [gpus.count, gpus.memoryMb, gpus.capability, workerId, gpus.models, most],
  )
  return rows.map(toLane)
}

/**
 * The lanes that ask for no GPU, with the first jobs of each: enough that `slots` can be filled in fair parts, and all
 * of them where there is one lane.
 */
export async function headsForSlots(client: Pool | PoolClient, workerId: string, slots: number): Promise<HeadOfLane[]> {
  const rows = await query<HeadRow>(
    client,
    'heads-for-slots',
    `SELECT ${HEAD} FROM lanes l LEFT JOIN accounts a USING (account) CROSS JOIN LATERAL (${inArrays(firstOfLane(FAIR_PART), 'NULL::text[]')}) h
     WHERE l.active AND l.gpu_count = 0 AND ${servedBy('$2')} AND h.jobs IS NOT NULL`,
    [slots, workerId],
  )
  return rows.map(toLane)
}

function toLane({ jobs, places, limits, keptBy, ...lane }: HeadRow): HeadOfLane {
  const waiting = jobs.map((jobId, i) => {
    const limit = limits[i]
    return {
      jobId,
      place: places[i] ?? 0,
      limitMs: limit == null ? Infinity : limit * 1000,
      keptBy: keptBy?.[i] ?? null,
    }
  })
  return { ...lane, waiting }
}

/** For which of them something waits that is ready, whoever may be given it. */
export interface Waiting {
  gpus: boolean
  slots: boolean
}

const waits = new WeakMap<Pool, () => Promise<Waiting>>()

/** What waits by now: those who ask at the same moment cost one look. */
export function whatWaits(pool: Pool): Promise<Waiting> {
  const ask = waits.get(pool) ?? inRounds(() => lookWhatWaits(pool))
  waits.set(pool, ask)
  return ask()
}

async function lookWhatWaits(pool: Pool): Promise<Waiting> {
  const [found] = await query<Waiting>(
    pool,
    'what-waits',
    `SELECT coalesce(bool_or(l.gpu_count > 0), false) AS gpus, coalesce(bool_or(l.gpu_count = 0), false) AS slots
     FROM lanes l WHERE l.active AND ${HAS_READY}`,
  )
  return found ?? { gpus: false, slots: false }
}

const HAS_READY = `EXISTS (SELECT FROM queue q WHERE q.lane_id = l.id AND ${READY})`

/** Lanes that were put aside and have a job are looked at again; returns how many those were. */
export async function wakeLanes(pool: Pool): Promise<number> {
  const rows = await query(
    pool,
    'wake-lanes',
    `UPDATE lanes l SET active = true WHERE NOT active AND ${HAS_READY} RETURNING id`,
  )
  return rows.length
}

/** The active lanes in which nothing is ready. */
export async function emptyLanes(pool: Pool): Promise<string[]> {
  const rows = await query<{ id: string }>(
    pool,
    'empty-lanes',
    `SELECT id::text FROM lanes l WHERE active AND NOT ${HAS_READY}`,
  )
  return rows.map(({ id }) => id)
}

/** Claims pass these lanes by from now on, until one of their jobs is queued. */
export async function putLanesAside(pool: Pool, ids: readonly string[]): Promise<void> {
  await query(
    pool,
    'put-lanes-aside',
    `UPDATE lanes l SET active = false WHERE id = ANY ($1::integer[]) AND NOT ${HAS_READY}`,
    [ids],
  )
}
