import { databaseSettings, flag, readConfig, serviceSettings, wholeNumber } from '@constellation/platform/config.ts'
import * as v from 'valibot'

export const settings = v.object({
  ...serviceSettings,
  ...databaseSettings,
  /** How long a worker may be silent before its runs are given to others. */
  LEASE_MS: v.optional(wholeNumber(1_000, 3_600_000), '45000'),
  /** How long logs are kept after the end of their run; 0 for ever. */
  LOG_RETENTION_DAYS: v.optional(wholeNumber(0, 36_500), '30'),
  /** How long jobs that have ended are kept; 0 for ever. */
  JOB_RETENTION_DAYS: v.optional(wholeNumber(0, 36_500), '0'),
  /** What secrets are encrypted with. Without it those that are stored cannot be read. */
  SECRETS_KEY: v.pipe(
    v.string(),
    v.regex(/^[0-9a-f]{64}$/, 'must be 32 bytes in hexadecimal digits, such as openssl rand -hex 32 prints'),
  ),
  /** How long a submission may be sent again under its idempotency key. */
  IDEMPOTENCY_HOURS: v.optional(wholeNumber(1, 720), '24'),
  /** Webhooks may lead to private addresses: for a stack on one machine, whose users may connect to them anyway. */
  WEBHOOK_ALLOW_PRIVATE: v.optional(flag, 'false'),
  /** True where the process ends when its standard input closes. */
  EXIT_WITH_PARENT: v.optional(flag, 'false'),
})

/** The settings of the jobs service, from its environment. */
export function readJobsConfig() {
  return readConfig(settings)
}

export type JobsConfig = ReturnType<typeof readJobsConfig>
