// The queue of exports in PostgreSQL: of several processes each takes another. Whoever writes one says so every few
// seconds; whoever has not is taken for dead, and the export is begun anew.
import { randomUUID } from 'node:crypto'
import { query } from '@constellation/platform/database/database.ts'
import type { Pool } from 'pg'
import { EXPORT, type ExportRow, KEPT } from './export-row.ts'

/** So often an export is begun before it has failed. */
const ATTEMPTS = 3
const LEASE = `interval '30 seconds'`

export type Claimed = ExportRow & { claim: string }

/** The next export that is to be written, now ours; undefined where there is none. */
export async function claimExport(pool: Pool): Promise<Claimed | undefined> {
  await failHopeless(pool)
  const claim = randomUUID()
  const [row] = await query<ExportRow>(
    pool,
    'claim-export',
    `UPDATE exports SET state = 'WRITING', claim = $1, claimed_until = now() + ${LEASE}, attempts = attempts + 1, progress = 0
     WHERE id = (
       SELECT id FROM exports
       WHERE state = 'QUEUED' OR (state = 'WRITING' AND claimed_until < now())
       ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED
     ) RETURNING ${EXPORT}`,
    [claim],
  )
  return row && { ...row, claim }
}

/** Those whose writers have died each time. */
async function failHopeless(pool: Pool): Promise<void> {
  await query(
    pool,
    'fail-hopeless-exports',
    `UPDATE exports SET state = 'FAILED', problem = 'It was broken off too often.', finished_at = now(),
       expires_at = now() + ${KEPT}, claim = NULL, claimed_until = NULL
     WHERE state = 'WRITING' AND claimed_until < now() AND attempts >= ${ATTEMPTS}`,
  )
}

/** Says that it is still being written; false where it is ours no longer, as it was called off or somebody else has it. */
export async function renewClaim(pool: Pool, { id, claim }: Claimed, progress: number): Promise<boolean> {
  const rows = await query(
    pool,
    'renew-export',
    `UPDATE exports SET progress = $3, claimed_until = now() + ${LEASE}
     WHERE id = $1 AND claim = $2 AND state = 'WRITING' RETURNING id`,
    [id, claim, progress],
  )
  return rows.length > 0
}

export interface Written {
  rows: number
  bytes: number
  /** In hexadecimal digits. */
  sha256: string
}

/** The file is there; false where it is ours no longer. */
export async function finishExport(
  pool: Pool,
  { id, claim }: Claimed,
  file: Written & { completeFrom: string | null },
): Promise<boolean> {
  const rows = await query(
    pool,
    'finish-export',
    `UPDATE exports SET state = 'DONE', progress = 1, rows = $3, bytes = $4, sha256 = $5, complete_from = $6, problem = NULL,
       claimed_until = NULL, finished_at = now(), expires_at = now() + ${KEPT}
     WHERE id = $1 AND claim = $2 AND state = 'WRITING' RETURNING id`,
    [id, claim, file.rows, file.bytes, file.sha256, file.completeFrom],
  )
  return rows.length > 0
}

/** It cannot be written, or not this time: then it is tried again, where it has not been tried too often. */
export async function failExport(
  pool: Pool,
  { id, claim }: Claimed,
  { problem, isFinal }: { problem: string; isFinal: boolean },
): Promise<void> {
  await query(
    pool,
    'fail-export',
    `UPDATE exports SET claim = NULL, claimed_until = NULL, problem = $3,
       state = CASE WHEN $4 OR attempts >= ${ATTEMPTS} THEN 'FAILED' ELSE 'QUEUED' END,
       finished_at = CASE WHEN $4 OR attempts >= ${ATTEMPTS} THEN now() END,
       expires_at = CASE WHEN $4 OR attempts >= ${ATTEMPTS} THEN now() + ${KEPT} END
     WHERE id = $1 AND claim = $2 AND state = 'WRITING'`,
    [id, claim, problem, isFinal],
  )
}

/** Gives it back, as this process ends: that was no attempt. */
export async function releaseExport(pool: Pool, { id, claim }: Claimed): Promise<void> {
  await query(
    pool,
    'release-export',
    `UPDATE exports SET state = 'QUEUED', claim = NULL, claimed_until = NULL, attempts = attempts - 1, progress = 0
     WHERE id = $1 AND claim = $2 AND state = 'WRITING'`,
    [id, claim],
  )
}
