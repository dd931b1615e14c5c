// What the queue needs done from time to time: shares are tallied, lanes that are empty are put aside, and what was
// kept for a job that is no longer there is forgotten.
import { setTimeout as delay } from 'node:timers/promises'
import { query } from '@constellation/platform/database/database.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { createPatience } from '@constellation/platform/patience.ts'
import { type Regular, regularly } from '@constellation/platform/regularly.ts'
import type { Pool } from 'pg'
import type { Announce } from './announce.ts'
import { emptyLanes, KEPT_MS, putLanesAside, wakeLanes } from './sql/lanes.ts'
import { tallyUse } from './sql/shares.ts'

const PERIOD_MS = 5_000
/** A lane is put aside when it was empty for so long, in milliseconds: until then it costs each claim a look. */
const EMPTY_MS = 60_000
/** A job that is queued at the moment in which its lane is put aside is there after this long, in milliseconds. */
const CROSSING_MS = 200

interface Options {
  pool: Pool
  announce: Pick<Announce, 'queueGrew'>
  log: Logger
}

/** Tends the queue until stopped. Several processes may do so at once. */
export function startTending({ pool, announce, log }: Options): Regular {
  const isRipe = createPatience(EMPTY_MS)
  return regularly(PERIOD_MS, 'tend the queue', log, async () => {
    await tallyUse(pool, PERIOD_MS / 1_000)
    await tendLanes(pool, announce, (empty) => isRipe(empty, performance.now()))
    await query(pool, 'forget-kept', `DELETE FROM reservations WHERE renewed_at < now() - interval '${KEPT_MS} ms'`)
  })
}

/** Puts aside those of the empty lanes that `choose` takes, and finds those that have filled again. */
export async function tendLanes(
  pool: Pool,
  announce: Options['announce'],
  choose: (empty: readonly string[]) => readonly string[],
): Promise<void> {
  if ((await wakeLanes(pool)) > 0) announce.queueGrew()
  const empty = choose(await emptyLanes(pool))
  if (empty.length === 0) return
  await putLanesAside(pool, empty)
  await delay(CROSSING_MS)
  if ((await wakeLanes(pool)) > 0) announce.queueGrew()
}
