// The lake and the budgets as they are at a scrape.
import { query } from '@constellation/platform/database/database.ts'
import { atScrape } from '@constellation/platform/metrics/serve-metrics.ts'
import type { Pool } from 'pg'
import { readManifest } from '../lake/manifest.ts'
import { isOfLedger } from '../lake/of-ledger.ts'
import { budgetsHolding, lakeBytes, lakeFiles, lakeLag } from './metrics.ts'

/** Tells of them until it is stopped. */
export function tellLake(pool: Pool, directory: string): () => void {
  return atScrape([lakeLag, lakeFiles, lakeBytes, budgetsHolding], async () => {
    const manifest = await readManifest(directory)
    // Of a lake that is of another ledger nothing is there.
    const upTo = (await isOfLedger(pool, manifest)) ? manifest.upTo : '0'
    const [row] = await query<{ lag: number; holds: number }>(
      pool,
      'metrics-lake',
      `SELECT coalesce(extract(epoch FROM now() - (SELECT min(entered_at) FROM slices WHERE changed >= $1::xid8)), 0)
         ::double precision AS lag, (SELECT count(*)::integer FROM budget_holds) AS holds`,
      [upTo],
    )
    lakeLag.set(Math.max(0, row?.lag ?? 0))
    lakeFiles.set(manifest.files.length)
    lakeBytes.set(manifest.files.reduce((bytes, file) => bytes + file.bytes, 0))
    budgetsHolding.set(row?.holds ?? 0)
  })
}
