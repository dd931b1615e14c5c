// What NVML tells by itself: faults (XID), errors of memory, a GPU that goes away.
import { deviceOf, type NvmlDevice } from './device.ts'
import { isUnsupported, NvmlError, SUCCESS, TIMEOUT } from './errors.ts'
import { EVENT_DATA, readCount, readInstance } from './layouts.ts'
import type { Library } from './library.ts'

const TYPES = {
  singleBitEcc: 0x1,
  doubleBitEcc: 0x2,
  xid: 0x8,
  gpuUnavailable: 0x4000,
  recoveryAction: 0x8000,
} as const

export type EventType = keyof typeof TYPES

const NAMES = Object.keys(TYPES).filter(isEventType)

export interface NvmlEvent {
  device: NvmlDevice
  type: EventType
  /** NVIDIA's number of the fault; null for other types. */
  xid: number | null
  /** Of the MIG instance; null for none. */
  gpuInstanceId: number | null
  computeInstanceId: number | null
}

export interface EventSet {
  /**
   * From now on events of the device are waited for: those of the types asked for (all by default) that it offers,
   * which are the answer. nvmlDeviceGetSupportedEventTypes, nvmlDeviceRegisterEvents
   */
  register(device: NvmlDevice, types?: readonly EventType[]): EventType[]
  /**
   * Blocks the thread until there is an event, or for so long: then null, as for events of other types.
   * @throws NvmlError GPU_IS_LOST when a registered GPU is lost. nvmlEventSetWait_v2
   */
  wait(timeLimitMs: number): NvmlEvent | null
  /** nvmlEventSetFree */
  free(): void
}

/** nvmlEventSetCreate */
export function openEventSet(library: Library): EventSet {
  const created = Buffer.alloc(8)
  library.must('nvmlEventSetCreate', ['buffer'], created)
  const set = readCount(created, 0)
  const data = Buffer.alloc(EVENT_DATA.size)
  return {
    register: (device, types = NAMES) => {
      const supported = Buffer.alloc(8)
      const signature = ['handle', 'buffer'] as const
      if (!library.offers('nvmlDeviceGetSupportedEventTypes', signature, device.handle, supported)) return []
      const offered = types.filter((type) => (readCount(supported, 0) & TYPES[type]) !== 0)
      if (offered.length === 0) return []
      const mask = offered.reduce((bits, type) => bits | TYPES[type], 0)
      const call = 'nvmlDeviceRegisterEvents'
      const answer = library.call(call, ['handle', 'ull', 'handle'], device.handle, mask, set)
      if (answer !== SUCCESS && !isUnsupported(answer)) throw new NvmlError(call, answer)
      return answer === SUCCESS ? offered : []
    },
    wait: (timeLimitMs) => {
      const call = 'nvmlEventSetWait_v2'
      const answer = library.call(call, ['handle', 'buffer', 'uint'], set, data, timeLimitMs)
      if (answer === TIMEOUT) return null
      if (answer !== SUCCESS) throw new NvmlError(call, answer)
      return readEvent(library, data)
    },
    free: () => library.must('nvmlEventSetFree', ['handle'], set),
  }
}

function readEvent(library: Library, data: Buffer): NvmlEvent | null {
  const bits = readCount(data, EVENT_DATA.type)
  const type = NAMES.find((name) => TYPES[name] === bits)
  if (!type) return null
  return {
    device: deviceOf(library, readCount(data, EVENT_DATA.device)),
    type,
    xid: type === 'xid' ? readCount(data, EVENT_DATA.data) : null,
    gpuInstanceId: readInstance(data, EVENT_DATA.gpuInstance),
    computeInstanceId: readInstance(data, EVENT_DATA.computeInstance),
  }
}

function isEventType(name: string): name is EventType {
  return Object.hasOwn(TYPES, name)
}
