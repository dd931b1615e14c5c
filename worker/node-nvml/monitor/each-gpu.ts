// Asks every GPU, so that the one that is sick hides no other.
import type { NvmlDevice } from '../device.ts'
import { isDriverGone, isLost, NvmlError } from '../errors.ts'
import type { GpuDescription } from '../monitor.ts'
import type { Known } from './machine.ts'

/**
 * What `ask` says of each GPU, in their order, or `otherwise`, which gets the error of a GPU that did not answer
 * (null for one that was lost before). @throws NvmlError where the driver is gone, or no GPU answers
 */
export function ofEachGpu<T>(
  known: readonly Known[],
  ask: (device: NvmlDevice, description: GpuDescription) => T,
  otherwise: (description: GpuDescription, error: NvmlError | null) => T,
): T[] {
  const gpus = known.filter(({ description }) => description.mig === null)
  const faults: NvmlError[] = []
  const answers = gpus.map(({ description, device }) => {
    if (!device) return otherwise(description, null)
    try {
      return ask(device, description)
    } catch (error) {
      if (!(error instanceof NvmlError) || isDriverGone(error.number)) throw error
      if (!isLost(error.number)) faults.push(error)
      return otherwise(description, error)
    }
  })
  const [fault] = faults
  if (fault && faults.length === gpus.length) throw fault
  return answers
}
