// I1 and I2: what was submitted is there once, and has ended as it may.
import { groupBy, type History, type JobRow, type Submit, type Violation } from './history.ts'

/** Answers that tell a client plainly to try again. */
const TRY_AGAIN = new Set([502, 503, 504])

/** I1: an acknowledged submit is exactly one job, and nothing runs that was not submitted. */
export function checkSubmits({ submits, jobs, strangers }: History): Violation[] {
  const rowsOf = groupBy(jobs, (job) => job.name)
  const violations = [...groupBy(submits, (submit) => submit.name)].flatMap(([name, group]) =>
    faultsOfName(name, group, rowsOf.get(name) ?? []),
  )
  const unclean = submits.filter(({ status }) => status !== null && status >= 500 && !TRY_AGAIN.has(status))
  return [
    ...violations,
    ...strangers.map((id) => `run ${id} has run a command, and the database does not know it`),
    ...unclean.map(({ name, status }) => `submit ${name} was answered by ${status}, which does not say to try again`),
  ].map((what) => ({ invariant: 'I1', what }))
}

function faultsOfName(name: string, submits: readonly Submit[], rows: readonly JobRow[]): string[] {
  const acknowledged = [...new Set(submits.flatMap(({ jobId }) => jobId ?? []))]
  const missing = acknowledged.filter((id) => !rows.some((row) => row.id === id))
  const faults = missing.map((id) => `job ${id} of submit ${name} was acknowledged and is not there`)
  const keyed = submits.some(({ key }) => key !== null)
  if (keyed && acknowledged.length > 1) {
    faults.push(`submit ${name} has one key and was acknowledged as ${acknowledged.length}: ${acknowledged.join(', ')}`)
  }
  const most = keyed ? 1 : submits.filter(({ outcome }) => outcome !== 'refused').length
  if (rows.length > most) {
    faults.push(
      `submit ${name} is ${rows.length} jobs where it may be ${most}: ${rows.map((row) => row.id).join(', ')}`,
    )
  }
  return faults
}

const ENDS = ['completed', 'failed', 'cancelled']

/** I2: every job ends in time and as it may, and one that completed has truly run to its end. */
export function checkEnds({ submits, jobs, runs, truth, limitMs }: History): Violation[] {
  const expects = new Map(submits.map((submit) => [submit.name, submit.expects]))
  const exits = new Map(truth.flatMap(({ kind, runId, exitCode }) => (kind === 'stop' ? [[runId, exitCode]] : [])))
  const runsOf = groupBy(runs, (run) => run.jobId)
  return jobs
    .flatMap(({ id, name, state, reason }) => {
      if (!ENDS.includes(state)) return [`job ${id} is ${state}, ${limitMs} ms after all was healed (${reason})`]
      const allowed: readonly string[] = expects.get(name) ?? ENDS
      if (!allowed.includes(state))
        return [`job ${id} has ${state} where it may be ${allowed.join(' or ')} (${reason})`]
      if (state !== 'completed') return []
      const ran = (runsOf.get(id) ?? []).some((run) => run.state === 'completed' && exits.get(run.id) === 0)
      return ran ? [] : [`job ${id} has completed, and no command of it has run to its end`]
    })
    .map((what) => ({ invariant: 'I2', what }))
}
