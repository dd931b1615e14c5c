// The processes that hold a context on a device.
import type { Ask } from './ask.ts'
import { INSUFFICIENT_SIZE, isUnsupported, NvmlError, SUCCESS } from './errors.ts'
import { PROCESS_V3, readCount, readInstance, UNKNOWN_U64 } from './layouts.ts'

export type ProcessKind = keyof typeof CALLS

export interface ProcessInfo {
  /** The host's, also from within a container. */
  pid: number
  /** Null where NVML does not know it. */
  memoryBytes: number | null
  /** Null where the process is not on a MIG instance, or this user may not see which. */
  gpuInstanceId: number | null
  computeInstanceId: number | null
}

export interface Processes {
  /**
   * `mps` are the clients of a Multi-Process Service. nvmlDeviceGetComputeRunningProcesses_v3,
   * nvmlDeviceGetGraphicsRunningProcesses_v3, nvmlDeviceGetMPSComputeRunningProcesses_v3
   */
  processes(kind: ProcessKind): ProcessInfo[] | null
}

const CALLS = {
  compute: 'nvmlDeviceGetComputeRunningProcesses_v3',
  graphics: 'nvmlDeviceGetGraphicsRunningProcesses_v3',
  mps: 'nvmlDeviceGetMPSComputeRunningProcesses_v3',
} as const

/** Some drivers of version 530 to 535 wrote entries of 32 bytes through the same call, and nothing in the answer tells. */
const WIDE_ENTRY = 32
/** No number that these entries hold. */
const UNTOUCHED = 0x5a
const FIRST_CAPACITY = 32
/** More processes than a machine has would be a driver gone mad. */
const MOST_CAPACITY = 65_536

export function processesOf(ask: Ask): Processes {
  return {
    processes: (kind) => {
      for (let capacity = FIRST_CAPACITY; ; ) {
        const list = readList(ask, CALLS[kind], capacity)
        if (!('needed' in list)) return list.found
        // Others may start meanwhile.
        capacity = Math.max(list.needed, capacity) * 2
        if (capacity > MOST_CAPACITY) throw new NvmlError(CALLS[kind], INSUFFICIENT_SIZE)
      }
    },
  }
}

function readList(ask: Ask, call: string, capacity: number): { found: ProcessInfo[] | null } | { needed: number } {
  const count = Buffer.alloc(4)
  count.writeUInt32LE(capacity)
  // Room for the wide entries, so that a driver that writes those writes into nobody else's memory.
  const entries = Buffer.alloc(capacity * WIDE_ENTRY, UNTOUCHED)
  const answer = ask.library.call(call, ['handle', 'buffer', 'buffer'], ask.handle, count, entries)
  if (answer === INSUFFICIENT_SIZE) return { needed: count.readUInt32LE() }
  if (isUnsupported(answer)) return { found: null }
  if (answer !== SUCCESS) throw new NvmlError(call, answer)
  const found = Math.min(count.readUInt32LE(), capacity)
  const bytes = entryBytes(entries, found)
  return { found: Array.from({ length: found }, (_, index) => readProcess(entries.subarray(index * bytes))) }
}

/** How far the driver wrote tells how wide its entries are. */
function entryBytes(entries: Buffer, found: number): number {
  const beyond = entries.subarray(found * PROCESS_V3.size, found * WIDE_ENTRY)
  return beyond.every((byte) => byte === UNTOUCHED) ? PROCESS_V3.size : WIDE_ENTRY
}

function readProcess(at: Buffer): ProcessInfo {
  const unknown = at.readBigUInt64LE(PROCESS_V3.memory) === UNKNOWN_U64
  return {
    pid: at.readUInt32LE(PROCESS_V3.pid),
    memoryBytes: unknown ? null : readCount(at, PROCESS_V3.memory),
    gpuInstanceId: readInstance(at, PROCESS_V3.gpuInstance),
    computeInstanceId: readInstance(at, PROCESS_V3.computeInstance),
  }
}
