// The ledger is brought to what its log says. Months that are open are put right; in a closed one nothing that stands is
// changed, and entries that are marked as late say what is right.
import { inTransaction, query } from '@constellation/platform/database/database.ts'
import type { Pool, PoolClient } from 'pg'
import { correctSlices } from '../ledger/correct-slices.ts'
import { IS_CLOSED } from '../ledger/enter-slices.ts'
import { changingPrices, readingPrices } from '../ledger/locks.ts'
import { DIFFERENT, factDifferences } from './compare.ts'
import { HOURLY_KEY, HOURLY_SUMS, sumsByHour } from './net.ts'

const BATCH = 500
const RUN = `job_id, attempt, account, submitted_by, queued_at, started_at, finished_at, outcome, utilisation,
  energy_joules`

/**
 * Mends `live`, the service's own ledger, by the one in `scratch`. A run that no event tells of is taken away where
 * nothing of it is in a closed month; where something is, it is for people to judge.
 */
export async function mend(live: Pool, scratch: Pool, settledAt: Date): Promise<void> {
  const { schema } = await one<{ schema: string }>(scratch, 'SELECT current_schema() AS schema')
  const ids = await query<{ id: string }>(
    scratch,
    null,
    `SELECT DISTINCT run_id AS id FROM (SELECT run_id FROM (${DIFFERENT.runs}) r UNION ALL
       SELECT run_id FROM (${DIFFERENT.gpus}) g UNION ALL SELECT run_id FROM (${DIFFERENT.slices}) s) d ORDER BY 1`,
  )
  for (let at = 0; at < ids.length; at += BATCH) {
    const batch = ids.slice(at, at + BATCH).map(({ id }) => id)
    await inTransaction(live, (client) => mendRuns(client, schema, batch))
  }
  for (const kind of ['gpu', 'worker'] as const) await mendFacts(live, scratch, schema, kind, settledAt)
  await inTransaction(live, mendSums)
}

async function mendRuns(client: PoolClient, made: string, ids: readonly string[]): Promise<void> {
  await readingPrices(client)
  // Files hold what was changed without a trace: the days are written anew.
  await markStale(client, 'SELECT hour FROM slices WHERE run_id = ANY ($1)', ids)
  await takeFactsOfRuns(client, made, ids)
  const gone = await query<{ id: string }>(
    client,
    null,
    `UPDATE runs r SET finished_at = NULL WHERE run_id = ANY ($1)
       AND NOT EXISTS (SELECT FROM ${made}.runs m WHERE m.run_id = r.run_id)
       AND NOT EXISTS (SELECT FROM slices s WHERE s.run_id = r.run_id AND ${IS_CLOSED('s.hour')})
     RETURNING run_id AS id`,
    [ids],
  )
  // In an open month a slice has one entry.
  const doubled = `DELETE FROM slices s WHERE run_id = ANY ($1) AND entry > 0 AND NOT ${IS_CLOSED('s.hour')}`
  await query(client, null, doubled, [ids])
  await correctSlices(client, ids)
  await markStale(client, 'SELECT hour FROM slices WHERE run_id = ANY ($1)', ids)
  const goneIds = gone.map(({ id }) => id)
  await query(client, null, 'DELETE FROM runs WHERE run_id = ANY ($1)', [goneIds])
}

/** What the log says of runs; one that has ended since it was read is not opened again. */
async function takeFactsOfRuns(client: PoolClient, made: string, ids: readonly string[]): Promise<void> {
  await query(
    client,
    null,
    `INSERT INTO runs (run_id, ${RUN}) SELECT run_id, ${RUN} FROM ${made}.runs WHERE run_id = ANY ($1)
     ON CONFLICT (run_id) DO UPDATE SET (${RUN}) = (SELECT e.job_id, e.attempt, e.account, e.submitted_by, e.queued_at,
       e.started_at, coalesce(e.finished_at, runs.finished_at), coalesce(e.outcome, runs.outcome),
       CASE WHEN e.finished_at IS NULL THEN runs.utilisation ELSE e.utilisation END,
       CASE WHEN e.finished_at IS NULL THEN runs.energy_joules ELSE e.energy_joules END FROM (SELECT excluded.*) e)`,
    [ids],
  )
  const known = `run_id = ANY ($1) AND EXISTS (SELECT FROM ${made}.runs m WHERE m.run_id = g.run_id)`
  await query(client, null, `DELETE FROM run_gpus g WHERE ${known}`, [ids])
  await query(client, null, `INSERT INTO run_gpus SELECT g.* FROM ${made}.run_gpus g WHERE ${known}`, [ids])
}

async function markStale(client: PoolClient, hours: string, ids: readonly string[]): Promise<void> {
  await query(
    client,
    null,
    `INSERT INTO stale_days (day) SELECT DISTINCT (hour AT TIME ZONE 'UTC')::date AS day FROM (${hours}) h ORDER BY day
     ON CONFLICT (day) DO UPDATE SET changed = excluded.changed`,
    [ids],
  )
}

async function mendFacts(
  live: Pool,
  scratch: Pool,
  made: string,
  kind: 'gpu' | 'worker',
  settledAt: Date,
): Promise<void> {
  const differ = `SELECT ${kind}_id::text AS id, event FROM (${factDifferences(kind)}) d`
  const facts = await query<{ id: string; event: string }>(scratch, null, differ, [settledAt])
  if (facts.length === 0) return
  const some = `(${kind}_id::text, event) IN (SELECT id, event FROM jsonb_to_recordset($1) AS f (id text, event bigint))`
  const values = [JSON.stringify(facts)]
  await inTransaction(live, async (client) => {
    await query(client, null, `DELETE FROM ${kind}_facts WHERE ${some}`, values)
    await query(client, null, `INSERT INTO ${kind}_facts SELECT * FROM ${made}.${kind}_facts WHERE ${some}`, values)
  })
}

/** Sums what the slices come to, while nobody enters any. */
async function mendSums(client: PoolClient): Promise<void> {
  await changingPrices(client)
  const columns = [...HOURLY_KEY, ...HOURLY_SUMS]
  await client.query(
    `MERGE INTO hourly h USING (${sumsByHour('slices', 'runs')}) d
       ON ${HOURLY_KEY.map((key) => `h.${key} = d.${key}`).join(' AND ')}
     WHEN MATCHED AND (${HOURLY_SUMS.map((sum) => `h.${sum}`)}) IS DISTINCT FROM (${HOURLY_SUMS.map((sum) => `d.${sum}`)})
       THEN UPDATE SET ${HOURLY_SUMS.map((sum) => `${sum} = d.${sum}`).join(', ')}
     WHEN NOT MATCHED THEN INSERT (${columns.join(', ')}) VALUES (${columns.map((column) => `d.${column}`).join(', ')})
     WHEN NOT MATCHED BY SOURCE THEN DELETE`,
  )
}

async function one<Row extends object>(pool: Pool, text: string): Promise<Row> {
  const [row] = await query<Row>(pool, null, text)
  if (!row) throw new Error('The query gives one row.')
  return row
}
