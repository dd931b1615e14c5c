// GPUs for tests, which are as the test says.
import { NO_METRICS } from '@constellation/platform/events/telemetry.ts'
import type {
  GpuHealthReading,
  GpuHint,
  GpuInfo,
  GpuProcessReading,
  GpuProvider,
  GpuReading,
  Holders,
} from '../gpu/provider.ts'

/** GPUs of these UUIDs. Change what they are by what stands beside the provider. */
export function scriptedGpus(uuids: readonly string[]) {
  const listeners = new Set<(hint: GpuHint) => void>()
  const health = new Map(uuids.map((uuid) => [uuid, healthy(uuid)]))
  const state = {
    processes: null as readonly GpuProcessReading[] | null,
    readings: uuids.map((uuid): GpuReading => ({ uuid, ...NO_METRICS })),
    /** Of the last sample. */
    holders: new Map() as Holders,
  }
  const provider: GpuProvider = {
    list: async () => uuids.map(describe),
    sample: async (holders) => {
      state.holders = holders
      return state.readings
    },
    processes: async () => state.processes,
    health: async () => {
      const answer = [...health.values()]
      for (const reading of answer) health.set(reading.uuid, { ...reading, wasReset: false })
      return answer
    },
    onEvent: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    notice: () => null,
    close: () => undefined,
  }
  return {
    provider,
    state,
    set: (uuid: string, change: Partial<GpuHealthReading>) => {
      health.set(uuid, { ...(health.get(uuid) ?? healthy(uuid)), ...change })
    },
    tell: (hint: GpuHint) => {
      for (const listener of listeners) listener(hint)
    },
  }
}

export function healthy(uuid: string): GpuHealthReading {
  return {
    uuid,
    lost: false,
    wasReset: false,
    temperatureC: 40,
    slowdownTemperatureC: 90,
    shutdownTemperatureC: 95,
    doubleBitEccErrors: 0,
    remapPending: false,
    remapFailed: false,
    recoveryAction: 'NONE',
  }
}

function describe(uuid: string, index: number): GpuInfo {
  return {
    uuid,
    name: 'A scripted GPU',
    index,
    totalMemoryMb: 1_024,
    computeCapability: null,
    driverVersion: null,
    cudaVersion: null,
    pciBusId: null,
    mig: null,
    nvlinkPeers: [],
    simulated: true,
  }
}
