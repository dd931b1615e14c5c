// The newest samples of GPUs, for many watchers: all who ask for the same, at the same pace, share one list of them.
import type { FanOut } from './fan-out.ts'
import type { Listening } from './nats-link.ts'
import { createList, type List, type Place, type Sample } from './newest-list.ts'

/** One watcher's place in a list. */
export interface Reader<S> extends Place<S> {
  ready: Promise<void>
}

export interface NewestSamples<S> {
  /** Watches these GPUs, or all, and is told no more often than every so many milliseconds. */
  watch(gpuIds: readonly string[] | null, everyMs: number): Reader<S>
}

/** The newest of the samples that come on this subject, which is listened to while somebody watches. */
export function createNewestSamples<S extends Sample>(feed: FanOut<readonly S[]>, subject: string): NewestSamples<S> {
  const lists = new Map<string, List<S>>()
  const ofAll = new Set<List<S>>()
  const ofGpu = new Map<string, Set<List<S>>>()
  let source: Listening | undefined

  function hear(samples: readonly S[]): void {
    for (const sample of samples) {
      for (const list of ofAll) list.put(sample)
      for (const list of ofGpu.get(sample.gpuId) ?? []) list.put(sample)
    }
  }

  function open(key: string, gpuIds: readonly string[] | null, everyMs: number): List<S> {
    const list = createList<S>(everyMs, () => {
      lists.delete(key)
      ofAll.delete(list)
      for (const id of gpuIds ?? []) {
        ofGpu.get(id)?.delete(list)
        if (ofGpu.get(id)?.size === 0) ofGpu.delete(id)
      }
      if (lists.size > 0) return
      source?.stop()
      source = undefined
    })
    lists.set(key, list)
    if (gpuIds === null) ofAll.add(list)
    for (const id of gpuIds ?? []) ofGpu.set(id, (ofGpu.get(id) ?? new Set()).add(list))
    return list
  }

  return {
    watch(gpuIds, everyMs) {
      const wanted = gpuIds && [...new Set(gpuIds)].sort()
      const key = `${everyMs} ${wanted ?? 'all'}`
      const list = lists.get(key) ?? open(key, wanted, everyMs)
      source ??= feed.listen(subject, hear)
      return { ready: source.ready, ...list.read() }
    },
  }
}
