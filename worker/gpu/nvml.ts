// The machine's NVIDIA GPUs, through NVML on threads of its own.
import { type Monitor, openMonitor } from 'node-nvml/monitor'
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
  /** All cards of this life, by UUID, and those of them whose reset is still to be told. */
  const cards = new Set<string>()
  const reset = new Set<string>()
  const connection = connect({
    open: () => open(options),
    clock,
    onEvent: (event) => hintsOf(listed, event).forEach(hints.tell),
    onChange: ({ anew }) => {
      if (anew) for (const card of cards) reset.add(card)
      hints.tell({ type: 'look' })
    },
  })
  return {
    list: async () => {
      const machine = await connection.ask((monitor) => monitor.describe())
      listed = machine ? listedOf(machine) : []
      for (const { card } of listed) cards.add(card)
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
      const seen = told.map(({ uuid, lost }) => ({ uuid, lost, energyJoules: energies.get(uuid) ?? null }))
      for (const uuid of resets.see(seen)) reset.add(uuid)
      const answer = healthOf(listed, told).map((health) => ({ ...health, wasReset: isReset(health, listed, reset) }))
      for (const { wasReset, uuid } of answer) if (wasReset) reset.delete(cardOf(uuid, listed))
      return answer
    },
    onEvent: hints.onEvent,
    wasFound: connection.wasFound,
    notice: () => connection.trouble() ?? (listed.length > 0 ? null : NO_GPU),
    close: async () => {
      const [free] = await Promise.all([connection.close(), resets.written()])
      return free
    },
  }
}

const NO_GPU = 'The NVIDIA driver is loaded, but shows no GPU to this user.'

function open({ library, timeLimitMs }: NvmlOptions): Promise<Monitor> {
  return openMonitor({
    ...(library === undefined ? {} : { library }),
    ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
  })
}

function isReset({ uuid, lost }: { uuid: string; lost: boolean }, listed: readonly Listed[], reset: Set<string>) {
  return !lost && reset.has(cardOf(uuid, listed))
}

function cardOf(uuid: string, listed: readonly Listed[]): string {
  return listed.find(({ info }) => info.uuid === uuid)?.card ?? uuid
}
