// Runs a command as a Job of a cluster.
import { setTimeout as delay } from 'node:timers/promises'
import type { V1Job } from '@kubernetes/client-node'
import { uptimeMs } from '../../clock.ts'
import type { Container, KubernetesSettings, RunSpec } from '../../shim/files.ts'
import { CannotStart, type Execution } from '../execution.ts'
import { type Cluster, insist, openCluster, statusOf, wordsOf } from './client.ts'
import { exitOf, hasBegun } from './exit.ts'
import { follow } from './follow.ts'
import { jobOf, secretOf } from './job.ts'
import { EPOCH, HOME, nameOf, ofEpoch, ofRun } from './labels.ts'
import { removeJob } from './remove.ts'
import { isPlaced, whyNotStarted } from './waiting.ts'
import { isOver, type PodWatch, untilNoPods, watchPod } from './watch-pod.ts'

/** After so long without a pod, in milliseconds, the reason is looked for. */
const NO_POD_MS = 15_000

type Say = (sentence: string) => void

/**
 * Starts the command, or takes up the Job that was made for it before. `say` tells of it in the run's log, `stop` gives
 * it up, and then no pod is left.
 * @throws CannotStart
 */
export async function startJob(spec: RunSpec, say: Say, stop: AbortSignal): Promise<Execution> {
  const { container, kubernetes: settings } = spec
  if (!container || !settings) throw new CannotStart('This worker runs nothing in a cluster.')
  if (container.mounts.length > 0) throw new CannotStart('Directories of a machine cannot be mounted in a cluster.')
  const cluster = await openCluster(settings.access)
  await fenceOff(cluster, settings, spec, say, stop)
  const job = spec.takesUp
    ? await takeUp(cluster, spec, settings, stop)
    : await create(cluster, spec, container, settings, stop)
  const watch = watchPod(cluster, settings.namespace, ofEpoch(spec), {
    onAway: (error) => say(`The cluster does not answer, and is asked until it does: ${wordsOf(error)}`),
    onBack: () => say('The cluster answers again.'),
  })
  try {
    await release(cluster, settings, spec, job, stop)
    const pod = await untilBegun(cluster, settings, spec, watch, say, stop)
    return follow({ cluster, settings, spec, job, pod, watch, say })
  } catch (error) {
    watch.close()
    await removeJob(cluster, job)
    await untilNoPods(cluster, settings.namespace, ofEpoch(spec))
    throw error
  }
}

/**
 * Ends other copies of the run that the cluster still has.
 * @throws Error where a later one is there: then this one is the copy that must not be
 */
async function fenceOff(
  cluster: Cluster,
  { namespace }: KubernetesSettings,
  { runId, epoch }: RunSpec,
  say: Say,
  stop: AbortSignal,
): Promise<void> {
  const labelSelector = ofRun(runId)
  const { items } = await insist(() => cluster.jobs.listNamespacedJob({ namespace, labelSelector }), stop)
  const epochOf = ({ metadata }: V1Job) => Number(metadata?.labels?.[EPOCH])
  if (items.some((job) => epochOf(job) > epoch)) throw new Error('A later copy of the run is in the cluster already.')
  const older = items.filter((job) => epochOf(job) < epoch)
  if (older.length > 0) say('An earlier copy of the run is still in the cluster, and is ended first.')
  await Promise.all(older.map((job) => removeJob(cluster, job)))
  // Also those whose Job is gone already.
  await Promise.race([untilNoPods(cluster, namespace, `${labelSelector},${EPOCH}!=${epoch}`), aborted(stop)])
}

/** @throws CannotStart where the cluster finds fault with what the run wants */
async function create(
  cluster: Cluster,
  spec: RunSpec,
  container: Container,
  settings: KubernetesSettings,
  stop: AbortSignal,
): Promise<V1Job> {
  const { namespace } = settings
  try {
    return await insist(
      () => cluster.jobs.createNamespacedJob({ namespace, body: jobOf(spec, container, settings) }),
      stop,
    )
  } catch (error) {
    const status = statusOf(error)
    // An answer that was lost, or a shim before this one.
    if (status === 409) return await takeUp(cluster, spec, settings, stop)
    if (status !== 400 && status !== 422)
      throw new Error(`The cluster makes no Job: ${wordsOf(error)}`, { cause: error })
    throw new CannotStart(`The cluster refuses the run: ${wordsOf(error)}`, { cause: error })
  }
}

