// What was entered of a run is no longer what it should be: its price was set anew, or its end was corrected. In an open
// month the slices are replaced; in a closed one the old entry is taken back by one of its own, and another is made.
import { query } from '@constellation/platform/database/database.ts'
import type { PoolClient } from 'pg'
import { addToHourly, columnsOf, enterSlices, IS_CLOSED, NOW, SLICE } from './enter-slices.ts'

/** Makes the slices of these runs what they should be. Where they are, nothing changes. */
export async function correctSlices(client: PoolClient, runIds: readonly string[]): Promise<void> {
  // Two corrections of one run at a time would both take the same entry back.
  await query(client, 'lock-runs', 'SELECT FROM runs WHERE run_id = ANY ($1) ORDER BY run_id FOR UPDATE', [runIds])
  await replaceOpen(client, runIds)
  await takeBackClosed(client, runIds)
  await enterSlices(client, runIds)
}

/** The entries that stand and differ from what they should be, as `wrong`. $1 are the runs. */
const WRONG = `standing AS (
    SELECT DISTINCT ON (run_id, gpu_id, hour) * FROM slices WHERE run_id = ANY ($1)
    ORDER BY run_id, gpu_id, hour, entry DESC
  ), wrong AS (
    SELECT s.* FROM standing s
    LEFT JOIN due_slices d ON d.run_id = s.run_id AND d.gpu_id = s.gpu_id AND d.hour = s.hour AND NOT d.provisional
    WHERE s.sign = 1 AND (d.run_id IS NULL OR (${columnsOf('s')}) IS DISTINCT FROM (${columnsOf('d')}))
  )`

async function replaceOpen(client: PoolClient, runIds: readonly string[]): Promise<void> {
  await query(
    client,
    'replace-slices',
    `WITH ${WRONG}, removed AS (
       DELETE FROM slices s USING wrong w
       WHERE (s.run_id, s.gpu_id, s.hour, s.entry) = (w.run_id, w.gpu_id, w.hour, w.entry) AND NOT ${IS_CLOSED('w.hour')}
       RETURNING s.*
     ), stale AS (
       INSERT INTO stale_days (day) SELECT DISTINCT (hour AT TIME ZONE 'UTC')::date AS day FROM removed ORDER BY day
       ON CONFLICT (day) DO UPDATE SET changed = excluded.changed
     ), changes AS (
       SELECT run_id, hour, model, currency, -starts AS starts, -held_us AS held_us, -utilised_us AS utilised_us,
         -energy_mj AS energy_mj, -cost AS cost
       FROM removed
     ) ${addToHourly('changes')}`,
    [runIds],
  )
}

async function takeBackClosed(client: PoolClient, runIds: readonly string[]): Promise<void> {
  await query(
    client,
    'take-slices-back',
    `WITH ${WRONG}, changes AS (
       INSERT INTO slices (run_id, gpu_id, hour, entry, sign, ${SLICE}, late, entered_at)
       SELECT run_id, gpu_id, hour, entry + 1, -1, from_at, to_at, -starts, model, per_gpu_hour, currency, -utilised_us,
         -energy_mj, true, ${NOW}
       FROM wrong w WHERE ${IS_CLOSED('w.hour')}
       RETURNING *
     ) ${addToHourly('changes')}`,
    [runIds],
  )
}
