// Watches the GPUs of this machine from threads of its own, because NVML's calls block.
import type { EventType } from './event-set.ts'
import type { RecoveryAction } from './health.ts'
import { startEvents } from './monitor/events.ts'
import { CONTROL_PLACES, type ThreadData } from './monitor/messages.ts'
import { startRequests } from './monitor/requests.ts'
import type { TimeLimits } from './monitor/thread.ts'
import type { ProcessKind } from './processes.ts'
import type { Reading } from './sampler.ts'

export interface MonitorOptions {
  /** A file, or a name that the system's loader looks for; `libnvidia-ml.so.1` by default. */
  library?: string
  /** How long the driver may take to answer one request; 10,000 ms by default. */
  timeLimitMs?: number
  /** How long its threads may take to start, with the library, and to end; 10,000 ms by default. */
  threadTimeLimitMs?: number
}

/**
 * Every request is rejected with an NvmlError (its message a sentence for people) when the driver is gone
 * (UNINITIALIZED, DRIVER_NOT_LOADED, LIB_RM_VERSION_MISMATCH, UNKNOWN; close it then, and open another when the
 * driver may be back), when the driver does not answer in time (TIMEOUT, at once for every request until it has
 * answered), or when the monitor is closed (UNINITIALIZED). A request that is made while one like it is under
 * way gets the answer of that one. GPUs that are lost are reported, and harm no other.
 */
export interface Monitor {
  /** Looks for GPUs anew: also what came, and what came back. */
  describe(): Promise<MachineDescription>
  /** What each GPU, and each MIG instance, of the last `describe` does now. */
  sample(): Promise<readonly GpuSample[]>
  /** The processes that hold a context on a GPU, with the host's process ids. */
  processes(): Promise<readonly GpuProcess[]>
  /** What tells a sick GPU; of GPUs, not of MIG instances. */
  health(): Promise<readonly GpuHealth[]>
  /** Calls the listener for each event from now on. The answer ends that. */
  onEvent(listener: (event: GpuEvent) => void): () => void
  /**
   * Ends the threads; true when they are gone. False when a driver that hangs still holds one after the limit of
   * time: until it lets go, nothing but SIGKILL ends the process, since Node waits for its threads. May be called
   * twice.
   */
  close(): Promise<boolean>
}

export interface MachineDescription {
  /** Such as `580.65.06`. */
  driverVersion: string
  nvmlVersion: string
  /** The newest CUDA that the driver can run, such as `13.0`. */
  cudaVersion: string | null
  /** How many GPUs there are that this user may not open, or that never answered. */
  hidden: number
  /** By index, each followed by its MIG instances. */
  gpus: readonly GpuDescription[]
}

export interface GpuDescription {
  /** The same across reboots. */
  uuid: string
  name: string
  /** NVML's; of a MIG instance the one within its GPU. */
  index: number
  /** It is known from before, and has fallen off the bus or needs a reset: what follows is of that time. */
  lost: boolean
  totalMemoryBytes: number | null
  computeCapability: { major: number; minor: number } | null
  /** Such as `00000000:65:00.0`; of a MIG instance its GPU's. */
  pciBusId: string | null
  /** True for a GPU that is split into MIG instances; null where the card knows no MIG, and for an instance. */
  migEnabled: boolean | null
  /** Null for a whole GPU. */
  mig: { parentUuid: string; gpuInstanceId: number; computeInstanceId: number } | null
  /** The GPUs at the other ends of active NVLinks. */
  nvlinkPeers: readonly { uuid: string; links: number }[]
  /** Active NVLinks that end at a switch (NVSwitch), through which it reaches the others. */
  nvlinksToSwitches: number
  /** Where the GPU clocks down. */
  slowdownTemperatureC: number | null
  /** Where the GPU turns itself off. */
  shutdownTemperatureC: number | null
}

export interface GpuSample extends Reading {
  uuid: string
}

export interface GpuProcess {
  /** Of the MIG instance that it is on where that is known, else of the GPU. */
  uuid: string
  pid: number
  kind: ProcessKind
  /** The program, as NVML tells it; null where it may not. */
  name: string | null
  memoryUsedBytes: number | null
  gpuInstanceId: number | null
  computeInstanceId: number | null
}

/** What a card does not offer is null; of a lost GPU all is. */
export interface GpuHealth {
  uuid: string
  /** It has fallen off the bus, or has to be reset before it answers again. */
  lost: boolean
  resetRequired: boolean
  /** Errors in two bits, which could not be corrected, since the driver was loaded. */
  doubleBitEccErrors: number | null
  /** A broken row of memory is replaced at the next reset. */
  remapPending: boolean | null
  /** A broken row of memory could not be replaced. */
  remapFailure: boolean | null
  /** Broken pages of memory are given up at the next reboot (GPUs before Ampere). */
  retiredPagesPending: boolean | null
  recoveryAction: RecoveryAction | null
  temperatureC: number | null
  slowdownTemperatureC: number | null
  shutdownTemperatureC: number | null
}

export interface GpuEvent {
  /** Of the GPU, also where the event is of a MIG instance. */
  uuid: string
  type: EventType
  /** NVIDIA's number of the fault; null for other types of event. */
  xid: number | null
  /** When it was heard of, in milliseconds since 1970. */
  at: number
  gpuInstanceId: number | null
  computeInstanceId: number | null
}

const DEFAULT_LIBRARY = 'libnvidia-ml.so.1'
const DEFAULT_TIME_LIMITS: TimeLimits = { timeLimitMs: 10_000, threadTimeLimitMs: 10_000 }

/** @throws NvmlError LIBRARY_NOT_FOUND, DRIVER_NOT_LOADED, TIMEOUT and the like: there is nothing to close then */
export async function openMonitor(options: MonitorOptions = {}): Promise<Monitor> {
  const { library = DEFAULT_LIBRARY, ...limits } = { ...DEFAULT_TIME_LIMITS, ...options }
  const control = new Int32Array(new SharedArrayBuffer(CONTROL_PLACES * Int32Array.BYTES_PER_ELEMENT))
  const data: ThreadData = { library, control }
  const listeners = new Set<(event: GpuEvent) => void>()

  const requests = startRequests(data, limits)
  try {
    await requests.opened()
  } catch (error) {
    // It ends when the driver answers, if ever.
    void requests.close()
    throw error
  }
  const events = await startEvents(data, limits, (event) => {
    for (const listener of listeners) listener(event)
  })
  let closing: Promise<readonly boolean[]> | undefined
  return {
    ...requests.ask,
    onEvent: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: async () => {
      closing ??= Promise.all([requests.close(), events.close()])
      return !(await closing).includes(false)
    },
  }
}
