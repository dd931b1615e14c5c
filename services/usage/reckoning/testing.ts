// For tests: the logs of the services that the ledger is made of, written as those services write them.
import type { GpuEvent } from '@constellation/platform/events/gpu-event.ts'
import type { JobEvent } from '@constellation/platform/events/job-event.ts'
import type { Client } from 'pg'

/** Writes what the jobs service has of these runs: the jobs, the runs, their GPUs and an event of each. */
export async function logRuns(admin: Client, events: readonly JobEvent[]): Promise<void> {
  for (const { type, job, run } of events) {
    if (!run) continue
    await admin.query(
      `INSERT INTO jobs.jobs (id, name, params, state, created_at, submitted_by, account, lane_id, started_at, finished_at)
       VALUES ($1, $2, '{}', $3, $4, $5, $6, 1, $7, $8) ON CONFLICT (id) DO UPDATE SET state = excluded.state,
         finished_at = excluded.finished_at`,
      [job.id, job.name, job.state, job.createdAt, job.submittedBy, job.account, job.startedAt, job.finishedAt],
    )
    const metrics = { meanUtilisationPercent: run.meanUtilisationPercent, energyJoules: run.energyJoules }
    await admin.query(
      `INSERT INTO jobs.runs (id, job_id, started_at, finished_at, state, attempt, worker_id, queued_at, lease_epoch, metrics)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $6, $9) ON CONFLICT (id) DO UPDATE SET state = excluded.state,
         finished_at = excluded.finished_at, metrics = excluded.metrics`,
      [run.id, job.id, run.startedAt, run.finishedAt, run.state, run.attempt, run.workerId, run.queuedAt, metrics],
    )
    for (const [position, { id, uuid, model, simulated }] of run.gpus.entries()) {
      await admin.query(
        `INSERT INTO jobs.run_gpus (run_id, position, gpu_id, gpu_uuid, model, simulated, held, account)
         VALUES ($1, $2, $3, $4, $5, $6, false, $7) ON CONFLICT DO NOTHING`,
        [run.id, position, id, uuid, model, simulated, job.account],
      )
    }
    await admin.query(
      `INSERT INTO jobs.events (type, job_id, run_id, ts, version, job_state, cancel_requested, started_at, finished_at,
         attempt, run_state, worker_id, run_started_at, run_finished_at)
       VALUES ($1, $2, $3, now() - interval '1 hour', 1, $4, false, $5, $6, $7, $8, $9, $5, $6)`,
      [type, job.id, run.id, job.state, run.startedAt, run.finishedAt, run.attempt, run.state, run.workerId],
    )
  }
}

/** Writes what the gpus service has of what happened to GPUs; returns the events with the ids that they got. */
export async function logGpus(admin: Client, events: readonly GpuEvent[]): Promise<GpuEvent[]> {
  const logged: GpuEvent[] = []
  for (const event of events) {
    const { rows } = await admin.query(
      `INSERT INTO gpus.events (type, gpu_id, payload, ts, subject) VALUES ($1, $2, $3, $4, $5) RETURNING id`,
      [event.type, event.gpu.id, { gpu: event.gpu }, event.ts, `events.gpus.${event.gpu.id}`],
    )
    logged.push({ ...event, id: `gpus-${rows[0].id}` })
  }
  return logged
}
