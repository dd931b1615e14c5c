// Follows a pod whose command has begun, to its end and the removal of its Job.
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import type { V1Job } from '@kubernetes/client-node'
import { within } from '../../pace/within.ts'
import type { KubernetesSettings, RunSpec } from '../../shim/files.ts'
import type { Execution, Exit } from '../execution.ts'
import { type Cluster, insist, wordsOf } from './client.ts'
import { exitOf, terminatedOf } from './exit.ts'
import { keep } from './keep.ts'
import { nameOf, ofEpoch } from './labels.ts'
import { type LogReader, readLog } from './read-log.ts'
import { ignoreGone, removeJob } from './remove.ts'
import { isOver, type PodWatch, untilNoPods } from './watch-pod.ts'

/** For so long, in milliseconds, what an ended container has printed is asked for. */
const LOG_MS = 60_000
/** And for so long its removal. */
const REMOVAL_MS = 30_000
/** A kill that shows no effect is sent again after so long, and then after twice that, up to the most: its node may be lost. */
const KILL_AGAIN_MS = { first: 1_000, most: 15_000 }
/** What the way to the node takes of a grace that must not be exceeded, in milliseconds. */
const WAY_MS = 2_000

/** A pod that runs. */
export interface Begun {
  cluster: Cluster
  settings: KubernetesSettings
  spec: RunSpec
  job: V1Job
  pod: string
  watch: PodWatch
  /** Tells of it in the run's log. */
  say(sentence: string): void
}

export function follow(begun: Begun): Execution {
  const { cluster, settings, spec, job, pod, watch, say } = begun
  const { namespace } = settings
  const log = readLog(cluster, namespace, pod)
  const keeping = keep(cluster, namespace, pod, settings.keeper?.seconds)
  let over = false
  const exited = (async (): Promise<Exit> => {
    await untilOver(watch)
    over = true
    const unkept = keeping.close()
    await drain(log, say)
    watch.close()
    await clearAway(begun)
    return exitOf(watch.pod(), spec.limits, unkept)
  })()
  /** The Job first, so that nothing is put in the pod's place. */
  const end = async (graceSeconds: number) => {
    keeping.close()
    await removeJob(cluster, job)
    const body = { gracePeriodSeconds: graceSeconds }
    await ignoreGone(insist(() => cluster.core.deleteNamespacedPod({ name: pod, namespace, body })))
  }
  const tryToEnd = (graceSeconds: number) =>
    end(graceSeconds).catch((error) => say(`The cluster does not end the run: ${wordsOf(error)}`))
  return {
    place: { container: `${namespace}/${nameOf(spec)}` },
    stdout: log.output,
    stderr: Readable.from([]),
    exited,
    living: () => (over ? 0 : 1),
    warn: (signal) => {
      say(`Kubernetes sends no ${signal}: SIGTERM is all that the run will hear.`)
      return false
    },
    terminate: (withinMs) => void tryToEnd(graceSecondsOf(spec.graceMs, withinMs)),
    kill: async () => {
      for (let pause = KILL_AGAIN_MS.first; !over; pause = Math.min(pause * 2, KILL_AGAIN_MS.most)) {
        // The least that a node waits for; with none at all, the pod would be forgotten and not ended.
        await Promise.race([exited, tryToEnd(1)])
        if (!over) await Promise.race([exited, delay(pause)])
      }
    },
  }
}

/** The node kills by itself at the end of the grace, also where nobody can tell it any more to. */
export function graceSecondsOf(graceMs: number, withinMs: number): number {
  return Math.max(1, Math.floor((Math.min(graceMs + WAY_MS, withinMs) - WAY_MS) / 1_000))
}

/** Its command has ended, or its pod is gone, with all that was in it. */
async function untilOver(watch: PodWatch): Promise<void> {
  for (;;) {
    const change = watch.changed()
    const pod = watch.pod()
    if (watch.there() === false || (pod && (terminatedOf(pod) || isOver(pod)))) return
    await change
  }
}

async function drain(log: LogReader, say: (sentence: string) => void): Promise<void> {
  const whole = await Promise.race([log.finish(), delay(LOG_MS, false)])
  log.close()
  if (!whole) say('The cluster has no more of the output: what is missing at its end is lost.')
}

/** The GPUs are free for the next run when the cluster knows that the pod has ended. */
async function clearAway({ cluster, settings, spec, job, say }: Begun): Promise<void> {
  const clear = removeJob(cluster, job).then(() => untilNoPods(cluster, settings.namespace, ofEpoch(spec)))
  await within(REMOVAL_MS, clear).catch((error) => say(`The Job could not be removed: ${wordsOf(error)}`))
}
