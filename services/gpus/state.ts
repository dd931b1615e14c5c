// What a GPU is good for at this moment, and why: decided from what is known of it, of its worker, and of its faults.
import type { Gpu, Worker } from './entities.ts'
import type { GpuState } from './generated/resolvers.ts'
import { FRESH_MS } from './telemetry/telemetry.ts'

/** As much of a fault that stands as matters here. */
export interface Standing {
  kind: FaultKind
  severity: Severity
  message: string
}
export type FaultKind =
  | 'xid'
  | 'ecc'
  | 'remap-pending'
  | 'remap-failed'
  | 'temperature'
  | 'lost'
  | 'recovery-action'
  | 'strangers'
export type Severity = 'note' | 'drain' | 'fatal'

type Cordoned = Pick<Gpu, 'cordon' | 'cordonReason'>

interface Known {
  gpu: Pick<Gpu, 'present' | 'health'> & Cordoned
  worker: Pick<Worker, 'lastSeenAt'> & Cordoned
  /** The faults of the GPU that stand, the worst first. */
  faults: readonly Standing[]
  /** True where a run holds it, as far as telemetry tells. */
  isHeld: boolean
}

/** The state of a GPU: of several that apply the first in the contract's order; and a sentence that says why. */
export function stateOf({ gpu, worker, faults, isHeld }: Known): { state: GpuState; reason: string | null } {
  if (!gpu.present) return { state: 'MISSING', reason: MISSING }
  if (!isOnline(worker)) return { state: 'UNREACHABLE', reason: silence(worker.lastSeenAt) }
  const ailments = faults.filter(({ kind }) => kind !== 'strangers')
  if (ailments.length > 0) {
    const isEnding = gpu.health === 'suspect' && isHeld
    return { state: isEnding ? 'DRAINING' : 'UNHEALTHY', reason: sentencesOf(ailments) }
  }
  const cordon = cordonOf(gpu, worker)
  if (cordon) return cordon
  if (faults.length > 0) return { state: 'OCCUPIED', reason: sentencesOf(faults) }
  return { state: 'AVAILABLE', reason: null }
}

/** A drain before a cordon, and the GPU's own before its worker's. */
function cordonOf(gpu: Cordoned, worker: Cordoned): { state: GpuState; reason: string } | null {
  const words = [whyCordoned('It', gpu), whyCordoned('Its worker', worker)]
  const modes = [gpu.cordon, worker.cordon]
  for (const mode of ['drain', 'cordon'] as const) {
    const reason = words[modes.indexOf(mode)]
    if (reason) return { state: mode === 'drain' ? 'DRAINING' : 'CORDONED', reason }
  }
  return null
}

/** Why a GPU must not be given runs, or null where it may: what its worker's cordon says is told of the worker. */
export function whyOutOfService(gpu: Known['gpu'], faults: readonly Standing[]): string | null {
  if (!gpu.present) return MISSING
  if (gpu.health !== 'healthy') return sentencesOf(faults)
  return whyCordoned('It', gpu)
}

/** True where the worker was heard of within the last 30 seconds. */
export function isOnline({ lastSeenAt }: Pick<Worker, 'lastSeenAt'>): boolean {
  return lastSeenAt.getTime() >= Date.now() - FRESH_MS
}

const MISSING = 'Its worker no longer finds it.'

/** What its operator said, in a sentence about `subject`; null where nothing was said. */
export function whyCordoned(subject: 'It' | 'Its worker', { cordon, cordonReason }: Cordoned): string | null {
  if (cordon === null || cordon === undefined) return null
  return `${subject} is ${cordon === 'drain' ? 'draining' : 'cordoned'}: ${cordonReason}`
}

function silence(lastSeenAt: Date): string {
  return `Its worker has not been heard of since ${lastSeenAt.toISOString()}.`
}

/** More than this is for the list of faults to tell. */
const MOST_SENTENCES = 3

/** What the faults say, the worst first, in a few sentences. */
export function sentencesOf(faults: readonly { message: string }[]): string {
  const told = faults.slice(0, MOST_SENTENCES).map(({ message }) => message)
  const more = faults.length - told.length
  return [...told, ...(more > 0 ? [`There are ${more} more.`] : [])].join(' ')
}
