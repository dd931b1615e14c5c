// Says again and again that a pod is kept, for its keeper to hear: `keeper/main.ts`.
import { setTimeout as delay } from 'node:timers/promises'
import { uptimeMs } from '../../clock.ts'
import type { Cluster } from './client.ts'
import { KEPT } from './labels.ts'

/** How many chances there are until the pod ends itself. */
const CHANCES = 6

/** Without a number of seconds the pod has no keeper. `close` says whether the pod was left without a word for that long. */
export function keep(
  cluster: Cluster,
  namespace: string,
  name: string,
  seconds: number | undefined,
): { close(): boolean } {
  const stop = new AbortController()
  let heardAt = uptimeMs()
  let lapsed = false
  const look = () => {
    lapsed ||= seconds !== undefined && uptimeMs() - heardAt >= seconds * 1_000
  }
  const tell = async () => {
    const body = { metadata: { annotations: { [KEPT]: new Date().toISOString() } } }
    const sentAt = uptimeMs()
    await cluster.core.patchNamespacedPod({ name, namespace, body }, cluster.merge)
    look()
    heardAt = sentAt
  }
  const tellAgain = async (periodMs: number) => {
    while (!stop.signal.aborted) {
      // Whoever watches the pod says that the cluster is away.
      const heard = await tell().then(
        () => true,
        () => false,
      )
      await delay(heard ? periodMs : Math.min(periodMs, 5_000), undefined, { signal: stop.signal }).catch(
        () => undefined,
      )
    }
  }
  if (seconds !== undefined) void tellAgain((seconds * 1_000) / CHANCES)
  return {
    close: () => {
      if (!stop.signal.aborted) look()
      stop.abort()
      return lapsed
    },
  }
}
