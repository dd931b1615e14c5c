import { query } from '@constellation/platform/database.ts'
import { type JobEvent, type JobEventType, SUBJECTS } from '@constellation/platform/events.ts'
import type { PoolClient } from 'pg'
import type { Job, Run, RunGpu } from '../entities.ts'

/** What happened to a job, with the rows as the change left them. */
export interface Happening {
  type: JobEventType
  job: Job
  run?: { run: Run; gpus: readonly RunGpu[] }
}

/** Writes events in the transaction of the changes that they tell of. */
export async function recordEvents(client: PoolClient, happenings: readonly Happening[]): Promise<void> {
  const rows = happenings.map(({ type, job, run }) => ({
    type,
    job_id: job.id,
    run_id: run?.run.id ?? null,
    payload: payload(job, run),
    subject: SUBJECTS.jobEvents(job.id),
  }))
  await query(
    client,
    'record-events',
    `INSERT INTO events (type, job_id, run_id, payload, subject)
     SELECT type, job_id, run_id, payload, subject
     FROM jsonb_to_recordset($1) AS e (type text, job_id uuid, run_id uuid, payload jsonb, subject text)`,
    [JSON.stringify(rows)],
  )
}

function payload(job: Job, attempt: Happening['run']): Pick<JobEvent, 'job' | 'run'> {
  return {
    job: {
      id: job.id,
      name: job.name,
      state: job.state,
      version: job.version,
      priority: job.priority,
      account: job.account,
      submittedBy: job.submittedBy,
      createdAt: job.createdAt.toISOString(),
      startedAt: job.startedAt?.toISOString() ?? null,
      finishedAt: job.finishedAt?.toISOString() ?? null,
      reason: job.reason ?? null,
      cancelRequested: job.cancelRequested,
    },
    run: attempt
      ? {
          id: attempt.run.id,
          attempt: attempt.run.attempt,
          state: attempt.run.state,
          epoch: attempt.run.leaseEpoch,
          workerId: attempt.run.workerId,
          startedAt: attempt.run.startedAt?.toISOString() ?? null,
          finishedAt: attempt.run.finishedAt?.toISOString() ?? null,
          gpus: attempt.gpus.map(({ gpuId, gpuUuid, model, simulated }) => ({
            id: gpuId,
            uuid: gpuUuid,
            model,
            simulated,
          })),
        }
      : null,
  }
}
