// Ends and removes Jobs, with all that belongs to them.
import { setTimeout as delay } from 'node:timers/promises'
import type { V1Job } from '@kubernetes/client-node'
import type { KubernetesSettings } from '../../shim/files.ts'
import { type Cluster, insist, openCluster, statusOf } from './client.ts'
import { ofHome, ofRun, RUN } from './labels.ts'
import { untilNoPods } from './watch-pod.ts'

const LONGEST_PAUSE_MS = 5_000

/** Returns when the run has no pod of this worker's. Waits for a cluster that is away: nobody else can tell. */
export async function removeJobsOf(runId: string, settings: KubernetesSettings): Promise<void> {
  const { namespace, home } = settings
  const labelSelector = `${ofRun(runId)},${ofHome(home)}`
  for (let pause = 500; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      const cluster = await openCluster(settings.access)
      const { items } = await insist(() => cluster.jobs.listNamespacedJob({ namespace, labelSelector }))
      await Promise.all(items.map((job) => removeJob(cluster, job)))
      return await untilNoPods(cluster, namespace, labelSelector)
    } catch {
      // Another look follows, whatever the reason.
    }
    await delay(pause)
  }
}

/** Removes what is left of runs that this worker knows nothing of. `keeps` says whether it knows one. */
export async function removeStrays(
  settings: Pick<KubernetesSettings, 'access' | 'namespace' | 'home'>,
  keeps: (runId: string) => boolean,
): Promise<number> {
  const { namespace } = settings
  const cluster = await openCluster(settings.access)
  const { items } = await cluster.jobs.listNamespacedJob({ namespace, labelSelector: ofHome(settings.home) })
  const strays = items.filter(({ metadata }) => !keeps(metadata?.labels?.[RUN] ?? ''))
  await Promise.all(strays.map((job) => removeJob(cluster, job)))
  return strays.length
}

/** The Job goes when its pods have gone. By its UID: one of the same name may have come after it. */
export async function removeJob(cluster: Cluster, { metadata }: Pick<V1Job, 'metadata'>): Promise<void> {
  const { name = '', namespace = '', uid } = metadata ?? {}
  const body = { propagationPolicy: 'Foreground', ...(uid !== undefined && { preconditions: { uid } }) }
  await ignoreGone(insist(() => cluster.jobs.deleteNamespacedJob({ name, namespace, body })))
}

/** It is gone, or another is in its place. */
export async function ignoreGone(call: Promise<unknown>): Promise<void> {
  try {
    await call
  } catch (error) {
    const status = statusOf(error)
    if (status !== 404 && status !== 409) throw error
  }
}
