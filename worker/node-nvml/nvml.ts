// NVIDIA's management library: start it, ask for the GPUs, end it.
import { deviceOf, type NvmlDevice } from './device.ts'
import { isUnsupported, NOT_FOUND, NvmlError, SUCCESS } from './errors.ts'
import { type EventSet, openEventSet } from './event-set.ts'
import { NAME_BYTES, readCount, readText, VERSION_BYTES } from './layouts.ts'
import { type Library, loadLibrary } from './library.ts'

export type { NvmlDevice } from './device.ts'
export { type NvmlCode, NvmlError } from './errors.ts'
export type { EventSet, EventType, NvmlEvent } from './event-set.ts'
export { FIELD, type FieldResult } from './field-values.ts'
export type { EccCounter, EccError, EccLocation, RecoveryAction, RemappedRows } from './health.ts'
export type { PciInfo } from './identity.ts'
export type { Topology } from './links.ts'
export type { Memory } from './metrics.ts'
export type { Attributes } from './mig.ts'
export type { ProcessInfo, ProcessKind } from './processes.ts'
export type { ThrottleReason } from './throttle-reasons.ts'

export interface Nvml {
  /** Such as `580.65.06`. nvmlSystemGetDriverVersion */
  driverVersion(): string
  /** nvmlSystemGetNVMLVersion */
  nvmlVersion(): string
  /** The newest CUDA that the driver can run, such as `13.0`. nvmlSystemGetCudaDriverVersion_v2 */
  cudaVersion(): string | null
  /** The program of a process on a GPU; null where it is gone, or not this user's. nvmlSystemGetProcessName */
  processName(pid: number): string | null
  /** Counts GPUs that this user may not look at, too. nvmlDeviceGetCount_v2 */
  deviceCount(): number
  /** The GPU of an index, which may be another after a reboot. nvmlDeviceGetHandleByIndex_v2 */
  device(index: number): NvmlDevice
  /** A GPU or a MIG instance; null where there is none of this UUID. nvmlDeviceGetHandleByUUID */
  deviceByUuid(uuid: string): NvmlDevice | null
  /** nvmlEventSetCreate */
  eventSet(): EventSet
  /** nvmlShutdown. Devices that were handed out are of no use after it. */
  shutdown(): void
}

const PROCESS_NAME_BYTES = 1024

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
  return {
    driverVersion: () => readVersion(library, 'nvmlSystemGetDriverVersion'),
    nvmlVersion: () => readVersion(library, 'nvmlSystemGetNVMLVersion'),
    cudaVersion: () => readCudaVersion(library),
    processName: (pid) => readProcessName(library, pid),
    deviceCount: () => {
      const buffer = Buffer.alloc(4)
      library.must('nvmlDeviceGetCount_v2', ['buffer'], buffer)
      return buffer.readUInt32LE(0)
    },
    device: (index) => {
      const buffer = Buffer.alloc(8)
      library.must('nvmlDeviceGetHandleByIndex_v2', ['uint', 'buffer'], index, buffer)
      return deviceOf(library, readCount(buffer, 0))
    },
    deviceByUuid: (uuid) => findDevice(library, uuid),
    eventSet: () => openEventSet(library),
    shutdown: () => {
      try {
        library.must('nvmlShutdown', [])
      } finally {
        library.unload()
      }
    },
  }
}

function readVersion(library: Library, call: string): string {
  const buffer = Buffer.alloc(VERSION_BYTES)
  library.must(call, ['buffer', 'uint'], buffer, buffer.length)
  return readText(buffer)
}

/** NVML says 13000 for 13.0, 12080 for 12.8. */
function readCudaVersion(library: Library): string | null {
  const buffer = Buffer.alloc(4)
  if (!library.offers('nvmlSystemGetCudaDriverVersion_v2', ['buffer'], buffer)) return null
  const version = buffer.readUInt32LE(0)
  return `${Math.floor(version / 1_000)}.${Math.floor((version % 1_000) / 10)}`
}

function readProcessName(library: Library, pid: number): string | null {
  const buffer = Buffer.alloc(PROCESS_NAME_BYTES)
  const call = 'nvmlSystemGetProcessName'
  const answer = library.call(call, ['uint', 'buffer', 'uint'], pid, buffer, buffer.length)
  if (answer === SUCCESS) return readText(buffer)
  if (answer === NOT_FOUND || isUnsupported(answer)) return null
  throw new NvmlError(call, answer)
}

function findDevice(library: Library, uuid: string): NvmlDevice | null {
  const [text, handle] = [Buffer.alloc(NAME_BYTES), Buffer.alloc(8)]
  text.write(uuid, 0, NAME_BYTES - 1, 'utf8')
  const call = 'nvmlDeviceGetHandleByUUID'
  const answer = library.call(call, ['buffer', 'buffer'], text, handle)
  if (answer === SUCCESS) return deviceOf(library, readCount(handle, 0))
  if (answer === NOT_FOUND || isUnsupported(answer)) return null
  throw new NvmlError(call, answer)
}
