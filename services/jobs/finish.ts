// Runs have ended: their workers say how, and what follows is written.
import { inTransaction } from '@constellation/platform/database/database.ts'
import { invalidInput } from '@constellation/platform/errors.ts'
import { THROTTLE_REASONS } from '@constellation/platform/events/telemetry.ts'
import { requireRole } from '@constellation/platform/identity.ts'
import * as v from 'valibot'
import type { Context } from './context.ts'
import { endRuns, type Report } from './ends/end.ts'
import type { FinishRunInput, RunOutcome } from './generated/resolvers.ts'
import { over, requireRunIds, type Standing } from './lease.ts'
import { findLive, type LiveRun } from './sql/live.ts'
import { problemsOf } from './submission/spec.ts'

const MOST = 1000

const metric = (least: number, most: number) => v.nullish(v.pipe(v.number(), v.minValue(least), v.maxValue(most)), null)
const eachOnce = <Value>(value: v.GenericSchema<unknown, Value>, most: number) =>
  v.nullish(
    v.pipe(
      v.array(value),
      v.maxLength(most, `must be at most ${most}`),
      v.transform((all) => [...new Set(all)]),
    ),
    null,
  )
/** PostgreSQL stores no half of a character, and an end is not to be refused for one. */
const sentence = v.nullish(
  v.pipe(
    v.string(),
    v.maxLength(2000),
    v.excludes('\0', 'must not hold a NUL character'),
    v.transform((reason) => reason.toWellFormed()),
  ),
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
      meanPowerWatts: metric(0, 1e6),
      maxPowerWatts: metric(0, 1e6),
      throttledSeconds: metric(0, 1e10),
      throttleReasons: eachOnce(v.picklist(THROTTLE_REASONS), THROTTLE_REASONS.length),
      idleSeconds: metric(0, 1e10),
      xids: eachOnce(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000)), 64),
    }),
    null,
  ),
})

/** Ends the run as its worker reports. A report of a run that is not held is refused: the answer is always `OVER`. */
export async function finishRun(context: Context, input: FinishRunInput): Promise<Standing> {
  const [standing] = await finish(context, [input], '')
  return standing ?? over(input.runId)
}

/** The same for many runs at once, in one transaction; what is refused of them does not hold up the others. */
export function finishRuns(context: Context, inputs: readonly FinishRunInput[]): Promise<Standing[]> {
  return finish(context, inputs, 'inputs')
}

async function finish(
  { who, pool, announce }: Context,
  inputs: readonly FinishRunInput[],
  path: string,
): Promise<Standing[]> {
  requireRole(who, 'worker')
  if (inputs.length > MOST) throw invalidInput([{ path, message: `must be at most ${MOST}` }])
  requireRunIds(inputs, path)
  const reports = new Map(
    inputs.map((input, i) => [input.runId.toLowerCase(), readReport(input, path && `${path}.${i}`)]),
  )
  const outcome = await inTransaction(pool, async (client) => {
    const live = await findLive(client, [...reports.keys()])
    const ours = live.flatMap((run) => {
      const told = reports.get(run.runId)
      return told && run.workerId === who.id && run.epoch === told.epoch ? [{ run, report: told }] : []
    })
    for (const { run, report } of ours) requireGpus(run, report)
    return endRuns(client, ours)
  })
  if (outcome.queueGrew) announce.queueGrew()
  else announce.changed()
  return inputs.map(({ runId }) => over(runId))
}

/** Ends that only a run with GPUs can come to. */
const OF_GPUS: readonly RunOutcome[] = ['GPU_FAILED', 'IDLE']

/** @throws ConstellationError BAD_USER_INPUT where a run without GPUs is said to have ended by them */
function requireGpus({ gpuCount }: LiveRun, { ending, path }: Told): void {
  if (gpuCount > 0 || !OF_GPUS.includes(ending.outcome)) return
  throw invalidInput([{ path: path ? `${path}.outcome` : 'outcome', message: 'is only for runs with GPUs' }])
}

/** A report as it was given; `path` leads to its input. */
interface Told extends Report {
  epoch: number
  path: string
}

function readReport(input: FinishRunInput, path: string): Told {
  const checked = v.safeParse(report, input)
  if (!checked.success) {
    throw invalidInput(
      problemsOf(checked.issues).map((problem) => ({
        ...problem,
        path: path ? `${path}.${problem.path}` : problem.path,
      })),
    )
  }
  const { logChunks, metrics, endedMsAgo, ...how } = checked.output
  return { epoch: input.epoch, path, ending: { outcome: input.outcome, ...how }, logChunks, metrics, endedMsAgo }
}
