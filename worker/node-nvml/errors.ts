// NVML's return codes, as its documentation names them.

/** Those that mean something to a caller; the others are named by their number alone. */
const NAMES = {
  1: 'UNINITIALIZED',
  2: 'INVALID_ARGUMENT',
  3: 'NOT_SUPPORTED',
  4: 'NO_PERMISSION',
  6: 'NOT_FOUND',
  7: 'INSUFFICIENT_SIZE',
  9: 'DRIVER_NOT_LOADED',
  10: 'TIMEOUT',
  12: 'LIBRARY_NOT_FOUND',
  13: 'FUNCTION_NOT_FOUND',
  15: 'GPU_IS_LOST',
  16: 'RESET_REQUIRED',
  17: 'OPERATING_SYSTEM',
  18: 'LIB_RM_VERSION_MISMATCH',
  25: 'ARGUMENT_VERSION_MISMATCH',
  28: 'GPU_NOT_FOUND',
  999: 'UNKNOWN',
} as const

export type NvmlCode = (typeof NAMES)[keyof typeof NAMES] | `CODE_${number}`

/** What a person can do something with. */
const SENTENCES: Partial<Record<NvmlCode, string>> = {
  UNINITIALIZED: 'NVML is not started, or the NVIDIA driver was loaded anew since it was.',
  DRIVER_NOT_LOADED: 'The NVIDIA driver is not loaded.',
  LIBRARY_NOT_FOUND: 'NVIDIA’s management library (libnvidia-ml) could not be loaded: there is no NVIDIA driver here.',
  LIB_RM_VERSION_MISMATCH: 'The NVIDIA driver and its library are of different versions; restart the machine.',
  GPU_IS_LOST: 'The GPU has fallen off the bus, or is not reachable.',
  RESET_REQUIRED: 'The GPU has to be reset before it can be used.',
  NO_PERMISSION: 'This user may not ask that of the GPU.',
}

/** A call that NVML did not answer with success. */
export class NvmlError extends Error {
  /** The C function, `dlopen`, or the request of a monitor. */
  readonly call: string
  /** NVML's own number for it. */
  readonly number: number
  readonly code: NvmlCode

  /** `sentence` is said in place of the code's own. */
  constructor(call: string, number: number, { cause, sentence }: { cause?: unknown; sentence?: string } = {}) {
    const code = nameOf(number)
    const message = sentence ?? SENTENCES[code] ?? `${call} answered ${code} (${number}).`
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'NvmlError'
    this.call = call
    this.number = number
    this.code = code
  }
}

export const SUCCESS = 0
export const UNINITIALIZED = 1
const NOT_SUPPORTED = 3
const NO_PERMISSION = 4
export const NOT_FOUND = 6
export const INSUFFICIENT_SIZE = 7
const DRIVER_NOT_LOADED = 9
export const TIMEOUT = 10
export const LIBRARY_NOT_FOUND = 12
export const FUNCTION_NOT_FOUND = 13
const GPU_IS_LOST = 15
export const RESET_REQUIRED = 16
const LIB_RM_VERSION_MISMATCH = 18
const ARGUMENT_VERSION_MISMATCH = 25
export const UNKNOWN = 999

/** True for the answers by which a card says that it does not offer something: the rest of a sample is still good. */
export function isUnsupported(number: number): boolean {
  return (
    number === NOT_SUPPORTED ||
    number === NO_PERMISSION ||
    number === FUNCTION_NOT_FOUND ||
    number === ARGUMENT_VERSION_MISMATCH
  )
}

/** True for the answers of a GPU that no call will reach until something is done about it. */
export function isLost(number: number): boolean {
  return number === GPU_IS_LOST || number === RESET_REQUIRED
}

/** True for the answers after which no GPU can be asked: the library has to be opened anew. */
export function isDriverGone(number: number): boolean {
  return (
    number === UNINITIALIZED ||
    number === DRIVER_NOT_LOADED ||
    number === LIBRARY_NOT_FOUND ||
    number === LIB_RM_VERSION_MISMATCH
  )
}

function nameOf(number: number): NvmlCode {
  return isNamed(number) ? NAMES[number] : `CODE_${number}`
}

function isNamed(number: number): number is keyof typeof NAMES {
  return Object.hasOwn(NAMES, number)
}
