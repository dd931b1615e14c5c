// Wakes workers when there is something to claim. A few are all woken. Of many, a handful is at first and then four times as
// many, again and again for as long as something waits: a job goes to one worker, and a thousand who ask for it at the same
// moment would keep each other waiting.
import { query } from '@constellation/platform/database/database.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import type { Logger } from '@constellation/platform/log.ts'
import type { NatsLink } from '@constellation/platform/nats/nats.ts'
import type { Pool } from 'pg'
import { whatWaits } from './sql/lanes.ts'

/** So many are woken at first, and so many are simply all woken. */
export const FIRST = 8
const FEW = 16
const TIMES = 4
/** From one wave to the next, which is twice as long for each that follows; and from one first wave to the next. In milliseconds. */
const PAUSE_MS = 25
const BETWEEN_MS = 20
/** How long it is known how many workers there are, in milliseconds. */
const FRESH_MS = 5_000
/** Each worker looks by itself this often: waking more than the first asks for no more claims than that. */
const LOOK_SECONDS = 5

interface Waking {
  /** To be called after a commit that put something into the queue. */
  queueGrew(): void
  stop(): void
}

interface Options {
  nats: Pick<NatsLink, 'publish'>
  /** How many workers there are, and whether something waits that might be claimed. */
  look: Look
  log: Logger
}

export interface Look {
  workers(): Promise<number>
  isWaiting(): Promise<boolean>
}

/** How many workers a wave is for, of so many. */
export function sizeOfWave(wave: number, workers: number): number {
  return workers <= FEW ? workers : Math.min(workers, FIRST * TIMES ** wave)
}

/** Wakes them until stopped. */
export function startWaking({ nats, look, log }: Options): Waking {
  const fleet = knownFor(FRESH_MS, look.workers, log)
  const budget = newBudget()
  let first: NodeJS.Timeout | undefined
  let firstAt = Number.NEGATIVE_INFINITY
  let series: NodeJS.Timeout | undefined

  const say = (size: number) => {
    if (size >= fleet.size()) return nats.publish(SUBJECTS.wakeQueue)
    nats.publish(SUBJECTS.wakeQueue, JSON.stringify({ share: size / fleet.size() }))
  }
  const begin = () => {
    first = undefined
    firstAt = performance.now()
    say(sizeOfWave(0, fleet.size()))
    if (series === undefined && fleet.size() > FEW) goOn(1)
  }
  const goOn = (wave: number) => {
    series = setTimeout(
      async () => {
        const size = sizeOfWave(wave, fleet.size())
        const goesOn = (await look.isWaiting().catch(() => false)) && budget.take(size, fleet.size())
        if (series === undefined) return
        series = undefined
        if (!goesOn) return
        say(size)
        if (size < fleet.size()) goOn(wave + 1)
      },
      PAUSE_MS * 2 ** (wave - 1),
    )
  }
  return {
    queueGrew() {
      if (first !== undefined) return
      const wait = fleet.size() <= FEW ? 0 : firstAt + BETWEEN_MS - performance.now()
      if (wait <= 0) begin()
      else first = setTimeout(begin, wait)
    },
    stop() {
      clearTimeout(first)
      clearTimeout(series)
      series = undefined
      fleet.stop()
    },
  }
}

/** The looks at the tables of the jobs service. */
export function lookAtQueue(pool: Pool): Look {
  return {
    async workers() {
      const [row] = await query<{ n: number }>(pool, 'workers-awake', WORKERS)
      return row?.n ?? 0
    },
    async isWaiting() {
      const { gpus, slots } = await whatWaits(pool)
      return gpus || slots
    },
  }
}

const WORKERS = `SELECT count(*)::integer AS n FROM sightings WHERE seen_at > now() - interval '30 s'`

/** What is not known yet is few: then all are woken. */
function knownFor(ms: number, count: () => Promise<number>, log: Logger) {
  let size = 0
  const look = () =>
    count().then(
      (found) => {
        size = found
      },
      (err: unknown) => log.warn({ err }, 'the workers could not be counted'),
    )
  void look()
  const timer = setInterval(look, ms)
  return { size: () => size, stop: () => clearInterval(timer) }
}

/** Grows by as many as look by themselves anyway, up to all of them. */
function newBudget() {
  let left = Number.POSITIVE_INFINITY
  let at = performance.now()
  return {
    take(size: number, workers: number): boolean {
      const now = performance.now()
      left = Math.min(workers, left + (((now - at) / 1_000) * workers) / LOOK_SECONDS)
      at = now
      if (left < size) return false
      left -= size
      return true
    },
  }
}
