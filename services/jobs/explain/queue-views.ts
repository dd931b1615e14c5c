// The view of the queue that all who ask share. To make one of a long queue takes a while; so one is shown for some
// time, and whoever asks while one is made waits for that.
import { setTimeout as delay } from 'node:timers/promises'
import type { Pool } from 'pg'
import type { Kind } from '../sql/queue-lanes.ts'
import { type QueueView, readQueue } from './queue-view.ts'

export interface QueueViews {
  /** A view that may be a little old. */
  recent(kind: Kind): Promise<QueueView>
  /** One that is read from now on. */
  fresh(kind: Kind): Promise<QueueView>
}

/**
 * A view is shown this many times as long as it took to make: making them takes up a tenth of the time, and half of it
 * where fresh ones are asked for all the time.
 */
const SHOWN_TIMES = 10
/** But no longer than this, in milliseconds. */
export const SHOWN_AT_MOST_MS = 2_000

const shared = new WeakMap<Pool, QueueViews>()

/** The views of this database. */
export function sharedViews(pool: Pool, leaseMs: number): QueueViews {
  const views = shared.get(pool) ?? createViews((kind) => readQueue(pool, kind, leaseMs))
  shared.set(pool, views)
  return views
}

/** Views that `read` makes, no two of a kind at the same time. */
export function createViews(read: (kind: Kind) => Promise<QueueView>): QueueViews {
  const gpus = createSeries(() => read('gpus'))
  const slots = createSeries(() => read('slots'))
  const seriesOf = (kind: Kind) => (kind === 'gpus' ? gpus : slots)
  return { recent: (kind) => seriesOf(kind).recent(), fresh: (kind) => seriesOf(kind).fresh() }
}

function createSeries(read: () => Promise<QueueView>) {
  let last: { view: QueueView; tookMs: number; endedAt: number } | undefined
  let running: Promise<QueueView> | undefined
  let next: Promise<QueueView> | undefined

  const start = () => {
    const began = performance.now()
    running = read()
      .then((view) => {
        const endedAt = performance.now()
        last = { view, tookMs: endedAt - began, endedAt }
        return view
      })
      .finally(() => {
        running = undefined
      })
    return running
  }
  const rested = async () => {
    for (;;) {
      const pauseMs = last ? last.endedAt + last.tookMs - performance.now() : 0
      if (running) await running.catch(() => undefined)
      else if (pauseMs > 0) await delay(pauseMs)
      else return
    }
  }
  const isShown = () => last && performance.now() < last.endedAt + Math.min(SHOWN_TIMES * last.tookMs, SHOWN_AT_MOST_MS)
  return {
    fresh: () => {
      next ??= rested().then(() => {
        next = undefined
        // One that was started meanwhile is late enough.
        return running ?? start()
      })
      return next
    },
    recent: async () => (last && isShown() ? last.view : (running ?? start())),
  }
}
