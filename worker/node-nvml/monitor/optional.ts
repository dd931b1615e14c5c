// Facts without which a GPU is still worth knowing of.
import { isDriverGone, isLost, NvmlError } from '../errors.ts'

/** Null where the driver refuses, with whatever code. @throws NvmlError where the GPU is lost, or the driver is gone */
export function optional<T>(ask: () => T): T | null {
  try {
    return ask()
  } catch (error) {
    if (!(error instanceof NvmlError) || isDriverGone(error.number) || isLost(error.number)) throw error
    return null
  }
}
