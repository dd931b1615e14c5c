// What those who rebuild and reconcile the ledger read from the environment.
import { isAbsolute } from 'node:path'
import { readConfig, url } from '@constellation/platform/config.ts'
import * as v from 'valibot'

export const settings = v.object({
  /** Of a user who may make a schema and read those of all services, as the one who migrates the database. */
  DATABASE_URL: url,
  /** The usage service's; where it is not given, the files are not held against the ledger. */
  LAKE_DIRECTORY: v.optional(v.pipe(v.string(), v.check(isAbsolute, 'must be an absolute path'))),
  /** Where what was found is left for Prometheus, such as `/var/lib/node_exporter/constellation.prom`. */
  RECONCILE_METRICS_FILE: v.optional(v.pipe(v.string(), v.check(isAbsolute, 'must be an absolute path'))),
})

/** @throws Error with one line for each variable that is missing or wrong */
export function readReckoningConfig(
  env?: Readonly<Record<string, string | undefined>>,
): v.InferOutput<typeof settings> {
  return readConfig(settings, env)
}
