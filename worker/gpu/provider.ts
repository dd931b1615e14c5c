// What the worker knows of GPUs, wherever they come from.
import type { GpuSample } from '@constellation/platform/events.ts'

/** One GPU of this machine. */
export interface GpuInfo {
  /** The same across restarts. */
  uuid: string
  name: string
  index: number
  totalMemoryMb: number
  /** Such as `8.0`. */
  computeCapability: string | null
  driverVersion: string | null
  /** True when no such hardware exists. */
  simulated: boolean
}

/** What a GPU is doing; a metric that the card does not offer is null. */
export interface GpuReading extends Omit<GpuSample, 'gpuId' | 'at' | 'runId'> {
  uuid: string
}

export interface GpuProvider {
  /** The GPUs that there are now. */
  list(): Promise<readonly GpuInfo[]>
  /** A reading of each of them. `busy` has the UUIDs of those that a run holds. */
  sample(busy: ReadonlySet<string>): Promise<readonly GpuReading[]>
  /** In a sentence, why there are no real GPUs, as of the last `list`; null when there are. */
  notice(): string | null
  close(): void
}
