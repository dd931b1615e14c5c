// A submission that is sent again gives the jobs that it gave the first time: its key is kept for a while, with
// what it was sent with and what it made. The unique index lets one of many at once through.
import { createHash } from 'node:crypto'
import { query } from '@constellation/platform/database/database.ts'
import { ConstellationError, invalidInput } from '@constellation/platform/errors.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { type Regular, regularly } from '@constellation/platform/regularly.ts'
import type { Pool } from 'pg'
import * as v from 'valibot'

/** A submission by its name. */
export interface SubmissionKey {
  submittedBy: string
  key: string
  digest: Buffer
  /** How long the key counts, in milliseconds. */
  keptMs: number
}

const keyText = v.pipe(v.string(), v.regex(/^[\x20-\x7e]{1,255}$/))

/**
 * `asked` is what makes the submission what it is, as JSON has it.
 * @throws ConstellationError BAD_USER_INPUT where the key is none
 */
export function submissionKey(
  submittedBy: string,
  key: string | null | undefined,
  asked: readonly object[],
  keptMs: number,
): SubmissionKey | null {
  if (key == null) return null
  if (!v.is(keyText, key)) {
    throw invalidInput([{ path: 'idempotencyKey', message: 'must be 1 to 255 characters of ASCII' }])
  }
  return { submittedBy, key, digest: createHash('sha256').update(canonical(asked)).digest(), keptMs }
}

/** The ids that the key has given. @throws ConstellationError IDEMPOTENCY_CONFLICT where it was sent with another input */
export async function earlierJobs(pool: Pool, wanted: SubmissionKey): Promise<string[] | null> {
  const [earlier] = await query<{ digest: Buffer; ids: string[] }>(
    pool,
    'find-idempotency-key',
    `SELECT digest, job_ids AS ids FROM idempotency_keys
     WHERE submitted_by = $1 AND key = $2 AND created_at > now() - $3 * interval '1 ms'`,
    [wanted.submittedBy, wanted.key, wanted.keptMs],
  )
  if (!earlier) return null
  if (earlier.digest.equals(wanted.digest)) return earlier.ids
  throw new ConstellationError(
    'IDEMPOTENCY_CONFLICT',
    'The idempotency key was used for another submission. Send the same again, or use another key.',
  )
}

const SWEEP_BATCH = 1_000
const SWEEP_PERIOD_MS = 60_000

/** Sweeps until stopped. Several processes may do so at once. */
export function startSweeping(pool: Pool, keptMs: number, log: Logger): Regular {
  return regularly(SWEEP_PERIOD_MS, 'sweep idempotency keys', log, async () => {
    while ((await sweepKeys(pool, keptMs)) === SWEEP_BATCH);
  })
}

/** Forgets keys that no longer count; returns how many. */
export async function sweepKeys(pool: Pool, keptMs: number): Promise<number> {
  const rows = await query(
    pool,
    'sweep-idempotency-keys',
    `WITH old AS MATERIALIZED (
       SELECT submitted_by, key FROM idempotency_keys WHERE created_at <= now() - $1 * interval '1 ms'
       ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED
     )
     DELETE FROM idempotency_keys k USING old WHERE k.submitted_by = old.submitted_by AND k.key = old.key RETURNING 1`,
    [keptMs, SWEEP_BATCH],
  )
  return rows.length
}

/** The same text for inputs that mean the same: fields in one order, and none that says nothing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, field: unknown) => {
    if (typeof field !== 'object' || field === null || Array.isArray(field)) return field
    const said = Object.entries(field).filter(([, inner]) => inner !== null && inner !== undefined)
    return Object.fromEntries(said.toSorted(([a], [b]) => (a < b ? -1 : 1)))
  })
}
