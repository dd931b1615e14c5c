// GPUs that do not exist, for machines without any. They say so in their names, and behave: load follows the run that
// holds them, and what is to go wrong with them does.
import { createHash } from 'node:crypto'
import { NO_METRICS } from '@constellation/platform/events/telemetry.ts'
import type { GpuHealthReading, GpuInfo, GpuProcessReading, GpuProvider, GpuReading, Holders } from './provider.ts'
import { AT_REST, advance, type CardState, read, SHUTDOWN_C, SLOWDOWN_C, TOTAL_MEMORY_MB } from './simulated-card.ts'
import { openDemands } from './simulated-demand.ts'
import { openFaults, type SimulatedFaults } from './simulated-faults.ts'

export interface SimulatedOptions {
  /** Gives the GPUs their UUIDs. */
  workerId: string
  count: number
  notice: string | null
  /** The worker's home, where faults are kept; null keeps them in memory. */
  home: string | null
  /** Numbers from 0 to 1. */
  random?: () => number
  /** Milliseconds since 1970. */
  clock?: () => number
}

const LINKS_OF_A_PAIR = 12

export function simulatedGpus(options: SimulatedOptions): GpuProvider {
  const { workerId, count, notice, home, random = Math.random, clock = Date.now } = options
  const gpus = Array.from({ length: count }, (_, index) => describe(workerId, index, count))
  const faults = openFaults(gpus, home)
  const demands = openDemands(clock)
  const cards = new Map(gpus.map(({ uuid }) => [uuid, AT_REST]))
  let holders: Holders = new Map()
  let before = clock()
  return {
    list: async () => gpus,
    sample: async (held) => {
      holders = held
      await faults.bring(demands.due(held))
      const seconds = Math.max(0, clock() - before) / 1_000
      before = clock()
      for (const { uuid } of gpus) {
        const { hot } = faults.of(uuid)
        cards.set(uuid, advance(cards.get(uuid) ?? AT_REST, demands.of(held.get(uuid)), hot, seconds))
      }
      return gpus.map(({ uuid }) => readingOf(uuid, cards.get(uuid), faults, random()))
    },
    processes: async () => gpus.flatMap(({ uuid }) => processesOf(uuid, cards.get(uuid), faults, holders)),
    health: async () => {
      await faults.look()
      return gpus.map(({ uuid }) => healthOf(uuid, cards.get(uuid), faults))
    },
    onEvent: faults.onEvent,
    notice: () => notice,
    close: faults.close,
  }
}

function readingOf(uuid: string, card: CardState = AT_REST, faults: SimulatedFaults, noise: number): GpuReading {
  return faults.of(uuid).lost ? { uuid, ...NO_METRICS } : read(uuid, card, noise)
}

/** A stranger is this process's parent: a process that is there, and is no run's. */
function processesOf(
  uuid: string,
  card: CardState = AT_REST,
  faults: SimulatedFaults,
  holders: Holders,
): GpuProcessReading[] {
  const { lost, stranger } = faults.of(uuid)
  if (lost) return []
  const pid = holders.get(uuid)?.pid ?? null
  return [
    ...(pid === null ? [] : [{ uuid, pid, name: 'simulated', memoryMb: Math.round(card.memoryMb) }]),
    ...(stranger ? [{ uuid, pid: Math.max(1, process.ppid), name: 'simulated stranger', memoryMb: 1_024 }] : []),
  ]
}

function healthOf(uuid: string, card: CardState = AT_REST, faults: SimulatedFaults): GpuHealthReading {
  const { lost, doubleBitEccErrors, remapPending, remapFailed, recoveryAction } = faults.of(uuid)
  return {
    uuid,
    lost,
    wasReset: faults.wasReset(uuid),
    temperatureC: lost ? null : Math.round(card.temperatureC),
    slowdownTemperatureC: SLOWDOWN_C,
    shutdownTemperatureC: SHUTDOWN_C,
    doubleBitEccErrors: lost ? null : doubleBitEccErrors,
    remapPending: lost ? null : remapPending,
    remapFailed: lost ? null : remapFailed,
    recoveryAction: lost ? null : recoveryAction,
  }
}

function describe(workerId: string, index: number, count: number): GpuInfo {
  // Each even one is linked with the next.
  const peer = index ^ 1
  return {
    uuid: uuidOf(workerId, index),
    name: 'Simulated A100 80GB',
    index,
    totalMemoryMb: TOTAL_MEMORY_MB,
    computeCapability: '8.0',
    driverVersion: null,
    cudaVersion: null,
    pciBusId: `00000000:${(index + 1).toString(16).toUpperCase().padStart(2, '0')}:00.0`,
    mig: null,
    nvlinkPeers: peer < count ? [{ uuid: uuidOf(workerId, peer), links: LINKS_OF_A_PAIR }] : [],
    simulated: true,
  }
}

function uuidOf(workerId: string, index: number): string {
  const digest = createHash('sha256').update(`${workerId}:${index}`).digest('hex')
  return `SIM-${[digest.slice(0, 8), digest.slice(8, 12), digest.slice(12, 16), digest.slice(16, 20), digest.slice(20, 32)].join('-')}`
}
