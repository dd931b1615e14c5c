// GPUs that are split (MIG): instances that are devices of their own, with memory and cores of their own.
import type { Ask } from './ask.ts'
import type { NvmlDevice } from './device.ts'
import { isUnsupported, NOT_FOUND, NvmlError, SUCCESS } from './errors.ts'
import { ATTRIBUTES, readCount } from './layouts.ts'

export interface Attributes {
  multiprocessors: number
  copyEngines: number
  decoders: number
  encoders: number
  jpegEngines: number
  opticalFlowEngines: number
  gpuInstanceSlices: number
  computeInstanceSlices: number
  memoryMiB: number
}

export interface Mig {
  /** Whether it is split, and whether it will be after a reset; null where it cannot be. nvmlDeviceGetMigMode */
  migMode(): { current: boolean; pending: boolean } | null
  /** How many instances it may have: those that it has are at some of the indexes below. nvmlDeviceGetMaxMigDeviceCount */
  maxMigDevices(): number | null
  /** Null where there is no instance at this index. nvmlDeviceGetMigDeviceHandleByIndex */
  migDevice(index: number): NvmlDevice | null
  /** True for an instance. nvmlDeviceIsMigDeviceHandle */
  isMigDevice(): boolean
  /** What an instance has of its GPU. nvmlDeviceGetAttributes_v2 */
  attributes(): Attributes | null
  /** Of an instance. nvmlDeviceGetGpuInstanceId */
  gpuInstanceId(): number | null
  /** Of an instance. nvmlDeviceGetComputeInstanceId */
  computeInstanceId(): number | null
  /** The GPU of an instance. @throws NvmlError for others. nvmlDeviceGetDeviceHandleFromMigDeviceHandle */
  parent(): NvmlDevice
}

export function migOf(ask: Ask, deviceOf: (handle: number) => NvmlDevice): Mig {
  return {
    migMode: () => {
      const [current, pending] = [Buffer.alloc(4), Buffer.alloc(4)]
      const signature = ['handle', 'buffer', 'buffer'] as const
      const offered = ask.library.offers('nvmlDeviceGetMigMode', signature, ask.handle, current, pending)
      return offered ? { current: current.readUInt32LE() !== 0, pending: pending.readUInt32LE() !== 0 } : null
    },
    maxMigDevices: () => ask.uint('nvmlDeviceGetMaxMigDeviceCount'),
    migDevice: (index) => {
      const call = 'nvmlDeviceGetMigDeviceHandleByIndex'
      const handle = Buffer.alloc(8)
      const answer = ask.answer(call, handle, index)
      if (answer === SUCCESS) return deviceOf(readCount(handle, 0))
      if (answer === NOT_FOUND || isUnsupported(answer)) return null
      throw new NvmlError(call, answer)
    },
    isMigDevice: () => ask.uint('nvmlDeviceIsMigDeviceHandle') === 1,
    attributes: () => {
      const buffer = ask.struct('nvmlDeviceGetAttributes_v2', ATTRIBUTES.size)
      return buffer && readAttributes(buffer)
    },
    gpuInstanceId: () => ask.uint('nvmlDeviceGetGpuInstanceId'),
    computeInstanceId: () => ask.uint('nvmlDeviceGetComputeInstanceId'),
    parent: () => {
      const handle = Buffer.alloc(8)
      const call = 'nvmlDeviceGetDeviceHandleFromMigDeviceHandle'
      ask.library.must(call, ['handle', 'buffer'], ask.handle, handle)
      return deviceOf(readCount(handle, 0))
    },
  }
}

function readAttributes(buffer: Buffer): Attributes {
  return {
    multiprocessors: buffer.readUInt32LE(ATTRIBUTES.multiprocessors),
    copyEngines: buffer.readUInt32LE(ATTRIBUTES.copyEngines),
    decoders: buffer.readUInt32LE(ATTRIBUTES.decoders),
    encoders: buffer.readUInt32LE(ATTRIBUTES.encoders),
    jpegEngines: buffer.readUInt32LE(ATTRIBUTES.jpegEngines),
    opticalFlowEngines: buffer.readUInt32LE(ATTRIBUTES.opticalFlowEngines),
    gpuInstanceSlices: buffer.readUInt32LE(ATTRIBUTES.gpuInstanceSlices),
    computeInstanceSlices: buffer.readUInt32LE(ATTRIBUTES.computeInstanceSlices),
    memoryMiB: readCount(buffer, ATTRIBUTES.memoryMiB),
  }
}
