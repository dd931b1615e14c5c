// What tells a sick device.
import type { Ask } from './ask.ts'
import { FIELD, type FieldValues } from './field-values.ts'

export type EccError = keyof typeof ERRORS
export type EccCounter = keyof typeof COUNTERS
export type EccLocation = keyof typeof LOCATIONS
/** What NVIDIA advises to do about a GPU. */
export type RecoveryAction = 'none' | 'reset' | 'reboot' | 'drainP2p' | 'drainAndReset' | 'unknown'

export interface RemappedRows {
  /** Rows of memory replaced because of errors that could be corrected. */
  correctable: number
  /** Rows of memory replaced because of errors that could not. */
  uncorrectable: number
  /** A row waits for the next reset to be replaced. */
  pending: boolean
  /** A row could not be replaced. */
  failed: boolean
}

export interface Health {
  /**
   * Degrees Celsius at which it clocks down, or turns itself off. Not offered for GPUs from Ada on by the drivers
   * that dropped it. nvmlDeviceGetTemperatureThreshold
   */
  temperatureThresholdC(threshold: keyof typeof THRESHOLDS): number | null
  /** Since the driver was loaded (`volatile`), or ever (`aggregate`). nvmlDeviceGetTotalEccErrors */
  eccErrors(error: EccError, counter: EccCounter): number | null
  /** The same in one kind of memory. nvmlDeviceGetMemoryErrorCounter */
  eccErrorsIn(location: EccLocation, error: EccError, counter: EccCounter): number | null
  /** nvmlDeviceGetRemappedRows, from Ampere on */
  remappedRows(): RemappedRows | null
  /** Pages of memory wait for a reboot to be given up. nvmlDeviceGetRetiredPagesPendingStatus, before Ampere */
  retiredPagesPending(): boolean | null
  /** Field 230 of nvmlDeviceGetFieldValues */
  recoveryAction(): RecoveryAction | null
}

const THRESHOLDS = { shutdown: 0, slowdown: 1 } as const
const ERRORS = { corrected: 0, uncorrected: 1 } as const
const COUNTERS = { volatile: 0, aggregate: 1 } as const
const LOCATIONS = { l1Cache: 0, l2Cache: 1, deviceMemory: 2, registerFile: 3, textureMemory: 4, sram: 7 } as const
const ACTIONS = ['none', 'reset', 'reboot', 'drainP2p', 'drainAndReset'] as const

export function healthOf(ask: Ask, { fieldValues }: FieldValues): Health {
  return {
    temperatureThresholdC: (threshold) => ask.uint('nvmlDeviceGetTemperatureThreshold', THRESHOLDS[threshold]),
    eccErrors: (error, counter) => ask.count('nvmlDeviceGetTotalEccErrors', ERRORS[error], COUNTERS[counter]),
    eccErrorsIn: (location, error, counter) =>
      ask.count('nvmlDeviceGetMemoryErrorCounter', ERRORS[error], COUNTERS[counter], LOCATIONS[location]),
    remappedRows: () => readRemappedRows(ask),
    retiredPagesPending: () => {
      const pending = ask.uint('nvmlDeviceGetRetiredPagesPendingStatus')
      return pending === null ? null : pending !== 0
    },
    recoveryAction: () => {
      const value = fieldValues([FIELD.recoveryAction])[0]?.value ?? null
      return value === null ? null : (ACTIONS[value] ?? 'unknown')
    },
  }
}

function readRemappedRows({ library, handle }: Ask): RemappedRows | null {
  const results = Buffer.alloc(16)
  const [correctable, uncorrectable, pending, failed] = [0, 4, 8, 12].map((at) => results.subarray(at, at + 4))
  if (!correctable || !uncorrectable || !pending || !failed) return null
  const signature = ['handle', 'buffer', 'buffer', 'buffer', 'buffer'] as const
  const given = [handle, correctable, uncorrectable, pending, failed]
  if (!library.offers('nvmlDeviceGetRemappedRows', signature, ...given)) return null
  return {
    correctable: results.readUInt32LE(0),
    uncorrectable: results.readUInt32LE(4),
    pending: results.readUInt32LE(8) !== 0,
    failed: results.readUInt32LE(12) !== 0,
  }
}
