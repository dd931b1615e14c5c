// The jobs and GPUs that the page is shown.

export interface BenchJob {
  id: string
  name: string
  version: number
  state: 'QUEUED' | 'RUNNING'
  usage: { gpuSeconds: number; provisional: boolean; asOf: string }
}

const HOUR_MS = 3_600_000

/** Running jobs, the newest first. */
export function makeJobs(count: number): BenchJob[] {
  return Array.from({ length: count }, (_, index) => ({
    id: id(index),
    name: `train-model-${index}`,
    version: 1,
    state: 'RUNNING',
    account: `team-${index % 7}`,
    submittedBy: `user-${index % 23}`,
    createdAt: new Date(Date.now() - HOUR_MS - index).toISOString(),
    startedAt: new Date(Date.now() - HOUR_MS).toISOString(),
    gpus: { count: 1 + (index % 8) },
    usage: { gpuSeconds: 0, provisional: true, asOf: new Date().toISOString() },
  }))
}

/** GPUs of hosts with eight each. */
export function makeGpus(count: number): { id: string }[] {
  return Array.from({ length: count }, (_, index) => ({
    id: id(index),
    uuid: `GPU-${id(index)}`,
    name: 'NVIDIA H100 80GB HBM3',
    totalMemoryMb: 81_559,
    index: index % 8,
    state: 'AVAILABLE',
    worker: { id: `host-${index >> 3}`, hostname: `host-${index >> 3}`, state: 'ONLINE' },
    lastSample: sampleOf(id(index), index),
  }))
}

/** What a busy GPU says of itself. */
export function sampleOf(gpuId: string, seed: number): object {
  const wave = Math.sin(Date.now() / 7_000 + seed)
  return {
    gpuId,
    at: new Date().toISOString(),
    utilisationPercent: Math.round(70 + 30 * wave),
    memoryUsedMb: Math.round(60_000 + 9_000 * wave),
    powerWatts: 520 + 150 * wave,
    powerLimitWatts: 700,
    temperatureC: Math.round(60 + 9 * wave),
    smClockMhz: 1_755,
    throttleReasons: [],
  }
}

function id(index: number): string {
  return `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`
}
