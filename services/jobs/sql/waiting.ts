// The statements that look for jobs to claim. Their time does not grow with the queue: jobs that ask for the
// same GPUs stand together in the index `jobs_claim_gpu`, in the order in which they are to be served.
import { query } from '@constellation/platform/database.ts'
import type { PoolClient } from 'pg'
import type { Candidate, Shape } from '../policy.ts'

/** A job that nobody has claimed. */
const WAITING = `state = 'queued' AND current_run_id IS NULL`
const SHAPE = 'gpu_model, gpu_min_memory_mb, gpu_count'
const ORDER = 'priority DESC, place, id'

/** Far more kinds of request than people make up; what is beyond waits until others are served. */
const MOST_SHAPES = 5_000

/** Each kind of request that some waiting job makes, found by leaps through the index. */
export async function waitingShapes(client: PoolClient): Promise<Shape[]> {
  return query<Shape>(
    client,
    'waiting-shapes',
    `WITH RECURSIVE shapes AS (
       (SELECT ${SHAPE} FROM jobs WHERE ${WAITING} AND gpu_count > 0 ORDER BY ${SHAPE} LIMIT 1)
       UNION ALL
       SELECT next.* FROM shapes s CROSS JOIN LATERAL (
         SELECT ${SHAPE} FROM jobs
         WHERE ${WAITING} AND gpu_count > 0 AND (${SHAPE}) > (s.gpu_model, s.gpu_min_memory_mb, s.gpu_count)
         ORDER BY ${SHAPE} LIMIT 1) next
     )
     SELECT gpu_model AS "gpuModel", gpu_min_memory_mb AS "gpuMinMemoryMb", gpu_count AS "gpuCount"
     FROM shapes LIMIT $1`,
    [MOST_SHAPES],
  )
}

/** The jobs of these kinds that are to be served first, at most `most`, without those of these ids. Nothing is locked. */
export async function headOfGpuQueue(
  client: PoolClient,
  shapes: readonly Shape[],
  most: number,
  without: readonly string[],
): Promise<Candidate[]> {
  return query<Candidate>(
    client,
    'head-of-gpu-queue',
    `SELECT j.id, s."gpuModel", s."gpuMinMemoryMb", s."gpuCount"
     FROM jsonb_to_recordset($1) AS s ("gpuModel" text, "gpuMinMemoryMb" integer, "gpuCount" integer)
     CROSS JOIN LATERAL (
       SELECT id, priority, place FROM jobs
       WHERE ${WAITING} AND gpu_count > 0 AND (${SHAPE}) = (s."gpuModel", s."gpuMinMemoryMb", s."gpuCount")
         AND id <> ALL ($3)
       ORDER BY ${ORDER} LIMIT $2) j
     ORDER BY ${ORDER} LIMIT $2`,
    [JSON.stringify(shapes), most, without],
  )
}

/** Locks those of these jobs that still wait and that no other claim has locked; returns their ids. */
export async function lockWaiting(client: PoolClient, ids: readonly string[]): Promise<Set<string>> {
  const rows = await query<{ id: string }>(
    client,
    'lock-waiting',
    `SELECT id FROM jobs WHERE id = ANY ($1) AND ${WAITING} FOR NO KEY UPDATE SKIP LOCKED`,
    [ids],
  )
  return new Set(rows.map((row) => row.id))
}

/** The jobs without a GPU that are to be served first, locked: as many as are taken. */
export async function lockHeadOfCpuQueue(client: PoolClient, most: number): Promise<{ id: string }[]> {
  return query<{ id: string }>(
    client,
    'head-of-cpu-queue',
    `SELECT id FROM jobs WHERE ${WAITING} AND gpu_count = 0 ORDER BY ${ORDER} LIMIT $1
     FOR NO KEY UPDATE SKIP LOCKED`,
    [most],
  )
}
