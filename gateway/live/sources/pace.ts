// How often a watcher of usage is told, and what waits while it reads: one tick, however slow it is.
import * as v from 'valibot'
import type { Surroundings } from './source.ts'

const PACE = 'must be a whole number from 1 to 3600'

/** In seconds. */
export const everySeconds = v.nullish(
  v.pipe(v.number(), v.integer(PACE), v.minValue(1, PACE), v.maxValue(3_600, PACE)),
  2,
)

export interface Tick {
  kind: 'tick'
  /** What gave rise to it: of several while the reader was busy, the last one. */
  take(): object
}

/** Puts a tick at this pace, unless one was put and not taken yet. Returns how to stop that. */
export function putTicks(put: (tick: Tick) => void, seconds: number, { ticks }: Surroundings['feeds']): () => void {
  let latest: object | undefined
  const take = () => {
    const tick = latest ?? {}
    latest = undefined
    return tick
  }
  return ticks.listen(seconds * 1_000, (tick) => {
    const waits = latest !== undefined
    latest = tick
    if (!waits) put({ kind: 'tick', take })
  })
}
