// What the parts of a step come to for one worker and one job, and what a million jobs a day on many workers take by that.
import type { Part } from './part.ts'
import type { Step } from './step.ts'

export interface Goal {
  workers: number
  gpusEach: number
  jobsPerSecond: number
}

/** CPU milliseconds: a second of a worker that holds its runs, beside one that has none, and a job. */
export interface Cost {
  restingMs: number
  holdingMs: number
  jobMs: number
}

/**
 * Of everybody. What a job costs is what is used beside the runs that are held all the while. Noise may be more than what
 * somebody does: what comes out below nothing is nothing.
 */
export function costsOf({ workers, rest, hold, steady }: Step): Map<string, Cost> {
  const names = new Set([rest, hold, steady].flatMap(({ cpuMs }) => Object.keys(cpuMs)))
  const rate = ({ cpuMs, seconds }: Part, name: string) => (cpuMs[name] ?? 0) / seconds
  return new Map(
    [...names].map((name) => {
      const [resting, holding] = [rate(rest, name), rate(hold, name)]
      const jobMs = Math.max(0, (rate(steady, name) - holding) * (steady.seconds / steady.jobs))
      return [name, { restingMs: resting / workers, holdingMs: holding / workers, jobMs }]
    }),
  )
}

/** How many cores each of them is busy with at the goal. */
export function coresAt(step: Step, { workers, jobsPerSecond }: Goal): Map<string, number> {
  const cores = [...costsOf(step)].map(
    ([name, { holdingMs, jobMs }]) => [name, (holdingMs * workers + jobMs * jobsPerSecond) / 1_000] as const,
  )
  return new Map(cores)
}

/** A figure of a job, beside what goes on all the while; and one of a worker in a second. */
export function perJob({ hold, steady }: Step, figure: (part: Part) => number): number {
  return Math.max(0, (figure(steady) - (figure(hold) * steady.seconds) / hold.seconds) / steady.jobs)
}
export function perWorkerSecond({ workers, hold }: Step, figure: (part: Part) => number): number {
  return figure(hold) / hold.seconds / workers
}

/** In a second at the goal. */
export function perSecondAt(step: Step, { workers, jobsPerSecond }: Goal, figure: (part: Part) => number): number {
  return perWorkerSecond(step, figure) * workers + perJob(step, figure) * jobsPerSecond
}
