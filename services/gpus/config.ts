import { flag, readConfig, serviceSettings, url } from '@constellation/platform/config.ts'
import * as v from 'valibot'

/** The settings of the gpus service, from its environment. */
export function readGpusConfig() {
  return readConfig(v.object({ ...serviceSettings, DATABASE_URL: url, EXIT_WITH_PARENT: v.optional(flag, 'false') }))
}

export type GpusConfig = ReturnType<typeof readGpusConfig>
