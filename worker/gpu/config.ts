// What the programs for the terminal read from their environment.
import { readConfig } from '@constellation/platform/config.ts'
import * as v from 'valibot'

const settings = v.object({
  /** NVML's library, where it is not in a place that the system searches. */
  NVML_LIBRARY: v.optional(v.string()),
})

/** @throws Error that lists every variable that is wrong */
export function readTerminalConfig(): v.InferOutput<typeof settings> {
  return readConfig(settings)
}
