// Which GPUs the worker offers: the machine's own or, where it has none, simulated ones.
import { type NvmlGpus, nvmlGpus } from './nvml.ts'
import type { GpuProvider } from './provider.ts'
import { simulatedGpus } from './simulated.ts'

const DEFAULT_SIMULATED = 4

export interface Choice {
  workerId: string
  /** So many simulated GPUs, whatever the machine has. */
  simulated: number | undefined
  /** NVML's library: whoever names one wants real GPUs, or none. */
  nvmlLibrary: string | undefined
  /** The worker's home. */
  home: string
}

/**
 * Simulated GPUs where a number of them is given. Otherwise the real ones; simulated ones stand in until a driver was
 * found for the first time, and never for GPUs whose driver has gone away.
 */
export function chooseGpus(
  { workerId, simulated, nvmlLibrary, home }: Choice,
  openReal: typeof nvmlGpus = nvmlGpus,
): GpuProvider {
  if (simulated !== undefined) {
    const notice = simulated === 0 ? 'This worker was told to have no GPUs.' : null
    return simulatedGpus({ workerId, count: simulated, notice, home })
  }
  const real = openReal({ library: nvmlLibrary, home })
  if (nvmlLibrary !== undefined) return real
  return withStandIns(real, simulatedGpus({ workerId, count: DEFAULT_SIMULATED, notice: null, home }))
}

function withStandIns(real: NvmlGpus, standIns: GpuProvider): GpuProvider {
  const now = () => (real.wasFound() ? real : standIns)
  return {
    list: async () => {
      const gpus = await real.list()
      return real.wasFound() ? gpus : standIns.list()
    },
    sample: (holders) => now().sample(holders),
    processes: () => now().processes(),
    health: () => now().health(),
    onEvent: (listener) => {
      const ends = [real, standIns].map((provider) => provider.onEvent(listener))
      return () => {
        for (const end of ends) end()
      }
    },
    notice: () => (real.wasFound() ? real.notice() : `${real.notice()} Simulated GPUs stand in.`),
    close: async () => {
      await Promise.all([real.close(), standIns.close()])
    },
  }
}
