// Which GPUs the worker offers: the machine's own or, where it has none, simulated ones.
import { NvmlError, openNvml } from 'node-nvml'
import { nvmlGpus } from './nvml.ts'
import type { GpuProvider } from './provider.ts'
import { simulatedGpus } from './simulated.ts'

const DEFAULT_SIMULATED = 4

/**
 * `simulated` GPUs where it is a number. Otherwise the real ones; while there is no driver four simulated
 * ones stand in, and each `list` looks again.
 */
export function chooseGpus(
  workerId: string,
  simulated: number | undefined,
  nvmlLibrary: string | undefined,
): GpuProvider {
  if (simulated !== undefined) {
    return simulatedGpus(workerId, simulated, simulated === 0 ? 'This worker was told to have no GPUs.' : null)
  }
  let reason = ''
  const standIns = simulatedGpus(workerId, DEFAULT_SIMULATED, null)
  let real: GpuProvider | undefined
  const lookForReal = () => {
    try {
      real = nvmlGpus(openNvml(nvmlLibrary))
    } catch (error) {
      if (!(error instanceof NvmlError)) throw error
      reason = error.message
    }
  }
  return {
    list: async () => {
      if (!real) lookForReal()
      return (real ?? standIns).list()
    },
    sample: (busy) => (real ?? standIns).sample(busy),
    notice: () => (real ? real.notice() : `${reason} Simulated GPUs stand in.`),
    close: () => (real ?? standIns).close(),
  }
}
