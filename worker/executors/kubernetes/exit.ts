// How a pod ended, from what the cluster says of it.
import type { V1ContainerStateTerminated, V1Pod } from '@kubernetes/client-node'
import type { Limits } from '../../shim/files.ts'
import type { Exit } from '../execution.ts'
import { endOfCode } from '../exit-code.ts'
import { COMMAND } from './labels.ts'

/** What a container ends with where it never began. */
const NEVER_BEGAN = new Set(['StartError', 'ContainerCannotRun'])
const NEITHER = { exitCode: null, signal: null }
/** In words, why somebody else than the run ended its pod. */
const DISRUPTED: Readonly<Record<string, string>> = {
  Evicted: 'The node took the pod away for want of room',
  Preempting: 'The pod made room for another of the cluster',
  Preempted: 'The pod made room for another of the cluster',
  PreemptionByScheduler: 'The pod made room for another of the cluster',
  PreemptionByKubeScheduler: 'The pod made room for another of the cluster',
  DeletionByTaintManager: 'The pod’s node was lost, or set aside',
  DeletionByPodGC: 'The pod’s node is gone',
  EvictionByEvictionAPI: 'The pod’s node was emptied',
  TerminationByKubelet: 'The node took the pod away',
  NodeLost: 'The pod’s node was lost',
  NodeShutdown: 'The pod’s node was shut down',
  Shutdown: 'The pod’s node was shut down',
  Terminated: 'The pod’s node was shut down',
}

/** The state of the command's container, once it has ended. */
export function terminatedOf({ status }: V1Pod): V1ContainerStateTerminated | undefined {
  return status?.containerStatuses?.find(({ name }) => name === COMMAND)?.state?.terminated
}

/** True once the command has begun. */
export function hasBegun({ status }: V1Pod): boolean {
  const state = status?.containerStatuses?.find(({ name }) => name === COMMAND)?.state
  return state?.running !== undefined || state?.terminated !== undefined
}

/** `unkept` is true where nobody could tell the pod to go on for so long that it ended itself. */
export function exitOf(pod: V1Pod | undefined, limits: Limits, unkept: boolean): Exit {
  if (!pod) return released('The cluster’s Job was removed by somebody else.')
  const ended = terminatedOf(pod)
  const { status } = pod
  if (!ended || ended.reason === 'ContainerStatusUnknown') {
    return released(disruptionOf(pod) ?? refusalOf(pod) ?? REMOVED)
  }
  if (NEVER_BEGAN.has(ended.reason ?? '')) {
    const sentence = `The command cannot be started in the container: ${ended.message ?? ended.reason}`
    return { ...NEITHER, because: { outcome: 'NOT_STARTED', sentence } }
  }
  const how = endOfCode(ended.exitCode)
  // What has come to its end by itself has, whatever came after.
  if (ended.exitCode === 0) return { ...how, because: null }
  const disrupted = disruptionOf(pod)
  if (disrupted !== undefined) return { ...how, because: { outcome: 'RELEASED', sentence: disrupted } }
  if (ended.reason === 'OOMKilled') {
    return { ...how, because: { outcome: 'OUT_OF_MEMORY', sentence: tooMuchMemory(limits) } }
  }
  if (status?.reason === 'DeadlineExceeded') {
    return { ...how, because: { outcome: 'TIMED_OUT', sentence: 'The cluster ended the run after its time limit.' } }
  }
  // Where it was this worker, the shim knows the reason better.
  if (pod.metadata?.deletionTimestamp) return { ...how, because: { outcome: 'RELEASED', sentence: REMOVED } }
  if (unkept) return { ...how, because: { outcome: 'RELEASED', sentence: UNKEPT } }
  return { ...how, because: null }
}

const REMOVED = 'The pod was removed by somebody else.'
const UNKEPT = 'The cluster could not be reached for so long that the pod ended itself.'

function released(sentence: string): Exit {
  return { ...NEITHER, because: { outcome: 'RELEASED', sentence } }
}

function disruptionOf({ status }: V1Pod): string | undefined {
  const target = status?.conditions?.find(({ type, status }) => type === 'DisruptionTarget' && status === 'True')
  const reason = [status?.reason, target?.reason].find((name) => name !== undefined && name in DISRUPTED)
  if (reason === undefined && !target) return undefined
  const words = DISRUPTED[reason ?? ''] ?? `The cluster took the pod away (${target?.reason})`
  const message = status?.message ?? target?.message
  return message === undefined ? `${words}.` : `${words}: ${message}`
}

/** A kubelet may refuse a pod that the scheduler has sent, as when a GPU fell ill between the two. */
function refusalOf({ status }: V1Pod): string | undefined {
  if (status?.phase !== 'Failed' || status.reason === undefined) return undefined
  return `The node refused the pod (${status.reason}): ${status.message ?? 'it does not say why'}`
}

function tooMuchMemory({ memoryMb }: Limits): string {
  return memoryMb === null
    ? 'The node had no memory left, and the run was ended for that.'
    : `The run used more memory than its limit of ${memoryMb} MB.`
}
