// What the cluster says of a run's pod, from now on: a list, and then a watch from there, again and again.
import { setTimeout as delay } from 'node:timers/promises'
import type { V1Pod } from '@kubernetes/client-node'
import { type Cluster, insist, pauseMs, statusOf } from './client.ts'

/** The server ends a watch after so long, in seconds, so that one that died without a word is not waited for. */
const WATCH_SECONDS = 240
const GONE = 410

export interface PodWatch {
  /** As it was last seen, also once it is gone; undefined while there was none. */
  pod(): V1Pod | undefined
  /** Whether it was there when last looked, undefined before the first answer. */
  there(): boolean | undefined
  /** Resolves at the next change. */
  changed(): Promise<void>
  close(): void
}

interface Heard {
  onAway(error: unknown): void
  onBack(): void
}

/** Watches the pods with these labels, of which there is one at most. */
export function watchPod(cluster: Cluster, namespace: string, labelSelector: string, heard: Heard): PodWatch {
  const stop = new AbortController()
  let pod: V1Pod | undefined
  let there: boolean | undefined
  let next = Promise.withResolvers<void>()
  const tell = () => {
    next.resolve()
    next = Promise.withResolvers()
  }
  const see = (type: string, seen: V1Pod) => {
    // The first is the run; a second one would be none of ours.
    if (pod && pod.metadata?.uid !== seen.metadata?.uid) return
    pod = seen
    there = type !== 'DELETED'
    tell()
  }
  const list = async () => {
    const { items, metadata } = await cluster.core.listNamespacedPod({ namespace, labelSelector })
    const known = pod?.metadata?.uid
    const [found] = known === undefined ? items : items.filter(({ metadata }) => metadata?.uid === known)
    if (found) see('MODIFIED', found)
    else there = false
    tell()
    return metadata?.resourceVersion ?? ''
  }
  const path = `/api/v1/namespaces/${namespace}/pods`
  const follow = async () => {
    let failures = 0
    let version: string | undefined
    // Not a list that was answered: a server may refuse watches alone, and is left alone for longer each time.
    const onOpen = () => {
      if (failures > 0) heard.onBack()
      failures = 0
    }
    while (!stop.signal.aborted) {
      try {
        version ??= await list()
        version = await watchFrom(cluster, path, labelSelector, version, { see, onOpen }, stop.signal)
      } catch (error) {
        if (stop.signal.aborted) return
        // What has happened meanwhile is told by a list.
        version = undefined
        if (statusOf(error) === GONE) continue
        if (failures === 0) heard.onAway(error)
        await delay(pauseMs(failures++, error), undefined, { signal: stop.signal }).catch(() => undefined)
      }
    }
  }
  void follow()
  return {
    pod: () => pod,
    there: () => there,
    changed: () => next.promise,
    close: () => {
      stop.abort()
      tell()
    },
  }
}

/**
 * Returns where the next watch goes on, when this one has come to its time.
 * @throws what the server refuses with, 410 where it has forgotten that place
 */
async function watchFrom(
  { watch }: Cluster,
  path: string,
  labelSelector: string,
  from: string,
  { see, onOpen }: { see(type: string, pod: V1Pod): void; onOpen(): void },
  stop: AbortSignal,
): Promise<string> {
  const done = Promise.withResolvers<void>()
  let refused = false
  let version = from
  let fault: unknown
  const query = { labelSelector, resourceVersion: from, allowWatchBookmarks: true, timeoutSeconds: WATCH_SECONDS }
  const controller = await watch.watch(
    path,
    query,
    (type: string, object: V1Pod & { code?: number; message?: string }) => {
      if (type === 'ERROR') fault = Object.assign(new Error(object.message), { code: object.code })
      else version = object.metadata?.resourceVersion ?? version
      if (type !== 'ERROR' && type !== 'BOOKMARK') see(type, object)
    },
    (error) => {
      refused = Boolean(error)
      if (error && !isTimeout(error)) done.reject(error)
      else done.resolve()
    },
  )
  if (!refused) onOpen()
  const abort = () => controller.abort()
  stop.addEventListener('abort', abort)
  if (stop.aborted) abort()
  try {
    await done.promise
  } finally {
    stop.removeEventListener('abort', abort)
  }
  if (fault !== undefined) throw fault
  return version
}

/** The client gives up a watch on which nothing has come for half a minute: the next one says whether there is more. */
function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError'
}

/** Asks for the Job's pods until there are none; whether it has any, only the server can tell. */
export async function untilNoPods(cluster: Cluster, namespace: string, labelSelector: string): Promise<void> {
  for (let pause = 50; ; pause = Math.min(pause * 2, 1_000)) {
    const { items } = await insist(() => cluster.core.listNamespacedPod({ namespace, labelSelector }))
    if (items.every(isOver)) return
    await delay(pause)
  }
}

/** Nothing of it runs: its containers have all ended, or never were. */
export function isOver({ status }: V1Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed'
}
