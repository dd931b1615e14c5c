// The stack's own programs, and the environment of each: an allow-list, nothing is inherited unseen.
import path from 'node:path'
import type { ServiceUrls } from '@constellation/db/migrate.ts'
import type { TraceSettings } from '@constellation/platform/tracing/trace.ts'
import { repositoryRoot } from '../repository.ts'
import { TOKEN_ISSUER } from '../tokens/token.ts'
import { jobUsers } from './job-users.ts'

/** The programs, in the order of their start. */
export const PROGRAMS = ['jobs', 'gpus', 'usage', 'gateway', 'worker'] as const

export type Program = (typeof PROGRAMS)[number]

/** What the programs need to find each other. */
export interface Wiring {
  home: string
  host: string
  port: number
  servicePorts: Readonly<Record<'jobs' | 'gpus' | 'usage', number>>
  databaseUrls: ServiceUrls
  natsUrls: Readonly<Record<Program, string>>
  /** What the gateway makes credentials of workers with, where NATS is the stack's own. */
  natsSignerFile: string | undefined
  gatewaySecret: string
  /** What the jobs service encrypts secrets with. */
  secretsKey: string
  jwksFile: string
  workerTokenFile: string
  /** Where each tells its metrics on 127.0.0.1. */
  metricsPorts: Readonly<Record<Program, number>>
  simulatedGpus: number | undefined
  logLevel: string
  /** Whom spans are told to, and which share of all traces. */
  traces: TraceSettings
  /** What is passed on of this process's environment: to every program, and to one alone. */
  inherited: Readonly<
    Record<'all' | 'worker' | 'jobs' | 'gpus' | 'usage' | 'gateway', Readonly<Record<string, string>>>
  >
}

/** The file that Node runs for each program. */
export const MAINS: Readonly<Record<Program, string>> = {
  jobs: path.join(repositoryRoot, 'services/jobs/main.ts'),
  gpus: path.join(repositoryRoot, 'services/gpus/main.ts'),
  usage: path.join(repositoryRoot, 'services/usage/main.ts'),
  gateway: path.join(repositoryRoot, 'gateway/main.ts'),
  worker: path.join(repositoryRoot, 'worker/main.ts'),
}

/** The environment of a program. */
export function environmentOf(program: Program, wiring: Wiring): Record<string, string> {
  const common = {
    ...wiring.inherited.all,
    NODE_ENV: 'production',
    APOLLO_TELEMETRY_DISABLED: '1',
    // What Node made of the sources at an earlier start: a fifth of what a start takes.
    NODE_COMPILE_CACHE: path.join(repositoryRoot, '.cache', 'programs'),
    LOG_LEVEL: wiring.logLevel,
    ...traceEnvironment(wiring.traces),
    METRICS_PORT: String(wiring.metricsPorts[program]),
  }
  switch (program) {
    case 'gateway':
      return { ...common, ...gatewayEnvironment(wiring) }
    case 'worker':
      return { ...common, ...workerEnvironment(wiring) }
    default:
      return {
        ...common,
        // Whoever is on this machine reaches its addresses anyway.
        ...(program === 'jobs' && { WEBHOOK_ALLOW_PRIVATE: 'true' }),
        ...wiring.inherited[program],
        HOST: '127.0.0.1',
        PORT: String(wiring.servicePorts[program]),
        DATABASE_URL: wiring.databaseUrls[program],
        NATS_URL: wiring.natsUrls[program],
        GATEWAY_SECRET: wiring.gatewaySecret,
        ...(program === 'jobs' && { SECRETS_KEY: wiring.secretsKey }),
        ...(program === 'usage' && { LAKE_DIRECTORY: path.join(wiring.home, 'lake') }),
      }
  }
}

function traceEnvironment({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: ratio }: TraceSettings) {
  return {
    ...(endpoint !== undefined && { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }),
    ...(ratio !== undefined && { OTEL_TRACES_SAMPLER_ARG: String(ratio) }),
  }
}

function gatewayEnvironment(wiring: Wiring): Record<string, string> {
  const service = (name: 'jobs' | 'gpus' | 'usage') => `http://127.0.0.1:${wiring.servicePorts[name]}`
  return {
    HOST: wiring.host,
    PORT: String(wiring.port),
    JOBS_URL: service('jobs'),
    GPUS_URL: service('gpus'),
    USAGE_URL: service('usage'),
    NATS_URL: wiring.natsUrls.gateway,
    GATEWAY_SECRET: wiring.gatewaySecret,
    JWKS_FILE: wiring.jwksFile,
    ...(wiring.natsSignerFile !== undefined && { WORKER_NATS_KEY_FILE: wiring.natsSignerFile }),
    WORKER_TOKEN_KEY_FILE: path.join(path.dirname(wiring.jwksFile), 'private.jwk'),
    TOKEN_ISSUER,
    AUDIT_FILE: path.join(wiring.home, 'audit-waiting.jsonl'),
    WEB_DIR: path.join(repositoryRoot, 'web/dist'),
    // One machine's own graph is for its people to explore.
    INTROSPECTION: 'true',
    ...wiring.inherited.gateway,
    HEALTH_NEEDS_WORKER: 'true',
  }
}

function workerEnvironment(wiring: Wiring): Record<string, string> {
  const users = jobUsers()
  return {
    ...(users === undefined ? {} : { RUN_AS: users }),
    ...wiring.inherited.worker,
    GATEWAY_URL: localUrl(wiring.host, wiring.port),
    TOKEN_FILE: wiring.workerTokenFile,
    NATS_URL: wiring.natsUrls.worker,
    WORKER_HOME: path.join(wiring.home, 'worker'),
    ...(wiring.simulatedGpus === undefined ? {} : { CONSTELLATION_SIMULATED_GPUS: String(wiring.simulatedGpus) }),
  }
}

/** Where this machine reaches a server that listens on `host`, which may be the address of every interface. */
export function localUrl(host: string, port: number): string {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
}
