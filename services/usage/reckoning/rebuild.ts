// The ledger made again from the log of events, and held against the one that stands.
import { query } from '@constellation/platform/database/database.ts'
import type { Pool } from 'pg'
import { compareLedgers } from './compare.ts'
import { countOf, type Differences } from './differences.ts'
import { mend } from './mend.ts'
import { openPool } from './open-pool.ts'
import { type Replayed, replay } from './replay.ts'
import { openScratch } from './scratch.ts'
import { takeSnapshot } from './snapshot.ts'
import { takeOver } from './take-over.ts'

export interface Rebuilt extends Replayed {
  /** Runs that were taken over as they stand: their jobs were removed, and their events with them. */
  forgotten: number
  /** Runs of which something was told just now: they are not judged. */
  underWay: number
  differences: Differences[]
}

/**
 * Makes the ledger again beside the one that stands, and says where they differ. With `apply` that one is mended after.
 * @param adminUrl of a user who may make a schema and read those of all services
 */
export async function rebuildLedger(adminUrl: string, { apply = false } = {}): Promise<Rebuilt> {
  const scratch = await openScratch(adminUrl)
  try {
    const snapshot = await takeSnapshot(scratch.pool)
    const replayed = await replay(scratch.pool, snapshot).finally(() => snapshot.end())
    const forgotten = await takeOver(scratch.pool)
    const differences = [
      ...(await compareLedgers(scratch.pool, snapshot.settledAt)),
      {
        what: 'events that cannot be read',
        count: replayed.unreadable.length,
        examples: replayed.unreadable.slice(0, 5),
      },
    ]
    if (apply && countOf(differences) > 0) {
      const live = openPool(adminUrl, 'usage')
      await mend(live, scratch.pool, snapshot.settledAt).finally(() => live.end())
    }
    return { ...replayed, forgotten, underWay: await countUnderWay(scratch.pool), differences }
  } finally {
    await scratch.drop()
  }
}

async function countUnderWay(scratch: Pool): Promise<number> {
  const [row] = await query<{ runs: number }>(scratch, null, 'SELECT count(*)::integer AS runs FROM under_way')
  return row?.runs ?? 0
}
