// Steers the GPUs of a fake library, also those that another process sees: they share a file.
import { resolve } from 'node:path'
import koffi from 'koffi'

/** What can be set of a GPU. Bytes, milliwatts, degrees Celsius, MHz, millijoules, percent; flags are 0 or 1. */
export const VALUES = [
  'utilisation',
  'memory-utilisation',
  'memory-used',
  'memory-reserved',
  'memory-total',
  'power',
  'power-limit',
  'temperature',
  'memory-temperature',
  'sm-clock',
  'memory-clock',
  'energy',
  'throttle',
  'fan',
  'performance-state',
  'slowdown',
  'shutdown',
  'ecc-single',
  'ecc-double',
  'ecc-double-ever',
  'remap-correctable',
  'remap-uncorrectable',
  'remap-pending',
  'remap-failure',
  'retired-pending',
  'recovery-action',
  'mig-pending',
  'capability',
] as const

export type FakeValue = (typeof VALUES)[number]

export interface FakeInstance {
  gpuInstanceId?: number
  computeInstanceId?: number
}

/** Every function throws a RangeError for a GPU, a call or a number that the library does not know. */
export interface Fake {
  readonly path: string
  /** How many GPUs there are (up to 16), and which. */
  configure(what: { gpus: number; name?: string; memoryMiB?: number }): void
  /** `alive`: it changes by itself, as at first. */
  set(gpu: number, what: FakeValue, value: number | 'alive'): void
  /** From now on this C function answers this code, on one GPU, or on `all` and without a GPU. 0 ends that. */
  answer(gpu: number | 'all', call: string, code: number): void
  /** The GPU falls off the bus (15), or has to be reset (16). */
  lose(gpu: number, code?: number): void
  /** It comes back, without its faults and processes. */
  heal(gpu: number): void
  /** From now on all calls answer that the driver is not loaded (9), or another code. */
  unplug(code?: number): void
  /** The driver is back: whoever had it open has to open it again. */
  plug(): void
  /** So many microseconds that each call takes; also those that sleep now. */
  delay(microseconds: number): void
  xid(gpu: number, xid: number, instance?: FakeInstance): void
  /** `type` is NVML's bit. */
  event(gpu: number, type: number, data: number, instance?: FakeInstance): void
  /** `memoryMiB` null: NVML does not know it. */
  process(gpu: number, process: FakeProcess): void
  endProcess(gpu: number, pid: number): void
  /** Splits a GPU; 0 makes it whole. The instances have the GPU instance ids 7, 8, … */
  mig(gpu: number, instances: number, memoryMiB?: number): void
  /** Where an NVLink ends. */
  link(gpu: number, link: number, end: number | 'switch' | 'none'): void
  /** All values, answers and links as at first. */
  reset(): void
  /** How often this process started the library and did not shut it down. */
  started(): number
  /** How many calls sleep now because of the delay. */
  sleeping(): number
  /** How many calls there were, of all processes. */
  calls(): number
  unload(): void
}

export interface FakeProcess extends FakeInstance {
  pid: number
  memoryMiB: number | null
  kind?: 'compute' | 'graphics' | 'mps'
}

const KINDS = { compute: 0, graphics: 1, mps: 2 } as const
const BYTES_PER_MIB = 2 ** 20
const XID = 8
const SWITCH = 255
const NO_INSTANCE = 0xffff_ffff
const ALIVE = -(2n ** 63n)
const DEFAULT_MODEL = { name: 'NVIDIA A100-SXM4-80GB', memoryMiB: 81_920 } as const

/** Loads a library that `buildFake` made. */
export function steerFake(path: string): Fake {
  const library = koffi.load(resolve(path))
  const native = (name: string, ...parameters: string[]) => {
    const call = library.func(name, 'int', parameters)
    return (...given: (number | bigint | string)[]) => {
      if (Number(call(...given)) !== 0) throw new RangeError(`${name}(${given.join(', ')}) is not possible.`)
    }
  }
  const configure = native('fake_configure', 'int', 'str', 'int64_t')
  const set = native('fake_set', 'int', 'str', 'int64_t')
  const answer = native('fake_answer', 'int', 'str', 'int')
  const lose = native('fake_lose', 'int', 'int')
  const unplug = native('fake_unplug', 'int')
  const event = native('fake_event', 'int', 'int64_t', 'int64_t', 'uint32_t', 'uint32_t')
  const process = native('fake_process', 'int', 'int', 'int', 'int64_t', 'uint32_t', 'uint32_t')
  const mig = native('fake_mig', 'int', 'int', 'int64_t')
  const link = native('fake_link', 'int', 'int', 'int')
  const started = library.func('int fake_started(void)')
  const sleeping = library.func('int fake_sleeping(void)')
  const calls = library.func('int64_t fake_calls(void)')
  const happen: Fake['event'] = (gpu, type, data, instance = {}) =>
    event(gpu, type, data, instance.gpuInstanceId ?? NO_INSTANCE, instance.computeInstanceId ?? NO_INSTANCE)
  return {
    path,
    configure: ({ gpus, name = DEFAULT_MODEL.name, memoryMiB = DEFAULT_MODEL.memoryMiB }) =>
      configure(gpus, name, memoryMiB * BYTES_PER_MIB),
    set: (gpu, what, value) => set(gpu, what, value === 'alive' ? ALIVE : value),
    answer: (gpu, call, code) => answer(gpu === 'all' ? -1 : gpu, call, code),
    lose: (gpu, code = 15) => lose(gpu, code),
    heal: native('fake_heal', 'int'),
    unplug: (code = 9) => unplug(code),
    plug: native('fake_plug'),
    delay: native('fake_delay', 'int64_t'),
    xid: (gpu, xid, instance) => happen(gpu, XID, xid, instance),
    event: happen,
    process: (gpu, { pid, memoryMiB, kind = 'compute', gpuInstanceId, computeInstanceId }) => {
      const memory = memoryMiB === null ? -1 : memoryMiB * BYTES_PER_MIB
      process(gpu, KINDS[kind], pid, memory, gpuInstanceId ?? NO_INSTANCE, computeInstanceId ?? NO_INSTANCE)
    },
    endProcess: native('fake_end_process', 'int', 'int'),
    mig: (gpu, instances, memoryMiB = 9_984) => mig(gpu, instances, memoryMiB),
    link: (gpu, number, end) => link(gpu, number, end === 'switch' ? SWITCH : end === 'none' ? -1 : end),
    reset: native('fake_reset'),
    started: () => Number(started()),
    sleeping: () => Number(sleeping()),
    calls: () => Number(calls()),
    unload: () => library.unload(),
  }
}
