import { isAbsolute } from 'node:path'
import { flag, readConfig, serviceSettings, url } from '@constellation/platform/config.ts'
import * as v from 'valibot'

/** The settings of the usage service, from its environment. */
export function readUsageConfig() {
  return readConfig(
    v.object({
      ...serviceSettings,
      DATABASE_URL: url,
      /** A directory for the files of the lake, which no other program writes to. */
      LAKE_DIRECTORY: v.pipe(v.string(), v.check(isAbsolute, 'must be an absolute path')),
      EXIT_WITH_PARENT: v.optional(flag, 'false'),
    }),
  )
}

export type UsageConfig = ReturnType<typeof readUsageConfig>
