// The machine's NVIDIA GPUs, through NVML on threads of its own.
import { versionFault } from '@constellation/platform/least-versions.ts'
import { type GpuHealth, type Monitor, openMonitor } from 'node-nvml/monitor'
import { openHints } from './hints.ts'
import { connect } from './nvml-connection.ts'
import { healthOf, hintsOf, type Listed, listedOf, processesOf, readingsOf } from './nvml-words.ts'
import type { GpuProvider } from './provider.ts'
import { openResets } from './resets.ts'

export interface NvmlOptions {
  /** NVML's library, where it is not the system's. */
  library: string | undefined
  /** Where is kept how the GPUs were, for the worker's next life; null for nowhere. */
  home: string | null
  /** How long the driver may take to answer, in milliseconds. */
  timeLimitMs?: number
  /** Milliseconds of a clock that does not jump. */
  clock?: () => number
}

export interface NvmlGpus extends GpuProvider {
  /** True once a driver was found. */
  wasFound(): boolean
  /** False where a driver that does not answer keeps this process from ending: Node waits for its threads. */
  close(): Promise<boolean>
}

export function nvmlGpus(options: NvmlOptions): NvmlGpus {
  const hints = openHints()
  const { home, clock = () => performance.now() } = options
  const resets = openResets(home, clock)
  let listed: readonly Listed[] = []
  /** Of the last sample, in joules. */
  let energies = new Map<string, number>()
  const connection = connect({
    open: () => open(options),
    clock,
    onEvent: (event) => hintsOf(listed, event).forEach(hints.tell),
    onChange: ({ anew }) => {
      if (anew) resets.loadedAnew()
      hints.tell({ type: 'look' })
    },
  })
  return {
    list: async () => {
      const machine = await connection.ask((monitor) => monitor.describe())
      listed = machine ? listedOf(machine) : []
      return listed.map(({ info }) => info)
    },
    sample: async () => {
      const samples = await connection.ask((monitor) => monitor.sample())
      if (!samples) return []
      energies = new Map(
        samples.flatMap(({ uuid, energyMillijoules: mj }) => (mj === null ? [] : [[uuid, mj / 1_000] as const])),
      )
      return readingsOf(listed, samples)
    },
    processes: async () => {
      const processes = await connection.ask((monitor) => monitor.processes())
      return processes ? processesOf(listed, processes) : null
    },
    health: async () => {
      const told = (await connection.ask((monitor) => monitor.health())) ?? []
      resets.see(told.map(({ uuid, lost }) => ({ uuid, lost, energyJoules: energies.get(uuid) ?? null })))
      return healthOf(listed, told, resets.take(answering(listed, told)))
    },
    onEvent: hints.onEvent,
    wasFound: connection.wasFound,
    notice: () => connection.trouble() ?? (listed.length > 0 ? oldDriver(listed) : NO_GPU),
    close: async () => {
      const [free] = await Promise.all([connection.close(), resets.written()])
      return free
    },
  }
}

const NO_GPU = 'The NVIDIA driver is loaded, but shows no GPU to this user.'

/** An old driver works, but lacks calls. */
function oldDriver([first]: readonly Listed[]): string | null {
  const found = first?.info.driverVersion
  const fault = found ? versionFault('NVIDIA driver', found) : undefined
  return fault === undefined ? null : `${fault} Some of what its GPUs do is not told.`
}

function open({ library, timeLimitMs }: NvmlOptions): Promise<Monitor> {
  return openMonitor({
    ...(library === undefined ? {} : { library }),
    ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
  })
}

/** The cards that are told of and are not lost. */
function answering(listed: readonly Listed[], told: readonly GpuHealth[]): string[] {
  return told.filter(({ uuid, lost }) => !lost && listed.some(({ card }) => card === uuid)).map(({ uuid }) => uuid)
}
