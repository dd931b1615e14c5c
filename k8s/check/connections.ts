// Every connection that a program makes, once: what the network policies have to allow on both sides, and no more.

/** Whoever connects, or is connected to: a program of ours, or somebody elsewhere. */
export type Party =
  | 'gateway'
  | 'jobs'
  | 'gpus'
  | 'usage'
  | 'migrate'
  | 'backup'
  | 'restore'
  | 'worker'
  | 'executor'
  | 'gpu-watch'
  | 'nats'
  | 'postgres'
  | 'ingress'
  | 'monitoring'
  | 'cnpg-operator'
  | 'dns'
  | 'api-server'
  | 'world'

export interface Connection {
  from: Party
  to: Party
  port: number
  why: string
  /** Only where this component is part of it. */
  with?: 'nats-cluster' | 'usage-bucket' | 'ingress' | 'tracing'
}

const SERVICES = ['jobs', 'gpus', 'usage'] as const
const OF_OURS = ['gateway', ...SERVICES] as const

export const CONNECTIONS: readonly Connection[] = [
  { from: 'ingress', to: 'gateway', port: 4000, why: 'clients', with: 'ingress' },
  { from: 'worker', to: 'gateway', port: 4000, why: 'claims and reports' },
  { from: 'worker', to: 'nats', port: 4222, why: 'logs and telemetry' },
  { from: 'worker', to: 'world', port: 443, why: 'what jobs fetch' },
  ...(['executor', 'gpu-watch'] as const).flatMap((from): Connection[] => [
    { from, to: 'gateway', port: 4000, why: 'claims and reports' },
    { from, to: 'nats', port: 4222, why: 'logs and telemetry' },
    { from, to: 'dns', port: 53, why: 'names' },
    { from: 'monitoring', to: from, port: 9464, why: 'metrics' },
  ]),
  { from: 'executor', to: 'api-server', port: 443, why: 'Jobs' },
  { from: 'executor', to: 'api-server', port: 6443, why: 'Jobs' },
  { from: 'gateway', to: 'nats', port: 4222, why: 'events' },
  { from: 'gateway', to: 'world', port: 443, why: 'the OIDC issuer' },
  { from: 'jobs', to: 'world', port: 443, why: 'webhooks' },
  { from: 'jobs', to: 'world', port: 80, why: 'webhooks without TLS' },
  { from: 'usage', to: 'world', port: 443, why: 'the bucket of the lake', with: 'usage-bucket' },
  { from: 'migrate', to: 'postgres', port: 5432, why: 'migrations' },
  { from: 'backup', to: 'postgres', port: 5432, why: 'rows' },
  { from: 'restore', to: 'postgres', port: 5432, why: 'rows' },
  { from: 'restore', to: 'nats', port: 4222, why: 'streams of another past' },
  { from: 'nats', to: 'nats', port: 6222, why: 'streams on three servers', with: 'nats-cluster' },
  { from: 'postgres', to: 'postgres', port: 5432, why: 'replication' },
  { from: 'postgres', to: 'postgres', port: 8000, why: 'who leads' },
  { from: 'postgres', to: 'api-server', port: 6443, why: 'who leads' },
  { from: 'postgres', to: 'world', port: 443, why: 'backups' },
  { from: 'cnpg-operator', to: 'postgres', port: 8000, why: 'how an instance is' },
  { from: 'cnpg-operator', to: 'postgres', port: 5432, why: 'roles' },
  { from: 'monitoring', to: 'postgres', port: 9187, why: 'metrics' },
  { from: 'monitoring', to: 'worker', port: 9464, why: 'metrics' },
  ...SERVICES.flatMap((to): Connection[] => [
    { from: 'gateway', to, port: 4000, why: 'the graph' },
    { from: to, to: 'postgres', port: 5432, why: 'its data' },
    { from: to, to: 'nats', port: 4222, why: 'events' },
  ]),
  ...OF_OURS.map((to): Connection => ({ from: 'monitoring', to, port: 9464, why: 'metrics' })),
  ...OF_OURS.map((from): Connection => ({ from, to: 'monitoring', port: 4318, why: 'traces', with: 'tracing' })),
  ...[
    ...OF_OURS,
    'migrate' as const,
    'backup' as const,
    'restore' as const,
    'nats' as const,
    'worker' as const,
    'postgres' as const,
  ].map((from): Connection => ({ from, to: 'dns', port: 53, why: 'names' })),
]
