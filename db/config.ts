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

/** What secrets are encrypted with, so that a backup knows its key again; 64 hexadecimal digits. */
const secretsKey = v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits')))

export const backupSettings = v.object({
  /** Of a user who may read the tables of all services. */
  DATABASE_URL: url,
  /** What the secrets of jobs and webhooks are encrypted with. */
  SECRETS_KEY: secretsKey,
})

/** What the image's `backup` reads. @throws Error with one line for each variable that is missing or wrong */
export function readBackupConfig(): v.InferOutput<typeof backupSettings> {
  return readConfig(backupSettings)
}

export const restoreSettings = v.object({
  ...settings.entries,
  /** What the services will decrypt secrets with. */
  SECRETS_KEY: secretsKey,
  /** As a user who may delete the streams EVENTS and LOGS. */
  NATS_URL: v.optional(url),
})

/** What the image's `restore` reads. @throws Error with one line for each variable that is missing or wrong */
export function readRestoreConfig(): v.InferOutput<typeof restoreSettings> {
  return readConfig(restoreSettings)
}

export const awaitSettings = v.object({
  /** Of the service's own role. */
  DATABASE_URL: url,
})

/** What those who wait for a migration read. @throws Error with one line for each variable that is missing or wrong */
export function readAwaitConfig(): { DATABASE_URL: string } {
  return readConfig(awaitSettings)
}
