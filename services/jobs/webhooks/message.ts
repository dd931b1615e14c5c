// What a webhook is sent: an event of a job, in the words of REST. The contract has it as `WebhookEvent`.
import type { JobEvent } from '@constellation/platform/events/job-event.ts'
import type { components } from '@constellation/schema/generated/openapi.ts'

type WebhookEvent = components['schemas']['WebhookEvent']

export function webhookEvent({ type, ts, job, run }: JobEvent): WebhookEvent {
  return {
    type,
    timestamp: ts,
    data: {
      job: {
        id: job.id,
        name: job.name,
        state: job.state,
        version: job.version,
        priority: job.priority,
        account: job.account,
        submitted_by: job.submittedBy,
        created_at: job.createdAt,
        started_at: job.startedAt,
        finished_at: job.finishedAt,
        reason: job.reason,
        cancel_requested: job.cancelRequested,
        array_id: job.arrayId ?? null,
      },
      run: run && {
        id: run.id,
        attempt: run.attempt,
        state: run.state,
        worker: run.workerId,
        started_at: run.startedAt,
        finished_at: run.finishedAt,
        gpus: run.gpus.map(({ id, uuid, model, simulated }) => ({ id, uuid, name: model, simulated })),
      },
    },
  }
}
