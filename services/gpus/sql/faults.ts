// The statements on the faults of GPUs. Whoever writes has locked the rows of their GPUs.
import { query } from '@constellation/platform/database/database.ts'
import type { Pool, PoolClient } from 'pg'
import type { Health } from '../entities.ts'
import type { FaultKind, Severity, Standing } from '../state.ts'

/** A fault as the graph shows it. */
export interface FaultRow extends Standing {
  id: string
  gpuId: string
  xid: number | null
  firstAt: Date
  lastAt: Date
  count: number
  clearedAt: Date | null
  clearedBy: string | null
  runId: string | null
}

/** A `FaultRow` from the table `gpu_faults` as `f`. */
export const FAULT = `f.id, f.gpu_id AS "gpuId", f.kind, f.xid, f.severity, f.message, f.first_at AS "firstAt",
  f.last_at AS "lastAt", f.count, f.cleared_at AS "clearedAt", f.cleared_by AS "clearedBy", f.run_id AS "runId"`

/** The faults of these GPUs that stand, the worst first and then the oldest. */
export function findStanding(client: Pool | PoolClient, gpuIds: readonly string[]): Promise<FaultRow[]> {
  return query<FaultRow>(
    client,
    'standing-faults',
    `SELECT ${FAULT} FROM gpu_faults f WHERE gpu_id = ANY ($1) AND cleared_at IS NULL
     ORDER BY severity = 'fatal' DESC, id`,
    [gpuIds],
  )
}

/** The fatal faults of GPUs that were first seen while these runs held them, whether they stand or not. */
export function findFatalOfRuns(
  client: Pool | PoolClient,
  holders: readonly { gpuId: string; runId: string | null }[],
): Promise<FaultRow[]> {
  return query<FaultRow>(
    client,
    'fatal-faults-of-runs',
    `SELECT ${FAULT} FROM gpu_faults f JOIN unnest($1::uuid[], $2::uuid[]) AS h (gpu_id, run_id) USING (gpu_id, run_id)
     WHERE severity = 'fatal' ORDER BY id`,
    [holders.map(({ gpuId }) => gpuId), holders.map(({ runId }) => runId)],
  )
}

/** Something that was reported of a GPU: so often, from its first sight to its last. */
export interface NewFault {
  gpuId: string
  kind: FaultKind
  xid: number | null
  severity: Severity
  message: string
  firstAt: Date
  lastAt: Date
  count: number
  runId: string | null
}

const NEW_FAULTS = `jsonb_to_recordset($1) AS n ("gpuId" uuid, kind text, xid integer, severity text, message text,
  "firstAt" timestamptz, "lastAt" timestamptz, count integer, "runId" uuid)`

/** Opens faults, or counts them again where they stand. A GPU, kind and XID may come once. */
export async function raiseFaults(client: PoolClient, faults: readonly NewFault[]): Promise<void> {
  if (faults.length === 0) return
  await query(
    client,
    'raise-faults',
    `INSERT INTO gpu_faults AS f (gpu_id, kind, xid, severity, message, first_at, last_at, count, run_id)
     SELECT "gpuId", kind, xid, severity, message, "firstAt", "lastAt", count, "runId" FROM ${NEW_FAULTS}
     ON CONFLICT (gpu_id, kind, coalesce(xid, 0)) WHERE cleared_at IS NULL DO UPDATE SET severity = excluded.severity,
       message = excluded.message, last_at = greatest(f.last_at, excluded.last_at), count = f.count + excluded.count`,
    [JSON.stringify(faults)],
  )
}

/**
 * Notes what is of no consequence. The same of the same run is counted where it came within the hour, as a program
 * may do it a thousand times. Returns what was not noted yet.
 */
export async function noteFaults(client: PoolClient, faults: readonly NewFault[]): Promise<NewFault[]> {
  if (faults.length === 0) return []
  const counted = await query<{ gpuId: string; xid: number }>(
    client,
    'count-notes',
    `UPDATE gpu_faults f SET count = f.count + n.count, last_at = greatest(f.last_at, n."lastAt")
     FROM ${NEW_FAULTS} CROSS JOIN LATERAL (
       SELECT id FROM gpu_faults WHERE gpu_id = n."gpuId" AND xid = n.xid AND severity = 'note'
         AND coalesce(run_id, gpu_id) = coalesce(n."runId", n."gpuId") AND last_at > n."lastAt" - interval '1 hour'
       ORDER BY last_at DESC LIMIT 1) AS known
     WHERE f.id = known.id
     RETURNING f.gpu_id AS "gpuId", f.xid`,
    [JSON.stringify(faults)],
  )
  const isCounted = (fault: NewFault) => counted.some(({ gpuId, xid }) => gpuId === fault.gpuId && xid === fault.xid)
  const fresh = faults.filter((fault) => !isCounted(fault))
  if (fresh.length === 0) return []
  await query(
    client,
    'note-faults',
    `INSERT INTO gpu_faults (gpu_id, kind, xid, severity, message, first_at, last_at, count, run_id, cleared_at, cleared_by)
     SELECT "gpuId", kind, xid, severity, message, "firstAt", "lastAt", count, "runId", now(), 'It was only noted.'
     FROM ${NEW_FAULTS}`,
    [JSON.stringify(fresh)],
  )
  return fresh
}

/** Clears faults, each for the reason that is given with it. */
export async function clearFaults(client: PoolClient, faults: readonly { id: string; by: string }[]): Promise<void> {
  if (faults.length === 0) return
  await query(
    client,
    'clear-faults',
    `UPDATE gpu_faults f SET cleared_at = now(), cleared_by = c.by
     FROM jsonb_to_recordset($1) AS c (id uuid, by text) WHERE f.id = c.id AND f.cleared_at IS NULL`,
    [JSON.stringify(faults)],
  )
}

/** Clears what stands of these GPUs and is of that kind, or of any. Returns the GPUs that had such. */
export async function clearStanding(
  client: PoolClient,
  gpuIds: readonly string[],
  kind: FaultKind | null,
  by: string,
): Promise<string[]> {
  const rows = await query<{ gpuId: string }>(
    client,
    'clear-standing',
    `UPDATE gpu_faults SET cleared_at = now(), cleared_by = $3
     WHERE gpu_id = ANY ($1) AND cleared_at IS NULL AND ($2::text IS NULL OR kind = $2) RETURNING gpu_id AS "gpuId"`,
    [gpuIds, kind, by],
  )
  return [...new Set(rows.map(({ gpuId }) => gpuId))]
}

/** Makes the health of these GPUs follow from the faults that stand. Returns those whose health is another now. */
export function settleHealth(
  client: PoolClient,
  gpuIds: readonly string[],
): Promise<{ gpuId: string; before: Health; after: Health }[]> {
  return query(
    client,
    'settle-health',
    `WITH settled AS (
       SELECT g.id, CASE max(CASE f.severity WHEN 'fatal' THEN 2 WHEN 'drain' THEN 1 END)
                    WHEN 2 THEN 'failed' WHEN 1 THEN 'suspect' ELSE 'healthy' END AS health
       FROM unnest($1::uuid[]) AS g (id) LEFT JOIN gpu_faults f ON f.gpu_id = g.id AND f.cleared_at IS NULL GROUP BY g.id
     )
     UPDATE gpus g SET health = s.health FROM settled s WHERE g.id = s.id AND g.health <> s.health
     RETURNING g.id AS "gpuId", old.health AS before, new.health AS after`,
    [gpuIds],
  )
}
