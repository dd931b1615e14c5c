// An end that was told wrong is put right by an administrator, who says why.
import { inTransaction, query } from '@constellation/platform/database/database.ts'
import { ConstellationError, invalidInput } from '@constellation/platform/errors.ts'
import { type Principal, requireRole } from '@constellation/platform/identity.ts'
import { isUuid } from '@constellation/platform/ids.ts'
import type { Pool } from 'pg'
import * as v from 'valibot'
import type { CorrectRunInput } from '../generated/resolvers.ts'
import { readInput } from '../read-input.ts'
import { correctSlices } from './correct-slices.ts'
import { readingPrices } from './locks.ts'

const input = v.object({
  runId: v.string(),
  finishedAt: v.string(),
  reason: v.pipe(
    v.string(),
    v.trim(),
    v.nonEmpty('must say why'),
    v.maxLength(1000, 'must have at most 1000 characters'),
  ),
})

/**
 * Sets the end of a run that has ended, not before its start and not after now; returns the run's id.
 * @throws ConstellationError BAD_USER_INPUT, FORBIDDEN, NOT_FOUND, CONFLICT while the run goes on
 */
export async function correctRun(pool: Pool, who: Principal, given: CorrectRunInput): Promise<string> {
  requireRole(who, 'admin')
  const { runId, finishedAt, reason } = readInput(input, given)
  const absent = new ConstellationError('NOT_FOUND', 'There is no such run in the ledger.')
  if (!isUuid(runId)) throw absent
  await inTransaction(pool, async (client) => {
    await readingPrices(client)
    const [run] = await query<{ wasAt: Date | null; isPossible: boolean }>(
      client,
      'run-to-correct',
      `SELECT finished_at AS "wasAt", $2::timestamptz BETWEEN started_at AND now() AS "isPossible"
       FROM runs WHERE run_id = $1 FOR UPDATE`,
      [runId, finishedAt],
    )
    if (!run) throw absent
    if (!run.wasAt) throw new ConstellationError('CONFLICT', 'The run goes on: cancel its job to end it.')
    if (!run.isPossible) {
      throw invalidInput([{ path: 'input.finishedAt', message: 'must be between the start of the run and now' }])
    }
    await query(client, 'correct-run', 'UPDATE runs SET finished_at = $2 WHERE run_id = $1', [runId, finishedAt])
    await query(
      client,
      'note-correction',
      'INSERT INTO run_corrections (run_id, was_at, finished_at, reason, by_whom) VALUES ($1, $2, $3, $4, $5)',
      [runId, run.wasAt, finishedAt, reason, who.id],
    )
    await correctSlices(client, [runId])
  })
  return runId
}
