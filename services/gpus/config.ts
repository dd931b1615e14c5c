import { databaseSettings, flag, readConfig, serviceSettings, wholeNumber } from '@constellation/platform/config.ts'
import * as v from 'valibot'

export const settings = v.object({
  ...serviceSettings,
  ...databaseSettings,
  /** How long a GPU has to be well after an XID before it gets runs again; longer where it fails again and again. */
  GPU_PROBATION_SECONDS: v.optional(wholeNumber(1, 86_400), '300'),
  /** How long roll-ups of telemetry are kept; 0 for ever. */
  TELEMETRY_RETENTION_DAYS: v.optional(wholeNumber(0, 36_500), '30'),
  /** True where the process ends when its standard input closes. */
  EXIT_WITH_PARENT: v.optional(flag, 'false'),
})

/** The settings of the gpus service, from its environment. */
export function readGpusConfig() {
  return readConfig(settings)
}

export type GpusConfig = ReturnType<typeof readGpusConfig>
