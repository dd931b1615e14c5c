// Which GPUs have changed, for many watchers: by events of their own, and by those of their workers.
import type { Principal } from '@constellation/platform/identity.ts'
import type { Logger } from '@constellation/platform/log.ts'
import * as v from 'valibot'
import type { AskGraph } from '../ask-graph.ts'
import type { SlowFeed } from './at-most-every.ts'
import type { FanOut } from './fan-out.ts'
import type { Listening } from './nats-link.ts'

/** A fault makes several events at once: those of a GPU that come within this are one change, in milliseconds. */
const SETTLE_MS = 100
/** A worker has no more. */
const MOST_GPUS = 64

/** The gateway itself, which may read the inventory. */
export const ITSELF: Principal = { id: 'gateway', role: 'operator', accounts: [] }

const GPUS_OF_WORKER = `query GpusOfWorker($id: ID!) { gpus(filter: { workerId: $id }, first: ${MOST_GPUS}) { nodes { id } } }`
const gpusOfWorker = v.object({ gpus: v.object({ nodes: v.array(v.object({ id: v.string() })) }) })

export interface Changed {
  id: string
}

interface ChangedGpusOptions {
  gpus: { feed: FanOut<Changed>; subject: string }
  workers: { feed: FanOut<Changed>; subject: string }
  ask: AskGraph
  log: Logger
}

/** Tells all listeners of the same change by the same object. */
export function createChangedGpus({ gpus, workers, ask, log }: ChangedGpusOptions): SlowFeed<Changed> {
  const listeners = new Set<(gpu: Changed) => void>()
  const waiting = new Map<string, Changed>()
  const workersWaiting = new Set<string>()
  let asking = false
  let sources: Listening[] = []
  let timer: NodeJS.Timeout | undefined

  function pass(): void {
    timer = waiting.size > 0 ? setTimeout(pass, SETTLE_MS) : undefined
    const changed = [...waiting.values()]
    waiting.clear()
    for (const gpu of changed) for (const listener of listeners) listener(gpu)
  }

  function hear(gpu: Changed): void {
    waiting.set(gpu.id, gpu)
    if (!timer) pass()
  }

  /** One after the other, however many change at once. */
  async function hearOfWorker({ id }: Changed): Promise<void> {
    workersWaiting.add(id)
    if (asking) return
    asking = true
    for (const next of workersWaiting) {
      workersWaiting.delete(next)
      await tellOfGpusOf(next)
    }
    asking = false
  }

  /** What happens to a worker concerns all of its GPUs. */
  async function tellOfGpusOf(id: string): Promise<void> {
    try {
      const { nodes } = v.parse(gpusOfWorker, await ask(GPUS_OF_WORKER, { id }, ITSELF)).gpus
      for (const gpu of nodes) hear({ id: gpu.id })
    } catch (error) {
      log.warn({ err: error, workerId: id }, 'the GPUs of a worker that has changed could not be read')
    }
  }

  return {
    listen(listener) {
      if (listeners.size === 0) {
        sources = [
          gpus.feed.listen(gpus.subject, hear),
          workers.feed.listen(workers.subject, (worker) => void hearOfWorker(worker)),
        ]
      }
      listeners.add(listener)
      return {
        ready: Promise.all(sources.map(({ ready }) => ready)).then(() => undefined),
        stop() {
          if (!listeners.delete(listener) || listeners.size > 0) return
          for (const source of sources) source.stop()
          clearTimeout(timer)
          timer = undefined
          waiting.clear()
        },
      }
    },
  }
}
