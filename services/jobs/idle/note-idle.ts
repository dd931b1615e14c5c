// The GPUs of a run have done nothing for a while, or work again: its worker says so, and whoever watches the job is told.
import { inTransaction, query } from '@constellation/platform/database/database.ts'
import { invalidInput } from '@constellation/platform/errors.ts'
import { requireRole } from '@constellation/platform/identity.ts'
import type { PoolClient } from 'pg'
import * as v from 'valibot'
import type { Context } from '../context.ts'
import type { NoteIdleInput } from '../generated/resolvers.ts'
import { held, over, requireRunIds, type Standing } from '../lease.ts'
import { recordEvents } from '../sql/record-events.ts'
import { renewRun } from '../start.ts'
import { problemsOf } from '../submission/spec.ts'

const note = v.object({
  /** Null where they work. */
  idleMs: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0, 'must be at least 0')), null),
})

/**
 * Keeps since when the run's GPUs have been idle, tells of it as a change of the job, and renews the lease. Saying the
 * same again only renews it, as does a word on a run that is to end or that has no GPUs.
 * @throws ConstellationError BAD_USER_INPUT, FORBIDDEN for all but workers
 */
export async function noteIdle({ who, pool, announce, leaseMs }: Context, input: NoteIdleInput): Promise<Standing> {
  requireRole(who, 'worker')
  requireRunIds([input])
  const checked = v.safeParse(note, input)
  if (!checked.success) throw invalidInput(problemsOf(checked.issues))
  const { live, changed } = await inTransaction(pool, async (client) => {
    const live = await renewRun(client, who.id, input, leaseMs)
    // What is to end has a reason of its own already.
    const counts = live && !live.cancelRequested && !live.preempted
    return { live, changed: counts ? await change(client, input.runId, checked.output.idleMs) : false }
  })
  if (changed) announce.changed()
  return live ? held(input.runId, live, leaseMs) : over(input.runId)
}

/** The run's lease is locked by now. False where nothing is new. */
async function change(client: PoolClient, runId: string, idleMs: number | null): Promise<boolean> {
  const changed = await query<{ jobId: string }>(
    client,
    'note-idle',
    `WITH run AS (
       -- Its GPUs were not its own before the claim.
       UPDATE runs SET idle_since = CASE WHEN $2::double precision IS NOT NULL
         THEN greatest(now() - $2 * interval '1 ms', started_at, claimed_at) END
       WHERE id = $1 AND gpu_id IS NOT NULL AND (idle_since IS NULL) = ($2::double precision IS NOT NULL)
       RETURNING job_id, idle_since
     )
     UPDATE jobs j SET version = version + 1,
       reason = coalesce('Its GPUs have done nothing since ' || as_instant(run.idle_since) || '.', 'Its GPUs work again.')
     FROM run WHERE j.id = run.job_id RETURNING j.id AS "jobId"`,
    [runId, idleMs],
  )
  await recordEvents(
    client,
    changed.map(({ jobId }) => ({ type: 'job.changed', jobId, runId })),
  )
  return changed.length > 0
}
