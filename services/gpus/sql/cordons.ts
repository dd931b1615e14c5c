// The statements on what operators say of GPUs and workers.
import { query } from '@constellation/platform/database/database.ts'
import type { PoolClient } from 'pg'
import type { CordonMode } from '../entities.ts'

type Table = 'gpus' | 'workers'

/** Locks the row; false where there is none. */
export async function lockRow(client: PoolClient, table: Table, id: string): Promise<boolean> {
  const rows = await query(client, `lock-${table}`, `SELECT FROM ${table} WHERE id = $1 FOR NO KEY UPDATE`, [id])
  return rows.length > 0
}

/** Locks the GPUs of a worker, in the order of registrations. */
export async function lockGpusOfWorker(client: PoolClient, workerId: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    client,
    'lock-gpus-of-worker',
    'SELECT id FROM gpus WHERE worker_id = $1 ORDER BY uuid FOR NO KEY UPDATE',
    [workerId],
  )
  return rows.map(({ id }) => id)
}

/** False where just that was said already. Null takes back what was said. */
export async function setCordon(
  client: PoolClient,
  table: Table,
  id: string,
  cordon: { mode: CordonMode; reason: string; by: string } | null,
): Promise<boolean> {
  const rows = await query(
    client,
    `cordon-${table}`,
    `UPDATE ${table} SET cordon = $2, cordon_reason = $3, cordoned_by = $4, cordoned_at = CASE WHEN $2::text IS NOT NULL THEN now() END
     WHERE id = $1 AND (cordon, cordon_reason) IS DISTINCT FROM ($2::text, $3::text) RETURNING 1`,
    [id, cordon?.mode ?? null, cordon?.reason ?? null, cordon?.by ?? null],
  )
  return rows.length > 0
}

/** Turns the drain that began then into a cordon; false where it is over. */
export async function endDrain(client: PoolClient, table: Table, id: string, since: Date): Promise<boolean> {
  const rows = await query(
    client,
    `end-drain-${table}`,
    `UPDATE ${table} SET cordon = 'cordon' WHERE id = $1 AND cordon = 'drain' AND cordoned_at = $2 RETURNING 1`,
    [id, since],
  )
  return rows.length > 0
}
