// What may still change about a job: its name, and while it waits its priority.
import { inTransaction, query } from '@constellation/platform/database/database.ts'
import { ConstellationError, type Problem } from '@constellation/platform/errors.ts'
import type { PoolClient } from 'pg'
import * as v from 'valibot'
import { lockJobToChange } from './cancelling/cancel.ts'
import type { Context } from './context.ts'
import type { Job } from './entities.ts'
import type { UpdateJobInput } from './generated/resolvers.ts'
import { MINUTES_A_POINT } from './policy/requests.ts'
import { JOB } from './sql/columns.ts'
import { EVENT_COLUMNS, eventOf, NO_RUN } from './sql/record-events.ts'
import { jobName, priority, problemsOf } from './submission/spec.ts'

const changes = v.object({ name: v.nullish(jobName), priority: v.nullish(priority) })

/**
 * The changed job, or what is wrong with the input.
 * @throws ConstellationError CONFLICT where the job is past changing, PRECONDITION_FAILED where it has another version
 * than the one that is expected
 */
export async function updateJob(
  { who, pool, announce }: Context,
  id: string,
  input: UpdateJobInput,
  expectedVersion?: number | null,
): Promise<{ job: Job } | { problems: Problem[] }> {
  const checked = v.safeParse(changes, input)
  if (!checked.success) return { problems: problemsOf(checked.issues) }
  const wanted = checked.output
  const job = await inTransaction(pool, async (client) => {
    const { job, wasWaiting } = await lockJobToChange(client, who, id)
    // The row is locked: nobody changes it between this look and the update.
    if (expectedVersion != null && expectedVersion !== job.version) {
      throw new ConstellationError('PRECONDITION_FAILED', `The job has changed: its version is ${job.version} now.`)
    }
    if (wanted.priority != null && wanted.priority !== job.priority && job.state !== 'queued') {
      throw new ConstellationError('CONFLICT', `The job is ${job.state}: its priority no longer counts.`)
    }
    const [changed] = await query<Job>(
      client,
      'update-job',
      `WITH changed AS (
         UPDATE jobs SET name = coalesce($2, name), priority = coalesce($3, priority), version = version + 1
         WHERE id = $1 RETURNING *
       ), event AS (
         INSERT INTO events (${EVENT_COLUMNS}, changed_by, new_priority)
         SELECT ${eventOf(`'job.changed'`, 'j', NO_RUN)}, $4, nullif(j.priority, $5) FROM changed j
       )
       SELECT ${JOB} FROM changed j`,
      [id, wanted.name ?? null, wanted.priority ?? null, who.id, job.priority],
    )
    if (!changed) throw new Error('The row of a locked job is gone.')
    if (wasWaiting && changed.priority !== job.priority) await movePlace(client, changed, job.priority)
    return changed
  })
  announce.changed()
  return { job }
}

/** The time that it has waited stays; what its priority is worth changes. */
async function movePlace(client: PoolClient, { id, priority }: Job, before: number): Promise<void> {
  await query(
    client,
    'move-place',
    `UPDATE queue SET priority = $2, place = place - $3 * interval '${MINUTES_A_POINT} minutes' WHERE job_id = $1`,
    [id, priority, priority - before],
  )
}
