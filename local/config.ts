// What the person who starts the stack may choose, by environment variables.
import path from 'node:path'
import { logLevel, port, readConfig, traceSettings, url, wholeNumber } from '@constellation/platform/config.ts'
import * as v from 'valibot'
import { repositoryRoot } from './repository.ts'

export const settings = v.object({
  /** Where the gateway answers: the address. */
  HOST: v.optional(v.string(), '127.0.0.1'),
  /** Its port. */
  PORT: v.optional(port, '4000'),
  /** A PostgreSQL of your own, 18 or later, in place of the stack's; user and password are part of the URL. */
  DATABASE_URL: v.optional(v.pipe(url, v.regex(/^postgres(ql)?:\/\//, 'must begin with postgres://'))),
  /** A NATS server of your own, with JetStream. */
  NATS_URL: v.optional(v.pipe(url, v.regex(/^(nats|tls):\/\//, 'must begin with nats:// or tls://'))),
  /** The folder of data, secrets and logs; by default `.constellation` in the clone. */
  CONSTELLATION_HOME: v.pipe(
    v.optional(v.string(), path.join(repositoryRoot, '.constellation')),
    v.transform((folder) => path.resolve(repositoryRoot, folder)),
  ),
  /** How many GPUs the worker pretends to have; it decides for itself where this is not set. */
  CONSTELLATION_SIMULATED_GPUS: v.optional(wholeNumber(0, 64)),
  /** Of the files in the logs folder; the terminal shows warnings and errors. */
  LOG_LEVEL: v.optional(logLevel, 'info'),
  ...traceSettings,
})

export type StackConfig = v.InferOutput<typeof settings>

/** @throws Error with one line for each variable that is wrong */
export function readStackConfig(env?: Readonly<Record<string, string | undefined>>): StackConfig {
  return readConfig(settings, env)
}

/** What every program of the stack may know of this process's environment. */
const INHERITED = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'LD_LIBRARY_PATH',
  'CUDA_HOME',
  'OTEL_EXPORTER_OTLP_HEADERS',
]

/** Settings of the worker that whoever starts the stack may give; the worker itself checks them. */
const WORKER_SETTINGS = [
  'NVML_LIBRARY',
  'CPU_SLOTS',
  'TERMINATION_GRACE_SECONDS',
  'IDLE_NOTE_SECONDS',
  'MAX_IDLE_SECONDS',
  'LOG_LIMIT_MB',
  'RUN_AS',
  'WORKER_CGROUP',
  'REQUIRE_LIMITS',
  'WORKER_LABELS',
  'EXECUTORS',
  'DOCKER_SOCKET',
  'DOCKER_MOUNTS',
  'DOCKER_USER',
]

/** Settings of the jobs service, likewise. */
const JOBS_SETTINGS = ['LOG_RETENTION_DAYS', 'JOB_RETENTION_DAYS', 'WEBHOOK_ALLOW_PRIVATE']
/** Settings of the gateway, likewise. */
const GATEWAY_SETTINGS = [
  'ALLOWED_DOCUMENTS',
  'ALLOWED_ORIGINS',
  'TRUSTED_PROXIES',
  'INTROSPECTION',
  'RATE_BURST',
  'RATE_PER_SECOND',
  'CONNECTIONS_PER_PRINCIPAL',
  'SUBSCRIPTIONS_PER_PRINCIPAL',
  'OIDC_ISSUER',
  'OIDC_AUDIENCE',
  'OIDC_CLIENT_ID',
  'OIDC_SCOPE',
  'OIDC_SUBJECT_CLAIM',
  'OIDC_ROLE_CLAIM',
  'OIDC_ACCOUNTS_CLAIM',
]
/** Settings of the gpus service, likewise. */
const GPUS_SETTINGS = ['GPU_PROBATION_SECONDS', 'TELEMETRY_RETENTION_DAYS']

/** Settings of the usage service, likewise. */
const USAGE_SETTINGS = [
  'LAKE_KEEP_MONTHS',
  'LAKE_BUCKET',
  'LAKE_BUCKET_REGION',
  'LAKE_BUCKET_KEY_ID',
  'LAKE_BUCKET_SECRET',
]

/** The variables that are passed on: to every program, and to one alone. */
export function inheritedEnvironment(): Record<
  'all' | 'worker' | 'jobs' | 'gpus' | 'usage' | 'gateway',
  Record<string, string>
> {
  return {
    all: pick(INHERITED),
    worker: pick(WORKER_SETTINGS),
    jobs: pick(JOBS_SETTINGS),
    gpus: pick(GPUS_SETTINGS),
    usage: pick(USAGE_SETTINGS),
    gateway: pick(GATEWAY_SETTINGS),
  }
}

function pick(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name]
      return value === undefined || value === '' ? [] : [[name, value] as const]
    }),
  )
}
