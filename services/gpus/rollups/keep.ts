// Roll-ups are added up in memory, and added to what is stored every few seconds. Several processes of the service share
// the work: each message is counted by one of them.
import type { Logger } from '@constellation/platform/log.ts'
import { regularly } from '@constellation/platform/regularly.ts'
import type { Pool } from 'pg'
import { type Day, dayOf, makePartitions } from './partitions.ts'
import { combine, type Reading, type Rollup, rollUp } from './roll-up.ts'
import { type Said, storeRollups } from './store.ts'

/** How old what is stored may be, in milliseconds. */
const FLUSH_MS = 3_000
/** Rows of one statement. */
const BATCH = 2_000
/**
 * Roll-ups of one worker that wait to be stored: while the database is away, of 8 GPUs for half an hour. What comes
 * then is not kept, so that memory is bounded whatever a worker says.
 */
export const MOST_WAITING = 1_024

export interface Rollups {
  /** Counts what a worker has measured; `before` has the readings before these, by GPU. */
  count(workerId: string, readings: Iterable<Reading>, before: ReadonlyMap<string, Reading> | undefined): void
  /** Stores what waits. */
  flush(): Promise<void>
  /** Stores what waits, and nothing more from then on. */
  stop(): Promise<void>
}

/** Keeps roll-ups until stopped. */
export function startRollups({ pool, log }: { pool: Pool; log: Logger }): Rollups {
  const waiting = createWaiting()
  const days = new Set<Day>()

  async function flush(): Promise<void> {
    const all = waiting.takeAll()
    for (let i = 0; i < all.length; i += BATCH) {
      try {
        await storeWithPartitions(pool, all.slice(i, i + BATCH), days)
      } catch (error) {
        // A partition may have gone that was there: it is looked for again.
        days.clear()
        for (const { workerId, ...rollup } of all.slice(i)) waiting.add(workerId, rollup)
        throw error
      }
    }
    const lost = waiting.takeLost()
    if (lost > 0) log.warn({ samples: lost }, 'telemetry was left out, as too much waits to be stored')
  }

  const regular = regularly(FLUSH_MS, 'store telemetry', log, flush)
  return {
    count(workerId, readings, before) {
      for (const reading of readings) {
        waiting.add(workerId, rollUp(reading, before?.get(reading.sample.gpuId)))
      }
    },
    flush,
    async stop() {
      await regular.stop()
      await flush()
    },
  }
}

/** Stores roll-ups; the first of a day make sure that it has its partition. */
async function storeWithPartitions(pool: Pool, rollups: readonly Said[], known: Set<Day>): Promise<void> {
  const missing = [...new Set(rollups.map(({ bucket }) => dayOf(bucket)))].filter((day) => !known.has(day))
  if (missing.length > 0) await makePartitions(pool, missing)
  for (const day of missing) known.add(day)
  await storeRollups(pool, rollups)
}

/** What waits to be stored, by worker, and then by GPU, run and bucket. */
function createWaiting() {
  let workers = new Map<string, Map<string, Rollup>>()
  let lost = 0
  return {
    add(workerId: string, rollup: Rollup): void {
      const own = workers.get(workerId) ?? new Map<string, Rollup>()
      workers.set(workerId, own)
      const key = `${rollup.gpuId} ${rollup.runId} ${rollup.bucket}`
      const sum = own.get(key)
      if (!sum && own.size >= MOST_WAITING) lost += rollup.samples
      else own.set(key, sum ? combine(sum, rollup) : rollup)
    },
    takeAll(): Said[] {
      const all = [...workers].flatMap(([workerId, own]) => [...own.values()].map((sum) => ({ workerId, ...sum })))
      workers = new Map()
      return all
    },
    /** How many samples were left out since this was asked. */
    takeLost(): number {
      const count = lost
      lost = 0
      return count
    },
  }
}
