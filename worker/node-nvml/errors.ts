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
  18: 'LIB_RM_VERSION_MISMATCH',
  25: 'ARGUMENT_VERSION_MISMATCH',
  999: 'UNKNOWN',
} as const

export type NvmlCode = (typeof NAMES)[keyof typeof NAMES] | `CODE_${number}`

/** What a person can do something with. */
const SENTENCES: Partial<Record<NvmlCode, string>> = {
  DRIVER_NOT_LOADED: 'The NVIDIA driver is not loaded.',
  LIBRARY_NOT_FOUND: 'NVIDIA’s management library (libnvidia-ml) could not be loaded: there is no NVIDIA driver here.',
  LIB_RM_VERSION_MISMATCH: 'The NVIDIA driver and its library are of different versions; restart the machine.',
  GPU_IS_LOST: 'The GPU has fallen off the bus, or is not reachable.',
  RESET_REQUIRED: 'The GPU has to be reset before it can be used.',
  NO_PERMISSION: 'This user may not ask that of the GPU.',
}

/** A call that NVML did not answer with success. */
export class NvmlError extends Error {
  /** The C function, or `dlopen`. */
  readonly call: string
  /** NVML's own number for it. */
  readonly number: number
  readonly code: NvmlCode

  constructor(call: string, number: number, cause?: unknown) {
    const code = nameOf(number)
    super(SENTENCES[code] ?? `${call} answered ${code} (${number}).`, cause === undefined ? undefined : { cause })
    this.name = 'NvmlError'
    this.call = call
    this.number = number
    this.code = code
  }
}

export const SUCCESS = 0
const NOT_SUPPORTED = 3
const NO_PERMISSION = 4
export const LIBRARY_NOT_FOUND = 12
export const FUNCTION_NOT_FOUND = 13
const ARGUMENT_VERSION_MISMATCH = 25

/** True for the answers by which a card says that it does not offer something: the rest of a sample is still good. */
export function isUnsupported(number: number): boolean {
  return [NOT_SUPPORTED, NO_PERMISSION, FUNCTION_NOT_FOUND, ARGUMENT_VERSION_MISMATCH].includes(number)
}

function nameOf(number: number): NvmlCode {
  return isNamed(number) ? NAMES[number] : `CODE_${number}`
}

function isNamed(number: number): number is keyof typeof NAMES {
  return Object.hasOwn(NAMES, number)
}
