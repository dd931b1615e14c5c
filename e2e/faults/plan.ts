// What one run of the harness submits: jobs of every kind, at moments that the seed decides.

import type { Chance } from '../seeded.ts'
import type { JobEnd } from './history.ts'
import type { Act } from './truth.ts'

export interface Planned {
  name: string
  act: Act
  gpus: number
  maxRetries: number
  expects: readonly JobEnd[]
  /** When it is submitted, in milliseconds from the start. */
  afterMs: number
  /** How long after its submission it is cancelled, in milliseconds; null where it is not. */
  cancelAfterMs: number | null
}

export interface Shape {
  jobs: number
  /** Within this the submissions come, in milliseconds. */
  spanMs: number
  /** How long the shortest and the longest command live, in tenths of a second. */
  leastBeats?: number
  mostBeats: number
  /** The long form of a fault has this many times the jobs, if not as many as usual. */
  longTimes?: number
}

export function planJobs(
  chance: Chance,
  prefix: string,
  { jobs, spanMs, leastBeats = 1, mostBeats }: Shape,
): Planned[] {
  return Array.from({ length: jobs }, (_, n) => {
    const fails = chance.happens(0.15)
    const cancelled = chance.happens(0.1)
    const act = {
      beats: chance.between(leastBeats, mostBeats),
      exitCode: fails ? 3 : 0,
      lines: chance.between(0, 200),
      stubborn: chance.happens(0.2),
    }
    const end = fails ? 'failed' : 'completed'
    return {
      name: `${prefix}-${n}`,
      act,
      gpus: chance.pick([0, 0, 1, 1, 1, 2]),
      maxRetries: fails && chance.happens(0.5) ? 1 : 0,
      expects: cancelled ? [end, 'cancelled'] : [end],
      afterMs: chance.between(0, spanMs),
      cancelAfterMs: cancelled ? chance.between(0, spanMs) : null,
    }
  })
}
