// A run has ended: what becomes of it and of its job is decided, and written in one transaction with
// its event. The GPUs are free from then on.
import { inTransaction, query } from '@constellation/platform/database.ts'
import { invalidInput } from '@constellation/platform/errors.ts'
import { requireRole } from '@constellation/platform/identity.ts'
import type { PoolClient } from 'pg'
import * as v from 'valibot'
import type { Context } from './context.ts'
import { type Ending, type Verdict, verdict } from './ending.ts'
import type { Job, Run, RunMetrics } from './entities.ts'
import type { FinishRunInput } from './generated/resolvers.ts'
import { type HeldRun, lockHeldRun, over, type Standing } from './lease.ts'
import { problemsOf } from './spec.ts'
import { JOB, RUN } from './sql/columns.ts'
import { type Happening, recordEvents } from './sql/record-events.ts'
import { assertJobMove, assertRunMove, jobHasEnded } from './state.ts'

const metric = (least: number, most: number) => v.nullish(v.pipe(v.number(), v.minValue(least), v.maxValue(most)), null)
const sentence = v.nullish(
  v.pipe(v.string(), v.maxLength(2000), v.excludes('\0', 'must not hold a NUL character')),
  null,
)

const report = v.object({
  exitCode: v.nullish(v.pipe(v.number(), v.minValue(0), v.maxValue(255)), null),
  signal: v.nullish(v.pipe(v.string(), v.regex(/^SIG[A-Z0-9+]{1,12}$/, 'must be such as SIGKILL')), null),
  reason: sentence,
  endedMsAgo: v.nullish(v.pipe(v.number(), v.minValue(0)), 0),
  logChunks: v.pipe(v.number(), v.minValue(0)),
  metrics: v.nullish(
    v.object({
      meanUtilisationPercent: metric(0, 100),
      maxUtilisationPercent: metric(0, 100),
      peakMemoryMb: metric(0, 1e9),
      energyJoules: metric(0, 1e15),
      maxTemperatureC: metric(-100, 1000),
    }),
    null,
  ),
})

/** Ends the run as its worker reports. A report of a run that is not held is refused: the answer is always `OVER`. */
export async function finishRun({ who, pool, announce }: Context, input: FinishRunInput): Promise<Standing> {
  requireRole(who, 'worker')
  const checked = v.safeParse(report, input)
  if (!checked.success) throw invalidInput(problemsOf(checked.issues))
  const { logChunks, metrics, endedMsAgo, ...how } = checked.output
  const job = await inTransaction(pool, async (client) => {
    const found = await lockHeldRun(client, who.id, input)
    return found && endRun(client, found, { outcome: input.outcome, ...how }, { logChunks, metrics, endedMsAgo })
  })
  if (job && !jobHasEnded(job.state)) announce.queueGrew()
  else announce.changed()
  return over(input.runId)
}

/** What a run leaves behind; `endedMsAgo` is how long ago its processes ended, in milliseconds. */
interface Remains {
  logChunks: number
  metrics: RunMetrics | null
  endedMsAgo: number
}

/** Writes the end of a locked live run, and what follows for its job; returns the job. */
export async function endRun(client: PoolClient, held: HeldRun, ending: Ending, rest: Remains): Promise<Job> {
  const decision = verdict(held.job, ending)
  assertRunMove(held.run.state, decision.runState)
  assertJobMove(held.job.state, decision.jobState)
  const run = await writeRun(client, held.run, ending, decision, rest)
  await query(client, 'free-gpus', 'UPDATE run_gpus SET held = false WHERE run_id = $1', [run.id])
  const job = await writeJob(client, held.job, decision)
  const event: Happening = { type: decision.event, job, run: { run, gpus: held.gpus } }
  await recordEvents(client, [event])
  return job
}

async function writeRun(client: PoolClient, run: Run, ending: Ending, decision: Verdict, rest: Remains): Promise<Run> {
  const [ended] = await query<Run>(
    client,
    'finish-run',
    // A process whose start was never heard of held its GPUs from the claim on.
    `UPDATE runs AS r SET state = $2, exit_code = $3, signal = $4, reason = $5, metrics = $6, log_chunks = $7, outcome = $10,
       started_at = coalesce(started_at, CASE WHEN $8 THEN claimed_at END),
       finished_at = greatest(now() - $9 * interval '1 ms', started_at, claimed_at)
     WHERE r.id = $1 RETURNING ${RUN}`,
    [
      run.id,
      decision.runState,
      ending.exitCode,
      ending.signal,
      decision.reason,
      rest.metrics && JSON.stringify(rest.metrics),
      rest.logChunks,
      ending.outcome !== 'NOT_STARTED' && ending.outcome !== 'RELEASED' && ending.outcome !== 'CANCELLED',
      rest.endedMsAgo,
      ending.outcome,
    ],
  )
  if (!ended) throw new Error('The row of a run that ended is gone.')
  return ended
}

async function writeJob(client: PoolClient, job: Job, decision: Verdict): Promise<Job> {
  const again = decision.jobState === 'queued'
  const [ended] = await query<Job>(
    client,
    'finish-job',
    `UPDATE jobs AS j SET state = $2, reason = $3, current_run_id = NULL, version = version + 1, failures = failures + $4,
       queued_at = CASE WHEN $5 THEN now() ELSE j.queued_at END,
       place = CASE WHEN $5 AND $4 > 0 THEN now() ELSE j.place END,
       started_at = CASE WHEN NOT $5 THEN r.started_at END,
       finished_at = CASE WHEN NOT $5 THEN r.finished_at END
     FROM runs r
     WHERE j.id = $1 AND r.id = j.current_run_id RETURNING ${JOB}`,
    [job.id, decision.jobState, decision.reason, decision.usesRetry ? 1 : 0, again],
  )
  if (!ended) throw new Error('The row of a job that ended is gone.')
  return ended
}
