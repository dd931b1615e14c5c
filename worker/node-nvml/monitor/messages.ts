// What the monitor and its threads say to each other.
import { NvmlError } from '../errors.ts'
import type { GpuEvent, GpuHealth, GpuProcess, GpuSample, MachineDescription } from '../monitor.ts'

/** The requests, and what they are answered with. */
export interface Answers {
  describe: MachineDescription
  sample: readonly GpuSample[]
  processes: readonly GpuProcess[]
  health: readonly GpuHealth[]
}

export type Kind = keyof Answers

/** An NvmlError, as it travels between threads. */
export interface Failure {
  call: string
  number: number
  message: string
}

export type Reply = { [K in Kind]: { kind: K; value: Answers[K] } }[Kind]

export type FromRequestsThread =
  | { type: 'opened' }
  | { type: 'not opened'; failure: Failure }
  | { type: 'answered'; reply: Reply }
  | { type: 'failed'; kind: Kind; failure: Failure }

export type ToRequestsThread = Kind | 'close'

/** `listening`: from now on no event is missed. */
export type FromEventsThread = { type: 'listening' } | { type: 'event'; event: GpuEvent }

export interface ThreadData {
  library: string
  /** See the places below. */
  control: Int32Array
}

/** Places in the memory that the threads share. */
export const CLOSING = 0
/** Counts up when the GPUs or their handles changed, so that events are asked for anew. */
export const GENERATION = 1
export const CONTROL_PLACES = 2

export function failureOf(error: unknown): Failure {
  if (error instanceof NvmlError) return { call: error.call, number: error.number, message: error.message }
  throw error
}

export function errorOf({ call, number, message }: Failure): NvmlError {
  return new NvmlError(call, number, { sentence: message })
}
