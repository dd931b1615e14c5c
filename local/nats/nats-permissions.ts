// What each principal may say and hear on NATS: what is its own, and nothing of another's.
import { STREAMS } from '@constellation/platform/events/subjects.ts'
import type { NatsPermissions } from '@constellation/platform/nats/nats-credentials.ts'
import { workerPermissions } from '@constellation/platform/nats/worker-permissions.ts'

/** Who connects as itself. `services` is for who runs the place, and may do everything. */
export const NATS_USERS = ['services', 'jobs', 'gpus', 'usage', 'gateway', 'worker', 'restore'] as const
export type NatsUser = (typeof NATS_USERS)[number]

/** The name of the stack's own worker, which its token and its permissions are for. */
export const LOCAL_WORKER = 'worker-local'

type StreamName = keyof typeof STREAMS

/** The durable consumers of each service, by stream: a service takes nothing from another's. */
const DURABLES: Readonly<Record<'jobs' | 'gpus' | 'usage', Partial<Record<StreamName, readonly string[]>>>> = {
  jobs: {
    EVENTS: ['jobs-gpus', 'jobs-workers', 'jobs-webhooks', 'jobs-webhooks-budgets'],
    LOGS: ['jobs-logs'],
    AUDIT: ['jobs-audit'],
  },
  gpus: {},
  usage: { EVENTS: ['usage-ledger', 'usage-gpus', 'usage-workers'] },
}

/** Streams are made by whichever service comes first, with the settings of its release; no program empties or deletes them. */
const MAKES_STREAMS = [
  '$JS.API.INFO',
  ...Object.keys(STREAMS).flatMap((stream) =>
    ['CREATE', 'UPDATE', 'INFO'].map((verb) => `$JS.API.STREAM.${verb}.${stream}`),
  ),
]

/** The permissions of everybody but `services`. */
export const PERMISSIONS: Readonly<Record<Exclude<NatsUser, 'services'>, NatsPermissions>> = {
  jobs: service('jobs', {
    says: ['events.jobs.>', 'stored-logs.>', 'queue.moved', 'wake.queue', 'wake.worker.>', 'tokens.>'],
    hears: ['budgets.holds'],
  }),
  gpus: service('gpus', { says: ['events.gpus.>', 'events.workers.>'], hears: ['telemetry.*'] }),
  usage: service('usage', { says: ['events.usage.>', 'budgets.holds'], hears: [] }),
  gateway: {
    publish: { allow: ['audit.gateway', ...MAKES_STREAMS, ...readsEvents()], deny: allDurables('EVENTS') },
    subscribe: {
      allow: ['events.>', 'stored-logs.>', 'queue.moved', 'telemetry.*', 'tokens.>', '_INBOX_gateway.>'],
    },
  },
  worker: workerPermissions(LOCAL_WORKER, 'worker'),
  // Whoever restores a backup: messages are of another past than its rows, and nothing else of them is its business.
  restore: {
    publish: { allow: ['$JS.API.INFO', '$JS.API.STREAM.DELETE.EVENTS', '$JS.API.STREAM.DELETE.LOGS'] },
    subscribe: { allow: ['_INBOX_restore.>'] },
  },
}

function service(
  name: 'jobs' | 'gpus' | 'usage',
  { says, hears }: { says: readonly string[]; hears: readonly string[] },
): NatsPermissions {
  const own = Object.entries(DURABLES[name]).flatMap(([stream, durables]) =>
    durables.flatMap((durable) => usesDurable(stream, durable)),
  )
  return {
    publish: { allow: [...says, `wake.outbox.${name}`, ...MAKES_STREAMS, ...own] },
    subscribe: { allow: [...hears, `wake.outbox.${name}`, `_INBOX_${name}.>`] },
  }
}

function usesDurable(stream: string, durable: string): string[] {
  return [
    `$JS.API.CONSUMER.CREATE.${stream}.${durable}`,
    `$JS.API.CONSUMER.CREATE.${stream}.${durable}.>`,
    `$JS.API.CONSUMER.INFO.${stream}.${durable}`,
    `$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`,
    `$JS.ACK.${stream}.${durable}.>`,
  ]
}

/** The gateway reads events again for who resumes, by consumers that live as long as that takes. */
function readsEvents(): string[] {
  return [
    '$JS.API.STREAM.INFO.EVENTS',
    '$JS.API.STREAM.MSG.GET.EVENTS',
    '$JS.API.DIRECT.GET.EVENTS',
    '$JS.API.DIRECT.GET.EVENTS.>',
    '$JS.API.CONSUMER.CREATE.EVENTS.>',
    '$JS.API.CONSUMER.INFO.EVENTS.*',
    '$JS.API.CONSUMER.DELETE.EVENTS.*',
    '$JS.API.CONSUMER.MSG.NEXT.EVENTS.*',
    '$JS.ACK.EVENTS.>',
  ]
}

function allDurables(stream: StreamName): string[] {
  const durables = Object.values(DURABLES).flatMap((streams) => streams[stream] ?? [])
  return durables.flatMap((durable) => [
    ...usesDurable(stream, durable),
    `$JS.API.CONSUMER.DELETE.${stream}.${durable}`,
  ])
}
