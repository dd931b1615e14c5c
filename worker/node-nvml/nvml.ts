// NVIDIA's management library: start it, ask for the GPUs, end it.
import { deviceOf, type NvmlDevice, readText } from './device.ts'
import { loadLibrary } from './library.ts'

export type { Memory, NvmlDevice, PciInfo } from './device.ts'
export { type NvmlCode, NvmlError } from './errors.ts'

export interface Nvml {
  /** Such as `580.65.06`. nvmlSystemGetDriverVersion */
  driverVersion(): string
  /** nvmlSystemGetNVMLVersion */
  nvmlVersion(): string
  /** Counts GPUs that this user may not look at, too. nvmlDeviceGetCount_v2 */
  deviceCount(): number
  /** The GPU of an index, which may be another after a reboot. nvmlDeviceGetHandleByIndex_v2 */
  device(index: number): NvmlDevice
  /** nvmlShutdown. Devices that were handed out are of no use after it. */
  shutdown(): void
}

const VERSION_BYTES = 80

/**
 * Loads the library and starts it. `path` is a file, or a name that the system's loader looks for.
 * @throws NvmlError LIBRARY_NOT_FOUND, DRIVER_NOT_LOADED, LIB_RM_VERSION_MISMATCH and the like, whose
 * message is a sentence for people; so does every method
 */
export function openNvml(path = 'libnvidia-ml.so.1'): Nvml {
  const library = loadLibrary(path)
  try {
    library.must('nvmlInit_v2', [])
  } catch (error) {
    library.unload()
    throw error
  }
  const version = (call: string) => {
    const buffer = Buffer.alloc(VERSION_BYTES)
    library.must(call, ['buffer', 'uint'], buffer, buffer.length)
    return readText(buffer)
  }
  return {
    driverVersion: () => version('nvmlSystemGetDriverVersion'),
    nvmlVersion: () => version('nvmlSystemGetNVMLVersion'),
    deviceCount: () => {
      const buffer = Buffer.alloc(4)
      library.must('nvmlDeviceGetCount_v2', ['buffer'], buffer)
      return buffer.readUInt32LE(0)
    },
    device: (index) => {
      const buffer = Buffer.alloc(8)
      library.must('nvmlDeviceGetHandleByIndex_v2', ['uint', 'buffer'], index, buffer)
      return deviceOf(library, buffer.readBigUInt64LE(0))
    },
    shutdown: () => {
      library.must('nvmlShutdown', [])
      library.unload()
    },
  }
}
