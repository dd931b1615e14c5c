// Whether a step held, and who was busiest.
import { percentile } from '../queue/statistics.ts'
import type { Options } from './options.ts'
import type { Step } from './step.ts'

/** Later than this something does not work any more as it should, in milliseconds. */
const MOST_MS = { RenewLeases: 5_000, ClaimRuns: 5_000, wait: 5_000, lag: 5_000 }
/** Of what came in. */
const LEAST_DONE = 0.95

/** What did not hold, in a few words each. */
export function faultsOf({ workers, held, hold, steady, failed }: Step, { jobsPerSecond }: Options): string[] {
  const late = (['RenewLeases', 'ClaimRuns'] as const).flatMap((name) => {
    const p99 = percentile(steady.tally.took[name] ?? [], 0.99)
    return p99 > MOST_MS[name] ? [`${name} p99 ${Math.round(p99)} ms`] : []
  })
  const done = steady.tally.ended / steady.seconds
  return [
    ...(hold.tally.took.RenewLeases === undefined ? [`no leases were renewed, of ${held} runs of ${workers}`] : []),
    ...late,
    ...(percentile(steady.waitMs, 0.99) > MOST_MS.wait ? ['jobs wait beside GPUs that are free'] : []),
    ...(percentile(steady.lags, 0.99) > MOST_MS.lag ? ['events are late'] : []),
    ...(done < LEAST_DONE * Math.min(jobsPerSecond, steady.jobs / steady.seconds)
      ? ['jobs come faster than they end']
      : []),
    ...(hold.tally.lost + steady.tally.lost > 0 ? [`${hold.tally.lost + steady.tally.lost} leases lost`] : []),
    ...Object.entries(failed).map(([what, times]) => `${what} (${times})`),
  ]
}

/** The programs by the cores they used while jobs came, the busiest first; the simulated workers do not count. */
export function busiest({ steady }: Step): [name: string, cores: number][] {
  const cores = new Map<string, number>()
  for (const [name, ms] of Object.entries(steady.cpuMs)) {
    const program = name.split(':')[0] ?? name
    if (program.endsWith('(simulated)')) continue
    cores.set(program, (cores.get(program) ?? 0) + ms / 1_000 / steady.seconds)
  }
  return [...cores].toSorted(([, a], [, b]) => b - a)
}
