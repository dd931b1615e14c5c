// What the queue needs done from time to time: shares are tallied, lanes that are empty are put aside, and what was
// kept for a job that is no longer there is forgotten.
import { query } from '@constellation/platform/database.ts'
import type { Logger } from '@constellation/platform/log.ts'
import type { Pool } from 'pg'
import { type Regular, regularly } from './regularly.ts'
import { KEPT_MS, sortOutLanes } from './sql/lanes.ts'
import { tallyUse } from './sql/shares.ts'

/** A job whose lane was put aside just as it came waits for this long at most, in milliseconds. */
const PERIOD_MS = 5_000

/** Tends the queue until stopped. Several processes may do so at once. */
export function startTending({ pool, log }: { pool: Pool; log: Logger }): Regular {
  return regularly(PERIOD_MS, 'tend the queue', log, async () => {
    await tallyUse(pool, PERIOD_MS / 1_000)
    await sortOutLanes(pool)
    await query(pool, 'forget-kept', `DELETE FROM reservations WHERE renewed_at < now() - interval '${KEPT_MS} ms'`)
  })
}
