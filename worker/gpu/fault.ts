// What can be made to go wrong with a simulated GPU, in words: `xid:79`, `lost`, `recovery:reset`.
import * as v from 'valibot'
import type { RecoveryAction } from './provider.ts'

export type Fault =
  | { kind: 'xid'; code: number }
  | { kind: 'lost' | 'ecc' | 'hot' | 'remap' | 'remap-failed' | 'stranger' | 'heal' }
  | { kind: 'recovery'; action: RecoveryAction }

/** For whoever types them. */
export const FAULT_WORDS =
  'xid <number>, lost, ecc, hot, remap, remap-failed, recovery reset|reboot|drain-p2p|drain-and-reset, stranger, heal'

const RECOVERY = {
  reset: 'RESET',
  reboot: 'REBOOT',
  'drain-p2p': 'DRAIN_P2P',
  'drain-and-reset': 'DRAIN_AND_RESET',
} as const

const xid = v.pipe(
  v.string(),
  v.regex(/^xid:[1-9]\d{0,2}$/),
  v.transform((word): Fault => ({ kind: 'xid', code: Number(word.slice(4)) })),
)
const recovery = v.pipe(
  v.string(),
  v.startsWith('recovery:'),
  v.transform((word) => word.slice('recovery:'.length)),
  v.picklist(['reset', 'reboot', 'drain-p2p', 'drain-and-reset']),
  v.transform((action): Fault => ({ kind: 'recovery', action: RECOVERY[action] })),
)
const plain = v.pipe(
  v.picklist(['lost', 'ecc', 'hot', 'remap', 'remap-failed', 'stranger', 'heal']),
  v.transform((kind): Fault => ({ kind })),
)

/** A fault of its word. */
export const fault = v.union([xid, recovery, plain], `must be one of ${FAULT_WORDS}`)

/** A fault that a run brings upon its GPU, so many seconds after its start. */
export interface TimedFault {
  word: string
  afterSeconds: number
}

const MOST_FAULTS = 8
const LONGEST_TEXT = 1_024

/**
 * What `SIMULATED_GPU_FAULT` of a run's environment asks for, such as `xid:79@5,hot@60`: nothing where it makes no
 * sense, and for any attempt but the first, which would else destroy one GPU after the other.
 */
export function faultsOfRun(environment: Readonly<Record<string, string>>): TimedFault[] {
  const { SIMULATED_GPU_FAULT: text = '', CONSTELLATION_ATTEMPT: attempt = '1' } = environment
  if (attempt !== '1' || text.length > LONGEST_TEXT) return []
  const faults = text.split(',').map(readTimed)
  return faults.length <= MOST_FAULTS ? faults.flatMap((timed) => timed ?? []) : []
}

function readTimed(text: string): TimedFault | undefined {
  const [, word, seconds] = /^\s*([a-z0-9:-]+)@(\d{1,7}(?:\.\d{1,3})?)\s*$/.exec(text) ?? []
  if (word === undefined || seconds === undefined || !v.is(fault, word)) return undefined
  return { word, afterSeconds: Number(seconds) }
}
