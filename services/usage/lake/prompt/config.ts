// What the prompt reads from the environment.
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { readConfig, url } from '@constellation/platform/config.ts'
import * as v from 'valibot'

const settings = v.object({
  /** The usage service's. */
  LAKE_DIRECTORY: v.pipe(
    v.string('is not set, and no stack runs on this machine'),
    v.check(isAbsolute, 'must be an absolute path'),
  ),
  /** Of a user who reads what the usage service has; without it the answers are as old as the files. */
  DATABASE_URL: v.optional(url),
  /** Where what was asked is kept. */
  ANALYTICS_HISTORY: v.optional(v.string(), join(homedir(), '.constellation-analytics-history')),
})

/** @throws Error with one line for each variable that is missing or wrong */
export function readPromptConfig(env?: Readonly<Record<string, string | undefined>>): v.InferOutput<typeof settings> {
  return readConfig(settings, env)
}
