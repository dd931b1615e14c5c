// A price that was set for hours that have slices is worked off in small transactions, which a crash may interrupt.
import { inTransaction, query } from '@constellation/platform/database/database.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { type Regular, regularly } from '@constellation/platform/regularly.ts'
import type { Pool } from 'pg'
import { correctSlices } from './correct-slices.ts'
import { readingPrices } from './locks.ts'

const LOOK_MS = 2_000
/** Runs in one transaction. */
const BATCH = 2_000

/** Works off what `savePrice` has planned until stopped; of several processes one at a time. */
export function startRepricing(pool: Pool, log: Logger): Regular {
  return regularly(LOOK_MS, 'apply new prices', log, async () => {
    while (await repriceSome(pool));
  })
}

/** Does the next part; false when nothing is left, or another process is at it. */
export async function repriceSome(pool: Pool): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    await readingPrices(client)
    const [work] = await query<{ id: string; model: string; fromHour: Date; doneTo: string }>(
      client,
      'next-repricing',
      `SELECT id, model, from_hour AS "fromHour", done_to AS "doneTo" FROM repricings
       ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`,
    )
    if (!work) return false
    const runs = await query<{ id: string }>(
      client,
      'runs-to-reprice',
      `SELECT run_id AS id FROM slices WHERE hour >= $1 AND ($2 = '*' OR model = $2) AND run_id > $3
       GROUP BY run_id ORDER BY run_id LIMIT ${BATCH}`,
      [work.fromHour, work.model, work.doneTo],
    )
    const last = runs.at(-1)
    if (last) {
      const ids = runs.map(({ id }) => id)
      await correctSlices(client, ids)
      await query(client, 'repriced-to', 'UPDATE repricings SET done_to = $2 WHERE id = $1', [work.id, last.id])
    } else {
      await query(client, 'repriced', 'DELETE FROM repricings WHERE id = $1', [work.id])
    }
    return true
  })
}
