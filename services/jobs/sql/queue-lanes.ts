// The lanes of the queue as they are read to explain it: nothing is locked.
import { query } from '@constellation/platform/database/database.ts'
import type { PoolClient } from 'pg'
import type { QueuedLane } from '../policy/order.ts'
import type { Waiting } from '../policy/requests.ts'
import { READY } from './lanes.ts'

export type Kind = 'gpus' | 'slots'

interface LaneRow extends Omit<QueuedLane, 'waiting' | 'more' | 'blocked'> {
  /** As many as were read at most. */
  most: number
  jobs: string[]
  places: number[]
  limits: (number | null)[]
}

const IN_ARRAYS = `array_agg(job_id) AS jobs, array_agg((extract(epoch FROM place) * 1000)::double precision) AS places,
  array_agg(timeout_seconds) AS limits`

/** The lanes in which jobs wait, with the first jobs of each: the fewer the more lanes there are. */
export async function lanesThatWait(client: PoolClient, kind: Kind): Promise<QueuedLane[]> {
  const rows = await query<LaneRow>(
    client,
    'lanes-that-wait',
    `SELECT l.id, l.account, l.gpu_count AS "gpuCount", l.gpu_min_memory_mb AS "gpuMinMemoryMb", l.gpu_model AS "gpuModel",
       l.gpu_min_capability AS "gpuMinCapability", l.worker_labels AS "workerLabels", l.executor, n.most, h.*
     FROM (SELECT 20 + 4000 / greatest(1, count(*))::integer AS most FROM lanes WHERE active AND (gpu_count > 0) = $1) n
     CROSS JOIN lanes l CROSS JOIN LATERAL (SELECT ${IN_ARRAYS} FROM (
       SELECT * FROM queue q WHERE q.lane_id = l.id AND ${READY} ORDER BY place, job_id LIMIT n.most) q) h
     WHERE l.active AND (l.gpu_count > 0) = $1 AND h.jobs IS NOT NULL`,
    [kind === 'gpus'],
  )
  return rows.map(({ jobs, places, limits, most, ...lane }) => ({
    ...lane,
    waiting: toWaiting({ jobs, places, limits }),
    more: jobs.length === most,
    blocked: false,
  }))
}

/** Adds the next `most` jobs to what is known of the lane. */
export async function loadMore(client: PoolClient, lane: QueuedLane, most: number): Promise<void> {
  const last = lane.waiting.at(-1)
  const [next] = await query<Pick<LaneRow, 'jobs' | 'places' | 'limits'>>(
    client,
    'more-of-lane',
    `SELECT ${IN_ARRAYS} FROM (
       SELECT * FROM queue WHERE lane_id = $1 AND ${READY} AND (place, job_id) > (to_timestamp($2::double precision / 1000), $3::uuid)
       ORDER BY place, job_id LIMIT $4) q HAVING count(*) > 0`,
    [lane.id, last?.place ?? 0, last?.jobId ?? '00000000-0000-0000-0000-000000000000', most],
  )
  lane.waiting.push(...(next ? toWaiting(next) : []))
  lane.more = next?.jobs.length === most
}

function toWaiting({ jobs, places, limits }: Pick<LaneRow, 'jobs' | 'places' | 'limits'>): Waiting[] {
  return jobs.map((jobId, i) => {
    const limit = limits[i]
    return { jobId, place: places[i] ?? 0, limitMs: limit == null ? Infinity : limit * 1000, keptBy: null }
  })
}
