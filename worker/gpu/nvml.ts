// The machine's NVIDIA GPUs, through NVML.
import { NO_METRICS } from '@constellation/platform/events.ts'
import { type Nvml, type NvmlDevice, NvmlError, openNvml } from 'node-nvml'
import type { GpuInfo, GpuProvider, GpuReading } from './provider.ts'

const BYTES_PER_MB = 2 ** 20

export interface NvmlGpus extends GpuProvider {
  /** True once a driver was found. */
  wasFound(): boolean
}

export function nvmlGpus({ library }: { library: string | undefined; home: string | null }): NvmlGpus {
  let devices: { info: GpuInfo; device: NvmlDevice }[] = []
  let nvml: Nvml | undefined
  let notice: string | null = null
  const open = () => {
    try {
      nvml ??= openNvml(library)
      return nvml
    } catch (error) {
      if (!(error instanceof NvmlError)) throw error
      notice = error.message
      return undefined
    }
  }
  return {
    list: async () => {
      const found = open()
      if (!found) return []
      const driverVersion = found.driverVersion()
      devices = Array.from({ length: found.deviceCount() }, (_, index) => index).flatMap((index) => {
        const device = lookUp(found, index)
        const info = device && describe(device, index, driverVersion)
        return info ? [{ device, info }] : []
      })
      notice = devices.length > 0 ? null : 'The NVIDIA driver is loaded, but shows no GPU to this user.'
      return devices.map(({ info }) => info)
    },
    sample: async () => devices.map(({ info, device }) => read(info.uuid, device)),
    processes: async () => null,
    health: async () => [],
    onEvent: () => () => undefined,
    wasFound: () => nvml !== undefined,
    notice: () => notice,
    close: () => nvml?.shutdown(),
  }
}

/** The count includes GPUs that this user may not look at, and those that are gone. */
function lookUp(nvml: Nvml, index: number): NvmlDevice | undefined {
  try {
    return nvml.device(index)
  } catch (error) {
    if (error instanceof NvmlError && (error.code === 'NO_PERMISSION' || error.code === 'GPU_IS_LOST')) return undefined
    throw error
  }
}

/** Nothing for a GPU that does not tell how much memory it has: no job could be matched to it. */
function describe(device: NvmlDevice, index: number, driverVersion: string): GpuInfo | undefined {
  const memory = device.memory()
  if (!memory) return undefined
  const capability = device.computeCapability()
  return {
    uuid: device.uuid(),
    name: device.name(),
    index,
    totalMemoryMb: Math.floor(memory.totalBytes / BYTES_PER_MB),
    computeCapability: capability && `${capability.major}.${capability.minor}`,
    driverVersion,
    cudaVersion: null,
    pciBusId: null,
    mig: null,
    nvlinkPeers: [],
    simulated: false,
  }
}

function read(uuid: string, device: NvmlDevice): GpuReading {
  try {
    const memory = device.memory()
    return {
      uuid,
      ...NO_METRICS,
      utilisationPercent: device.utilisation()?.gpuPercent ?? null,
      memoryUsedMb: memory && memory.usedBytes / BYTES_PER_MB,
      powerWatts: scale(device.powerMilliwatts(), 1_000),
      temperatureC: device.temperatureC(),
      smClockMhz: device.clockMhz('sm'),
      energyJoules: scale(device.energyMillijoules(), 1_000),
    }
  } catch (error) {
    // One GPU that is lost must not hide the others.
    if (error instanceof NvmlError) return { uuid, ...NO_METRICS }
    throw error
  }
}

function scale(value: number | null, by: number): number | null {
  return value === null ? null : value / by
}