async function takeUp(
  cluster: Cluster,
  spec: RunSpec,
  { namespace, home }: KubernetesSettings,
  stop: AbortSignal,
): Promise<V1Job> {
  const reading = insist(() => cluster.jobs.readNamespacedJob({ name: nameOf(spec), namespace }), stop)
  const job = await reading.catch((error) => {
    if (statusOf(error) === 404) throw new Error('The run’s Job is not in the cluster any more.', { cause: error })
    throw error
  })
  if (job.metadata?.labels?.[HOME] !== home) throw new Error('The run’s Job is another worker’s.')
  if (job.metadata.deletionTimestamp) throw new Error('The run’s Job is being removed.')
  return job
}

/** A Job that waits for its secrets gets them, and goes on. */
async function release(
  cluster: Cluster,
  settings: KubernetesSettings,
  spec: RunSpec,
  { spec: made, metadata }: V1Job,
  stop: AbortSignal,
): Promise<void> {
  if (!made?.suspend) return
  const { namespace } = settings
  const body = secretOf(spec, settings, metadata?.uid ?? '')
  await insist(() => cluster.core.createNamespacedSecret({ namespace, body }), stop).catch((error) => {
    if (statusOf(error) !== 409) throw error
  })
  const go = { name: nameOf(spec), namespace, body: { spec: { suspend: false } } }
  await insist(() => cluster.jobs.patchNamespacedJob(go, cluster.merge), stop)
}

/**
 * Returns the pod's name once its command runs, or has ended.
 * @throws CannotStart where it will not, or takes too long on its node; Error where no node has taken it for so long, or the
 * cluster has taken the pod away: then another attempt may fare better
 */
async function untilBegun(
  cluster: Cluster,
  settings: KubernetesSettings,
  spec: RunSpec,
  watch: PodWatch,
  say: Say,
  stop: AbortSignal,
): Promise<string> {
  const since = uptimeMs()
  const overdue = delay(settings.startMs, undefined, { signal: stop })
  overdue.catch(() => undefined)
  const given = aborted(stop)
  given.catch(() => undefined)
  let said = ''
  const tell = (sentence: string) => {
    if (sentence !== said) say(sentence)
    said = sentence
  }
  void explainNoPod(cluster, settings, spec, watch, stop).then((why) => why && tell(why))
  for (;;) {
    const change = watch.changed()
    const pod = watch.pod()
    if (pod && hasBegun(pod)) return pod.metadata?.name ?? ''
    if (pod && (watch.there() === false || isOver(pod))) {
      throw new Error(exitOf(pod, spec.limits, false).because?.sentence ?? 'Its pod ended before it began.')
    }
    const wait = pod && whyNotStarted(pod)
    if (wait?.lasting) throw new CannotStart(wait.sentence)
    if (uptimeMs() - since >= settings.startMs) {
      const sentence = tooLate(settings.startMs, said)
      throw isPlaced(pod) ? new CannotStart(sentence) : new Error(sentence)
    }
    if (wait) tell(wait.sentence)
    await Promise.race([change, overdue, given])
  }
}

function tooLate(startMs: number, why: string): string {
  return `The run could not start within ${startMs / 1_000} s. ${why || 'The cluster does not say why.'}`
}

/** Where the cluster makes no pod at all, as beyond a quota, only its events tell the reason. */
async function explainNoPod(
  cluster: Cluster,
  { namespace }: KubernetesSettings,
  spec: RunSpec,
  watch: PodWatch,
  stop: AbortSignal,
): Promise<string | undefined> {
  try {
    await delay(NO_POD_MS, undefined, { signal: stop })
    if (watch.pod()) return undefined
    const fieldSelector = `involvedObject.name=${nameOf(spec)}`
    const { items } = await cluster.core.listNamespacedEvent({ namespace, fieldSelector })
    return `The cluster has made no pod for the run yet: ${items.at(-1)?.message ?? 'it does not say why'}`
  } catch {
    return undefined
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) return reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
