// A worker's right to a run. Whatever a worker says of a run is held against the run's row: its worker,
// its epoch, and whether it still lives.
import { query } from '@constellation/platform/database.ts'
import { invalidInput } from '@constellation/platform/errors.ts'
import { isUuid } from '@constellation/platform/ids.ts'
import type { PoolClient } from 'pg'
import type { Job, Run, RunGpu } from './entities.ts'
import { JOB, RUN } from './sql/columns.ts'
import { runIsLive } from './state.ts'

export interface LeaseClaim {
  runId: string
  epoch: number
}

/** What the worker is to make of its run. */
export interface Standing {
  runId: string
  standing: 'HELD' | 'CANCEL' | 'OVER'
  /** From now, in milliseconds. */
  leaseMs: number
}

/** The answer for a run that is not this worker's, or has ended. */
export function over(runId: string): Standing {
  return { runId, standing: 'OVER', leaseMs: 0 }
}

/** The answer for a run that lives: to go on, or to end it. */
export function held(runId: string, job: { cancelRequested: boolean }, leaseMs: number): Standing {
  return { runId, standing: job.cancelRequested ? 'CANCEL' : 'HELD', leaseMs }
}

/** A live run with its job, both locked until the transaction ends. */
export interface HeldRun {
  job: Job
  run: Run
  gpus: RunGpu[]
}

/** The run where this worker holds it with this epoch; null where it does not, or no more. */
export async function lockHeldRun(client: PoolClient, workerId: string, lease: LeaseClaim): Promise<HeldRun | null> {
  if (!isUuid(lease.runId)) throw invalidInput([{ path: 'runId', message: 'is no UUID' }])
  const found = await lockRun(client, lease.runId)
  if (!found) return null
  const { run } = found
  return run.workerId === workerId && run.leaseEpoch === lease.epoch && runIsLive(run.state) ? found : null
}

/** A run with its job and GPUs, whoever holds it. The job is locked first, everywhere, so that nobody waits in a circle. */
export async function lockRun(client: PoolClient, runId: string): Promise<HeldRun | null> {
  const [job] = await query<Job>(
    client,
    'lock-job-of-run',
    `SELECT ${JOB} FROM jobs j WHERE j.id = (SELECT job_id FROM runs WHERE id = $1) FOR NO KEY UPDATE`,
    [runId],
  )
  const [run] = await query<Run>(client, 'lock-run', `SELECT ${RUN} FROM runs r WHERE r.id = $1 FOR NO KEY UPDATE`, [
    runId,
  ])
  if (!job || !run) return null
  const gpus = await query<RunGpu>(
    client,
    'gpus-of-run',
    `SELECT run_id AS "runId", position, gpu_id AS "gpuId", gpu_uuid AS "gpuUuid", model, simulated, held
     FROM run_gpus WHERE run_id = $1 ORDER BY position`,
    [runId],
  )
  return { job, run, gpus }
}
