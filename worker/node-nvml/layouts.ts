// Where NVML's structs keep what: sizes and byte offsets of its header on 64-bit machines. A versioned struct tells
// its size and version in its first field, and NVML refuses what it does not know.

export const MEMORY_V1 = { size: 24, total: 0, free: 8, used: 16 } as const
export const MEMORY_V2 = { size: 40, version: 0x02000028, total: 8, reserved: 16, free: 24, used: 32 } as const
export const UTILISATION = { size: 8, gpu: 0, memory: 4 } as const
export const TEMPERATURE_V1 = { size: 12, version: 0x0100000c, sensor: 4, temperature: 8 } as const
export const PCI_V3 = {
  size: 68,
  domain: 16,
  bus: 20,
  device: 24,
  deviceId: 28,
  subsystemId: 32,
  busId: 36,
} as const
export const PROCESS_V3 = { size: 24, pid: 0, memory: 8, gpuInstance: 16, computeInstance: 20 } as const
export const EVENT_DATA = { size: 32, device: 0, type: 8, data: 16, gpuInstance: 24, computeInstance: 28 } as const
export const FIELD_VALUE = {
  size: 40,
  id: 0,
  scope: 4,
  timestamp: 8,
  latency: 16,
  valueType: 24,
  returnCode: 28,
  value: 32,
} as const
export const ATTRIBUTES = {
  size: 40,
  multiprocessors: 0,
  copyEngines: 4,
  decoders: 8,
  encoders: 12,
  jpegEngines: 16,
  opticalFlowEngines: 20,
  gpuInstanceSlices: 24,
  computeInstanceSlices: 28,
  memoryMiB: 32,
} as const

/** Of UUIDs and names. */
export const NAME_BYTES = 96
/** Of the versions of driver and library. */
export const VERSION_BYTES = 80
export const SENSOR_GPU = 0
export const CLOCKS = { sm: 1, memory: 2 } as const
export const ECC_UNCORRECTED = 1
export const ECC_VOLATILE = 0
/** All-ones: NVML does not know the value. */
export const UNKNOWN_U64 = 0xffff_ffff_ffff_ffffn
/** All-ones: not a MIG instance. */
const NO_INSTANCE = 0xffff_ffff

/** A number of 64 bits: exact below 2^53, which counts of bytes and millijoules do not reach. */
export function readCount(buffer: Buffer, offset: number): number {
  return Number(buffer.readBigUInt64LE(offset))
}

/** A C string. */
export function readText(buffer: Buffer): string {
  const end = buffer.indexOf(0)
  return buffer.toString('utf8', 0, end === -1 ? buffer.length : end)
}

/** The number of a MIG instance; null for none. */
export function readInstance(buffer: Buffer, offset: number): number | null {
  const id = buffer.readUInt32LE(offset)
  return id === NO_INSTANCE ? null : id
}
