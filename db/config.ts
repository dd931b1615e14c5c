// What the migration of a database reads from the environment.
import { readConfig, url } from '@constellation/platform/config.ts'
import * as v from 'valibot'

const password = v.pipe(
  v.string(),
  v.regex(/^[\x21-\x7e]{12,}$/, 'must have at least 12 characters of ASCII, without spaces'),
)

export const settings = v.object({
  /** Of a user who may create roles and schemas. */
  DATABASE_URL: url,
  /** The password that the role of the jobs service gets. */
  JOBS_DATABASE_PASSWORD: password,
  /** Likewise of the gpus service. */
  GPUS_DATABASE_PASSWORD: password,
  /** Likewise of the usage service. */
  USAGE_DATABASE_PASSWORD: password,
})

/** @throws Error with one line for each variable that is missing or wrong */
export function readMigrateConfig(env?: Readonly<Record<string, string | undefined>>): v.InferOutput<typeof settings> {
  return readConfig(settings, env)
}

export const awaitSettings = v.object({
  /** Of the service's own role. */
  DATABASE_URL: url,
})

/** What those who wait for a migration read. @throws Error with one line for each variable that is missing or wrong */
export function readAwaitConfig(): { DATABASE_URL: string } {
  return readConfig(awaitSettings)
}
