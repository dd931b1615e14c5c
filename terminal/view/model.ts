// What the view shows, whoever tells it: this machine's own driver, or a stack.

/** What a source of GPUs tells at one time. */
export interface Snapshot {
  /** Who tells it, such as `http://127.0.0.1:4000`. */
  source: string
  groups: readonly Group[]
  /** In sentences, what there is to say about all of it. */
  notices: readonly string[]
}

/** The GPUs of one machine. */
export interface Group {
  /** The worker and its host; null for this machine itself. */
  title: string | null
  notice: string | null
  gpus: readonly ShownGpu[]
  /** Null where they are not known. */
  processes: readonly ShownProcess[] | null
}

export interface ShownGpu {
  uuid: string
  index: number
  name: string
  simulated: boolean
  totalMemoryMb: number
  driverVersion: string | null
  cudaVersion: string | null
  mig: { gpuInstance: number; computeInstance: number } | null
  /** Such as `AVAILABLE`; of this machine's own, whether it answers. */
  state: string
  stateReason: string | null
  /** The run that holds it, and whose job it is of. */
  run: { id: string; job: string; user: string } | null
  reading: ShownReading | null
}

/** What it does now; null is what it does not tell. */
export interface ShownReading {
  utilisationPercent: number | null
  memoryUsedMb: number | null
  powerWatts: number | null
  powerLimitWatts: number | null
  temperatureC: number | null
  smClockMhz: number | null
  memoryClockMhz: number | null
  fanPercent: number | null
  /** Such as `POWER_CAP`. */
  throttleReasons: readonly string[]
}

export interface ShownProcess {
  gpuIndex: number
  pid: number
  /** Who it runs as, or who has submitted its job where that has no name; null where neither is known. */
  user: string | null
  memoryMb: number | null
  command: string | null
  /** The job that it belongs to, where it is a run's. */
  job: string | null
}

/** Utilisation of the past of each GPU, by UUID: the newest last, and null where it was not known. */
export type History = ReadonlyMap<string, readonly (number | null)[]>

/** A column of the widest terminal for each. */
const LONGEST_HISTORY = 512

/** The history with what a snapshot adds; GPUs that are gone are forgotten. */
export function remember(history: History, { groups }: Snapshot): History {
  const gpus = groups.flatMap((group) => group.gpus)
  return new Map(
    gpus.map(({ uuid, reading }) => {
      const percent = reading?.utilisationPercent ?? null
      const shares = [...(history.get(uuid) ?? []), percent === null ? null : percent / 100]
      return [uuid, shares.slice(-LONGEST_HISTORY)]
    }),
  )
}
