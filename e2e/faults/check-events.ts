// I5 and I6: subscribers are told of every change in its order, and every change is a legal one.
import { type EventRow, groupBy, type History, type View, type Violation } from './history.ts'

/** Known here apart from the service's own table: the checker believes nothing of what it checks. */
const JOB_MOVES: Readonly<Record<string, readonly string[]>> = {
  queued: ['queued', 'running', 'completed', 'failed', 'cancelled'],
  running: ['queued', 'running', 'completed', 'failed', 'cancelled'],
}
const RUN_MOVES: Readonly<Record<string, readonly string[]>> = {
  claimed: ['claimed', 'running', 'completed', 'failed', 'cancelled', 'lost', 'preempted'],
  running: ['running', 'completed', 'failed', 'cancelled', 'lost', 'preempted'],
}

/** I6: only legal moves of jobs and runs, and no write below the highest epoch of the job. */
export function checkEvents({ events, jobs, runs }: History): Violation[] {
  const jobRows = new Map(jobs.map((job) => [job.id, job]))
  const runRows = new Map(runs.map((run) => [run.id, run]))
  return [...groupBy(events, (event) => event.jobId)]
    .flatMap(([jobId, history]) => {
      const faults = faultsOfMoves(jobId, history)
      const [last, row] = [history.at(-1)?.jobState, jobRows.get(jobId)?.state]
      if (row !== undefined && last !== row) faults.push(`job ${jobId} is ${row}, and its last event says ${last}`)
      for (const [runId, state] of lastOfRuns(history)) {
        const is = runRows.get(runId)?.state
        if (is !== undefined && is !== state) faults.push(`run ${runId} is ${is}, and its last event says ${state}`)
      }
      return faults
    })
    .map((what) => ({ invariant: 'I6', what }))
}

function faultsOfMoves(jobId: string, history: readonly EventRow[]): string[] {
  const faults: string[] = []
  const runStates = new Map<string, string>()
  let state: string | undefined
  let epoch = 0
  for (const { id, jobState, run } of history) {
    if (state !== undefined && !JOB_MOVES[state]?.includes(jobState)) {
      faults.push(`job ${jobId} went from ${state} to ${jobState} (event ${id})`)
    }
    state = jobState
    if (!run) continue
    const before = runStates.get(run.id)
    if (before !== undefined && !RUN_MOVES[before]?.includes(run.state)) {
      faults.push(`run ${run.id} went from ${before} to ${run.state} (event ${id})`)
    }
    runStates.set(run.id, run.state)
    if (run.epoch < epoch) faults.push(`epoch ${run.epoch} of run ${run.id} wrote after epoch ${epoch} (event ${id})`)
    epoch = Math.max(epoch, run.epoch)
  }
  return faults
}

function lastOfRuns(history: readonly EventRow[]): Map<string, string> {
  return new Map(history.flatMap(({ run }) => (run ? [[run.id, run.state]] : [])))
}

/** I5: the events of a job count 1…n, all are published, and each subscriber, deduplicated, sees them in order. */
export function checkViews({ events, jobs, views }: History): Violation[] {
  const eventsOf = groupBy(events, (event) => event.jobId)
  const own = jobs.flatMap(({ id, version }) => faultsOfCount(id, version, eventsOf.get(id) ?? []))
  return [...own, ...views.flatMap((view) => faultsOfView(view, eventsOf))].map((what) => ({ invariant: 'I5', what }))
}

function faultsOfCount(jobId: string, version: number, events: readonly EventRow[]): string[] {
  const faults: string[] = []
  const counted = events.map((event) => event.version)
  const wanted = Array.from({ length: version }, (_, i) => i + 1)
  if (counted.join() !== wanted.join()) {
    faults.push(`job ${jobId} is at version ${version}, and its events are of ${counted.join(', ')}`)
  }
  const silent = events.filter((event) => !event.published)
  if (silent.length > 0) {
    faults.push(`events ${silent.map(({ id }) => id).join(', ')} of job ${jobId} were never published`)
  }
  return faults
}

function faultsOfView(view: View, eventsOf: ReadonlyMap<string, readonly EventRow[]>): string[] {
  const seenOf = groupBy(view.seen, (seen) => seen.jobId)
  return view.jobIds.flatMap((jobId) => {
    const versions = (seenOf.get(jobId) ?? []).map((seen) => seen.version)
    const there = (eventsOf.get(jobId) ?? []).map((event) => event.version)
    const once = versions.filter((version, i) => versions.indexOf(version) === i)
    const where = `${view.subscriber} was told of job ${jobId} as ${once.join(', ')}, and its events are of ${there.join(', ')}`
    if (once.some((version, i) => version < (once[i - 1] ?? 0))) return [`${where}: not in order`]
    if (once.at(-1) !== there.at(-1)) return [`${where}: it never heard of the last`]
    // Who was told the present state begins with that; who was interrupted goes on with it.
    const first = view.kind === 'job' ? there.indexOf(once[0] ?? 0) : 0
    const whole = once.join() === there.slice(first).join()
    return whole || (view.interrupted && view.kind !== 'stream') ? [] : [`${where}: some are missing`]
  })
}
