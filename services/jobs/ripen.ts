// Jobs whose start time has come, or whose pause after a failure is over, may be claimed from now on.
import { query } from '@constellation/platform/database/database.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { type Regular, regularly } from '@constellation/platform/regularly.ts'
import type { Pool } from 'pg'
import type { Announce } from './announce.ts'

/** It adds to how late a job is, in milliseconds. */
const PERIOD_MS = 500
const BATCH = 1_000

interface Options {
  pool: Pool
  announce: Announce
  log: Logger
}

/** Looks again and again until stopped. Several processes may do so at once. */
export function startRipening({ pool, announce, log }: Options): Regular {
  return regularly(PERIOD_MS, 'look for jobs whose time has come', log, async () => {
    for (let left = true; left; ) {
      const { ripened, queueGrew } = await ripen(pool)
      if (queueGrew) announce.queueGrew()
      left = ripened === BATCH
    }
  })
}

/** `queueGrew` tells whether one of them waits for nothing else either. */
export async function ripen(pool: Pool): Promise<{ ripened: number; queueGrew: boolean }> {
  const rows = await query<{ ready: boolean }>(
    pool,
    'ripen',
    `WITH due AS MATERIALIZED (
       SELECT job_id FROM queue WHERE not_before <= now() ORDER BY not_before LIMIT $1 FOR UPDATE SKIP LOCKED
     ), ripe AS (
       UPDATE queue q SET not_before = NULL, why_not_before = NULL FROM due WHERE q.job_id = due.job_id
       RETURNING q.lane_id, q.waiting_on = 0 AS ready
     ), woken AS (
       UPDATE lanes SET active = true WHERE NOT active AND id IN (SELECT lane_id FROM ripe WHERE ready)
     )
     SELECT ready FROM ripe`,
    [BATCH],
  )
  return { ripened: rows.length, queueGrew: rows.some(({ ready }) => ready) }
}
