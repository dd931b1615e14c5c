// Slices enter the ledger: what each run should have, as the view `due_slices` says, where it does not stand yet.
import { query } from '@constellation/platform/database/database.ts'
import type { PoolClient } from 'pg'

/** A slice's columns beside what it is entered as. */
export const SLICE = 'from_at, to_at, starts, model, per_gpu_hour, currency, utilised_us, energy_mj'

/**
 * When a slice is entered. What is late is billed in that month, so it is not when the transaction began, which may have
 * waited since for that month to be closed.
 */
export const NOW = 'statement_timestamp()'

/** Of a slice `s`: whether its month is closed. */
export const IS_CLOSED = (hour: string) =>
  `EXISTS (SELECT FROM closed_periods WHERE month = date_trunc('month', ${hour} AT TIME ZONE 'UTC')::date)`

/**
 * Enters the slices of these runs that have ended and are in `runs` already. What stands is left as it is, so entering
 * a run again changes nothing.
 */
export async function enterSlices(client: PoolClient, runIds: readonly string[]): Promise<void> {
  await query(
    client,
    'enter-slices',
    `WITH changes AS (
       INSERT INTO slices (run_id, gpu_id, hour, entry, ${SLICE}, late, entered_at)
       SELECT d.run_id, d.gpu_id, d.hour, coalesce(last.entry + 1, 0), ${columnsOf('d')}, ${IS_CLOSED('d.hour')}, ${NOW}
       FROM due_slices d
       LEFT JOIN LATERAL (
         SELECT entry, sign FROM slices s WHERE s.run_id = d.run_id AND s.gpu_id = d.gpu_id AND s.hour = d.hour
         ORDER BY entry DESC LIMIT 1
       ) last ON true
       WHERE d.run_id = ANY ($1) AND NOT d.provisional AND last.sign IS DISTINCT FROM 1
       ON CONFLICT DO NOTHING
       RETURNING *
     ) ${addToHourly('changes')}`,
    [runIds],
  )
}

/** `SLICE` of a row that has a name. */
export function columnsOf(row: string): string {
  return SLICE.split(', ')
    .map((column) => `${row}.${column}`)
    .join(', ')
}

/** Adds changes to the sums by hour: rows of `slices`, those with the sign -1 to be taken off. */
export function addToHourly(changes: string): string {
  const sums = ['runs', 'held_us', 'wasted_us', 'utilised_us', 'measured_us', 'energy_mj', 'cost']
  return `INSERT INTO hourly (hour, account, submitted_by, model, currency, ${sums.join(', ')})
    SELECT c.hour, r.account, r.submitted_by, c.model, coalesce(c.currency, ''), sum(c.starts), sum(c.held_us),
      coalesce(sum(c.held_us) FILTER (WHERE r.outcome <> 'completed'), 0), coalesce(sum(c.utilised_us), 0),
      coalesce(sum(c.held_us) FILTER (WHERE c.utilised_us IS NOT NULL), 0), coalesce(sum(c.energy_mj), 0),
      coalesce(sum(c.cost), 0)
    FROM ${changes} c JOIN runs r USING (run_id)
    GROUP BY 1, 2, 3, 4, 5
    -- In one order everywhere, so that two who write do not wait for each other in a circle.
    ORDER BY 2, 1, 3, 4, 5
    ON CONFLICT (account, hour, submitted_by, model, currency) DO UPDATE
      SET ${sums.map((sum) => `${sum} = hourly.${sum} + excluded.${sum}`).join(', ')}`
}
