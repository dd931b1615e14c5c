// What the signals of a GPU's health mean: pure, and in one place.
import type { FaultKind, Severity } from '../state.ts'
import { XIDS } from './xids.ts'

/** How a GPU is at the moment, as its worker says. */
export interface Levels {
  /** It does not answer: nothing else is known of it then. */
  lost: boolean
  temperatureC: number | null
  slowdownTemperatureC: number | null
  shutdownTemperatureC: number | null
  doubleBitEccErrors: number | null
  remapPending: boolean | null
  remapFailed: boolean | null
  recoveryAction: RecoveryAction | null
  strangers: readonly Stranger[]
}

export type RecoveryAction = 'NONE' | 'RESET' | 'REBOOT' | 'DRAIN_P2P' | 'DRAIN_AND_RESET'

/** A process on a GPU that belongs to no run. */
interface Stranger {
  pid: number
  name: string | null
}

/** Something is wrong. */
interface Finding {
  severity: Severity
  /** In a sentence. */
  message: string
}

/** What one signal tells: something is wrong, or in a sentence why nothing is, or nothing at all: then all stays as it was. */
export type Reading = Finding | { good: string } | 'unclear'

export const LEVEL_KINDS = [
  'lost',
  'ecc',
  'remap-pending',
  'remap-failed',
  'temperature',
  'recovery-action',
  'strangers',
] as const satisfies FaultKind[]
export type LevelKind = (typeof LEVEL_KINDS)[number]

/** How many degrees below its slowdown a GPU that was too hot has to cool. */
const COOL_BY_C = 10

/** What an XID means. One that we do not know is noted, and tells where to look it up. */
export function judgeXid(code: number): Finding {
  const known = XIDS[code]
  if (known) return { severity: known.severity, message: `XID ${code}: ${known.what}. ${known.help}` }
  return { severity: 'note', message: `XID ${code}: see NVIDIA's catalogue of XIDs for what it is.` }
}

/** What the levels mean, signal by signal. */
export function judgeLevels(levels: Levels): Record<LevelKind, Reading> {
  if (levels.lost) {
    const lost = { severity: 'fatal', message: 'It does not answer any more. A reset or a reboot may help.' } as const
    return { ...UNKNOWN, lost }
  }
  return {
    lost: { good: 'It answers again.' },
    ecc: judgeEcc(levels.doubleBitEccErrors),
    'remap-pending': judgeFlag(levels.remapPending, REMAP_PENDING),
    'remap-failed': judgeFlag(levels.remapFailed, REMAP_FAILED),
    temperature: judgeTemperature(levels),
    'recovery-action': judgeRecoveryAction(levels.recoveryAction),
    strangers: judgeStrangers(levels.strangers),
  }
}

const UNKNOWN: Record<LevelKind, Reading> = {
  lost: 'unclear',
  ecc: 'unclear',
  'remap-pending': 'unclear',
  'remap-failed': 'unclear',
  temperature: 'unclear',
  'recovery-action': 'unclear',
  strangers: 'unclear',
}

function judgeEcc(errors: number | null): Reading {
  if (errors === null) return 'unclear'
  if (errors === 0) return { good: 'Its memory has had no double-bit error since the driver was loaded.' }
  const counted = errors === 1 ? 'a double-bit error' : `${errors} double-bit errors`
  return {
    severity: 'drain',
    message: `Its memory has had ${counted} since the driver was loaded. A reset takes the bad rows out of use.`,
  }
}

const REMAP_PENDING = {
  bad: { severity: 'drain', message: 'A row of its memory is to be remapped: the next reset does that.' },
  good: 'No row of its memory waits to be remapped.',
} as const
const REMAP_FAILED = {
  bad: { severity: 'fatal', message: 'A row of its memory could not be remapped: the card is to be replaced.' },
  good: 'No row of its memory has failed to be remapped.',
} as const

function judgeFlag(flag: boolean | null, { bad, good }: { bad: Finding; good: string }): Reading {
  if (flag === null) return 'unclear'
  return flag ? bad : { good }
}

/** Between the slowdown and 10 °C below all stays as it was, so that a GPU at its limit does not come and go. */
function judgeTemperature({ temperatureC, slowdownTemperatureC, shutdownTemperatureC }: Levels): Reading {
  const slowdown = slowdownTemperatureC ?? shutdownTemperatureC
  if (temperatureC === null || slowdown === null) return 'unclear'
  if (shutdownTemperatureC !== null && temperatureC >= shutdownTemperatureC) {
    return { severity: 'fatal', message: tooHot(temperatureC, 'shuts itself down', shutdownTemperatureC) }
  }
  if (temperatureC >= slowdown) {
    return { severity: 'drain', message: tooHot(temperatureC, 'slows itself down', slowdown) }
  }
  if (temperatureC > slowdown - COOL_BY_C) return 'unclear'
  return { good: `It has cooled down to ${Math.round(temperatureC)} °C.` }
}

function tooHot(temperatureC: number, does: string, limitC: number): string {
  return `It was ${Math.round(temperatureC)} °C hot, and ${does} at ${Math.round(limitC)} °C. Look at its cooling.`
}

const ACTIONS: Readonly<Record<Exclude<RecoveryAction, 'NONE'>, string>> = {
  RESET: 'to be reset',
  REBOOT: 'its host to be rebooted',
  DRAIN_P2P: 'its traffic with other GPUs to be ended',
  DRAIN_AND_RESET: 'to be freed of all work and reset',
}

function judgeRecoveryAction(action: RecoveryAction | null): Reading {
  if (action === null) return 'unclear'
  if (action === 'NONE') return { good: 'The driver asks for nothing any more.' }
  return { severity: 'fatal', message: `It needs ${ACTIONS[action]}, as its driver says.` }
}

function judgeStrangers(strangers: readonly Stranger[]): Reading {
  const [first, ...others] = strangers
  if (!first) return { good: 'Nobody else uses it any more.' }
  const named = `${plainName(first.name)} (process ${first.pid})`
  if (others.length === 0) return { severity: 'drain', message: `${named} uses it and belongs to no run.` }
  const more = others.length === 1 ? 'one more' : `${others.length} more`
  return { severity: 'drain', message: `${named} and ${more} use it and belong to no run.` }
}

/** A name from a process, which may call itself anything. */
function plainName(name: string | null): string {
  const plain = (name ?? '').replace(/[\p{C}\s]+/gu, ' ').trim()
  return plain === '' ? 'A process' : [...plain].slice(0, 60).join('')
}
