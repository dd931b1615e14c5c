// The settings that each command of the image reads, by the schema of its own config.ts.
import { awaitSettings, backupSettings, settings as migrate, restoreSettings } from '@constellation/db/config.ts'
import { settings as gateway } from '@constellation/gateway/config.ts'
import { settings as gpus } from '@constellation/gpus/config.ts'
import { settings as jobs } from '@constellation/jobs/config.ts'
import { settings as usage } from '@constellation/usage/config.ts'
import { settings as reckoning } from '@constellation/usage/reckoning/config.ts'
import { settings as worker } from '@constellation/worker/config.ts'
import { settings as keeper } from '@constellation/worker/executors/kubernetes/keeper/config.ts'
import * as v from 'valibot'
import type { Command } from '../image/entry.ts'

const SETTINGS: Readonly<Record<Command, v.ObjectSchema<v.ObjectEntries, undefined>>> = {
  gateway,
  jobs,
  gpus,
  usage,
  worker,
  keeper,
  migrate,
  'await-schema': awaitSettings,
  backup: backupSettings,
  restore: restoreSettings,
  reconcile: reckoning,
  rebuild: reckoning,
}

/** What any process of Node reads, or the manifests themselves. */
const OF_NODE = ['NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS', 'APOLLO_TELEMETRY_DISABLED', 'NODE_ENV', 'WEB_DIR']
/** Read by NVIDIA's runtime. */
const OF_RUNTIME = ['NVIDIA_VISIBLE_DEVICES', 'NVIDIA_DRIVER_CAPABILITIES']
/** All programs are given these, whether or not they have use for them. */
const OF_ALL = [
  'HOST',
  'PORT',
  'LOG_LEVEL',
  'METRICS_PORT',
  'JETSTREAM_REPLICAS',
  'JETSTREAM_EVENTS_GIB',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
]
/** Only for other values to be made of. */
const OF_MANIFESTS = ['WORKER_NAME', 'BACKUP']

/** One container is run by hand for any of these, and is given what all of them read. */
const BY_HAND: readonly Command[] = ['backup', 'restore', 'reconcile', 'rebuild']

const KNOWN = [...OF_NODE, ...OF_RUNTIME, ...OF_ALL, ...OF_MANIFESTS]

/** What is wrong with the environment of a command: what is missing, cannot be read, or is read by nobody. */
export function faultsOfEnvironment(command: Command, env: Readonly<Record<string, string>>): string[] {
  const own = SETTINGS[command]
  const others = BY_HAND.includes(command) ? BY_HAND.map((each) => SETTINGS[each]).filter((each) => each !== own) : []
  const given = new Set(Object.keys(env))
  const wrong = [
    ...issuesOf(own, env),
    // What one of the others needs may be given when it is run.
    ...others.flatMap((other) => issuesOf(other, env).filter(({ name }) => given.has(name))),
  ].map(({ name, message }) => `${name}: ${message}`)
  const isRead = (name: string) => [own, ...others].some(({ entries }) => name in entries) || KNOWN.includes(name)
  const unread = [...given].filter((name) => !isRead(name)).map((name) => `${name}: ${command} does not read it`)
  return [...new Set(wrong), ...unread]
}

function issuesOf(schema: (typeof SETTINGS)[Command], env: Readonly<Record<string, string>>) {
  const { issues = [] } = v.safeParse(schema, env)
  return issues.map((issue) => ({ name: String(v.getDotPath(issue)), message: issue.message }))
}
