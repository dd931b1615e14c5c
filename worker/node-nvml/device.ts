// What can be asked of one GPU, or of one MIG instance. Every metric that it does not offer is null, and every
// other failure an NvmlError.
import { askOf } from './ask.ts'
import { type FieldValues, fieldValuesOf } from './field-values.ts'
import { type Health, healthOf } from './health.ts'
import { type Identity, identityOf } from './identity.ts'
import type { Library } from './library.ts'
import { type Links, linksOf } from './links.ts'
import { type Metrics, metricsOf } from './metrics.ts'
import { type Mig, migOf } from './mig.ts'
import { type Processes, processesOf } from './processes.ts'

export interface NvmlDevice extends Identity, Metrics, Health, FieldValues, Processes, Links, Mig {}

const libraries = new WeakMap<NvmlDevice, Library>()

/** `handle` is NVML's. */
export function deviceOf(library: Library, handle: number): NvmlDevice {
  const ask = askOf(library, handle)
  const fieldValues = fieldValuesOf(ask)
  const device = {
    ...identityOf(ask),
    ...metricsOf(ask),
    ...healthOf(ask, fieldValues),
    ...fieldValues,
    ...processesOf(ask),
    ...linksOf(ask, fieldValues),
    ...migOf(ask, (other) => deviceOf(library, other)),
  }
  libraries.set(device, library)
  return device
}

/** The library that a device belongs to, for those who bind its functions themselves. */
export function libraryOf(device: NvmlDevice): Library {
  const library = libraries.get(device)
  if (!library) throw new TypeError('This device is not one of node-nvml.')
  return library
}
