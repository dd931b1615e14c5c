// What can be asked of one GPU. Layouts are those of NVML's header for 64-bit machines; every metric
// that a card does not offer is null, and every other failure an NvmlError.
import type { Library } from './library.ts'

export interface Memory {
  totalBytes: number
  /** What drivers and programs use. Where `reservedBytes` is null, it counts what the driver reserves. */
  usedBytes: number
  freeBytes: number
  reservedBytes: number | null
}

export interface PciInfo {
  /** Such as `00000000:65:00.0`. */
  busId: string
  domain: number
  bus: number
  device: number
  /** Device and vendor, 16 bits each, the vendor being the lower. */
  deviceId: number
  subsystemId: number
}

export interface NvmlDevice {
  /** The same across reboots. nvmlDeviceGetUUID */
  uuid(): string
  /** The model. nvmlDeviceGetName */
  name(): string
  /** nvmlDeviceGetMemoryInfo_v2, or nvmlDeviceGetMemoryInfo */
  memory(): Memory | null
  /** Percent of the time since the last reading, of the cores and of the memory. nvmlDeviceGetUtilizationRates */
  utilisation(): { gpuPercent: number; memoryPercent: number } | null
  /** Degrees Celsius. nvmlDeviceGetTemperatureV, or nvmlDeviceGetTemperature */
  temperatureC(): number | null
  /** nvmlDeviceGetPowerUsage */
  powerMilliwatts(): number | null
  /** nvmlDeviceGetClockInfo */
  clockMhz(clock: 'sm' | 'memory'): number | null
  /** Since the driver was loaded. nvmlDeviceGetTotalEnergyConsumption */
  energyMillijoules(): number | null
  /** nvmlDeviceGetCudaComputeCapability */
  computeCapability(): { major: number; minor: number } | null
  /** nvmlDeviceGetPciInfo_v3 */
  pci(): PciInfo | null
}

/** The size of a versioned struct, and its version: NVML refuses what it does not know. */
const MEMORY_V2 = { size: 40, version: 0x02000028 }
const TEMPERATURE_V1 = { size: 12, version: 0x0100000c }
const CLOCKS = { sm: 1, memory: 2 } as const
const SENSOR_GPU = 0
const NAME_BYTES = 96

/** `device` is NVML's handle. */
export function deviceOf(library: Library, device: bigint): NvmlDevice {
  const text = (call: string) => {
    const buffer = Buffer.alloc(NAME_BYTES)
    library.must(call, ['device', 'buffer', 'uint'], device, buffer, buffer.length)
    return readText(buffer)
  }
  /** A struct or number that a call writes, or null where it is not offered. */
  const ask = (call: string, buffer: Buffer) =>
    library.offers(call, ['device', 'buffer'], device, buffer) ? buffer : null
  return {
    uuid: () => text('nvmlDeviceGetUUID'),
    name: () => text('nvmlDeviceGetName'),
    memory: () => readMemory(ask),
    utilisation: () => {
      const buffer = ask('nvmlDeviceGetUtilizationRates', Buffer.alloc(8))
      return buffer && { gpuPercent: buffer.readUInt32LE(0), memoryPercent: buffer.readUInt32LE(4) }
    },
    temperatureC: () => readTemperature(library, device, ask),
    powerMilliwatts: () => ask('nvmlDeviceGetPowerUsage', Buffer.alloc(4))?.readUInt32LE(0) ?? null,
    clockMhz: (clock) => {
      const buffer = Buffer.alloc(4)
      const signature = ['device', 'uint', 'buffer'] as const
      const offered = library.offers('nvmlDeviceGetClockInfo', signature, device, CLOCKS[clock], buffer)
      return offered ? buffer.readUInt32LE(0) : null
    },
    energyMillijoules: () => {
      const buffer = ask('nvmlDeviceGetTotalEnergyConsumption', Buffer.alloc(8))
      return buffer && readCount(buffer, 0)
    },
    computeCapability: () => {
      const [major, minor] = [Buffer.alloc(4), Buffer.alloc(4)]
      const signature = ['device', 'buffer', 'buffer'] as const
      const offered = library.offers('nvmlDeviceGetCudaComputeCapability', signature, device, major, minor)
      return offered ? { major: major.readInt32LE(0), minor: minor.readInt32LE(0) } : null
    },
    pci: () => readPci(ask('nvmlDeviceGetPciInfo_v3', Buffer.alloc(68))),
  }
}

type Ask = (call: string, buffer: Buffer) => Buffer | null

function readMemory(ask: Ask): Memory | null {
  const request = Buffer.alloc(MEMORY_V2.size)
  request.writeUInt32LE(MEMORY_V2.version, 0)
  const v2 = ask('nvmlDeviceGetMemoryInfo_v2', request)
  if (v2) {
    return {
      totalBytes: readCount(v2, 8),
      reservedBytes: readCount(v2, 16),
      freeBytes: readCount(v2, 24),
      usedBytes: readCount(v2, 32),
    }
  }
  const v1 = ask('nvmlDeviceGetMemoryInfo', Buffer.alloc(24))
  if (!v1) return null
  return {
    totalBytes: readCount(v1, 0),
    freeBytes: readCount(v1, 8),
    usedBytes: readCount(v1, 16),
    reservedBytes: null,
  }
}

/** The newer call came with NVML 12; the older one leaves with some version after 13. */
function readTemperature(library: Library, device: bigint, ask: Ask): number | null {
  const request = Buffer.alloc(TEMPERATURE_V1.size)
  request.writeUInt32LE(TEMPERATURE_V1.version, 0)
  request.writeUInt32LE(SENSOR_GPU, 4)
  const answer = ask('nvmlDeviceGetTemperatureV', request)
  if (answer) return answer.readInt32LE(8)
  const buffer = Buffer.alloc(4)
  const signature = ['device', 'uint', 'buffer'] as const
  const offered = library.offers('nvmlDeviceGetTemperature', signature, device, SENSOR_GPU, buffer)
  return offered ? buffer.readUInt32LE(0) : null
}

function readPci(buffer: Buffer | null): PciInfo | null {
  return (
    buffer && {
      busId: readText(buffer.subarray(36, 68)),
      domain: buffer.readUInt32LE(16),
      bus: buffer.readUInt32LE(20),
      device: buffer.readUInt32LE(24),
      deviceId: buffer.readUInt32LE(28),
      subsystemId: buffer.readUInt32LE(32),
    }
  )
}

/** A count of bytes: below 2^53 for as long as GPUs have less than 9 petabytes. */
function readCount(buffer: Buffer, offset: number): number {
  return Number(buffer.readBigUInt64LE(offset))
}

/** A C string. */
export function readText(buffer: Buffer): string {
  const end = buffer.indexOf(0)
  return buffer.toString('utf8', 0, end === -1 ? buffer.length : end)
}
