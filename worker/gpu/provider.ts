// What the worker knows of GPUs, wherever they come from.
import type { GpuSample } from '@constellation/platform/events/telemetry.ts'

/** One GPU of this machine, or one MIG instance of it, as it is registered. */
export interface GpuInfo {
  /** The same across restarts. */
  uuid: string
  name: string
  /** Its place on this machine; an instance has that of its GPU. */
  index: number
  totalMemoryMb: number
  /** Such as `8.0`. */
  computeCapability: string | null
  driverVersion: string | null
  /** The newest CUDA that the driver can run, such as `13.0`. */
  cudaVersion: string | null
  /** Such as `00000000:65:00.0`. */
  pciBusId: string | null
  /** Null for a whole GPU. */
  mig: { parentUuid: string; gpuInstance: number; computeInstance: number } | null
  /** The GPUs that it is linked with by NVLink, and by how many links. */
  nvlinkPeers: { uuid: string; links: number }[]
  /** True when no such hardware exists. */
  simulated: boolean
}

/** A run that holds GPUs. Real GPUs do as they do; simulated ones do what is asked for here. */
export interface Holder {
  runId: string
  /** The environment of its command: `simulated-load.ts` and `fault.ts` tell what counts. */
  environment: Readonly<Record<string, string>>
  /** When it began, in milliseconds since 1970; null counts from the first sample with it. */
  startedAt: number | null
  /** Its command's process, where it is known. */
  pid: number | null
}

/** The runs that hold GPUs, by the GPUs' UUIDs. */
export type Holders = ReadonlyMap<string, Holder>

/** What a GPU is doing; a metric that the card does not offer is null. */
export interface GpuReading extends Omit<GpuSample, 'gpuId' | 'at' | 'runId'> {
  uuid: string
}

/** What tells a sick GPU, in the words of the graph; of a lost one nothing else is known. */
export interface GpuHealthReading {
  uuid: string
  lost: boolean
  wasReset: boolean
  temperatureC: number | null
  slowdownTemperatureC: number | null
  shutdownTemperatureC: number | null
  doubleBitEccErrors: number | null
  remapPending: boolean | null
  remapFailed: boolean | null
  recoveryAction: RecoveryAction | null
}

/** What the driver asks for; the words of the graph. */
export type RecoveryAction = 'NONE' | 'RESET' | 'REBOOT' | 'DRAIN_P2P' | 'DRAIN_AND_RESET'

/** A process that has a context on a GPU; `pid` is the host's. */
export interface GpuProcessReading {
  uuid: string
  pid: number
  name: string | null
  memoryMb: number | null
  /** True for one that draws and computes nothing, such as a desktop's. */
  drawsOnly?: boolean
}

export type GpuHint =
  /** The driver reports an XID; `at` is in milliseconds since 1970. */
  | { type: 'xid'; uuid: string; code: number; at: number }
  /** Something has changed: `list` and `health` answer otherwise than before. */
  | { type: 'look' }

/** No answer is an exception where a driver is away or does not answer: it is less, and `notice` says why. */
export interface GpuProvider {
  /**
   * The GPUs that there are now, in a steady order. One that does not answer any more is among them, as it was,
   * for as long as the driver counts it; without a driver there are none.
   */
  list(): Promise<readonly GpuInfo[]>
  /** A reading of each GPU of the last `list`. */
  sample(holders: Holders): Promise<readonly GpuReading[]>
  /** Who uses the GPUs of the last `list`; null where that cannot be known. */
  processes(): Promise<readonly GpuProcessReading[] | null>
  /**
   * How the GPUs of the last `list` are. `wasReset` is true in one answer alone, the first after it: whoever asks
   * keeps that until it is told on.
   */
  health(): Promise<readonly GpuHealthReading[]>
  /**
   * Where the GPUs are of several machines: the machine of each that may be given to a run now. A run's GPUs are all
   * of one machine. Without this they are.
   */
  places?(): ReadonlyMap<string, string>
  /** Calls `listener` from now on with what happens, as it happens. The answer ends that. */
  onEvent(listener: (hint: GpuHint) => void): () => void
  /** In a sentence, why there are no real GPUs, as of the last answer; null when there are. */
  notice(): string | null
  close(): Promise<unknown> | undefined
}
