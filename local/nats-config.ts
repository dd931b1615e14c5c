// The configuration of the stack's nats-server: who may connect, and what each may say and hear.

export interface NatsPasswords {
  services: string
  worker: string
}

export interface NatsSettings {
  /** The name by which its own starter knows it from any other server. */
  serverName: string
  port: number
  storeFolder: string
  pidFile: string
  passwords: NatsPasswords
}

/** The name of the stack's own worker, which its token and its permissions are for. */
export const LOCAL_WORKER = 'worker-local'

/** What a worker may say: the output of its runs, and its telemetry. */
const WORKER_PUBLISHES = [`logs.${LOCAL_WORKER}.>`, `telemetry.${LOCAL_WORKER}`]
/** What it may hear: wake-ups, and the stream's acknowledgements of what it published, not the answers to others. */
const WORKER_HEARS = ['wake.queue', `wake.worker.${LOCAL_WORKER}`, '_INBOX_worker.>']

/** The text of the configuration file. Nothing in it is later than nats-server 2.9. */
export function natsConfig(settings: NatsSettings): string {
  const { passwords } = settings
  return `${[
    `server_name: ${quote(settings.serverName)}`,
    `listen: "127.0.0.1:${settings.port}"`,
    `pid_file: ${quote(settings.pidFile)}`,
    'max_payload: 1MB',
    'jetstream {',
    `  store_dir: ${quote(settings.storeFolder)}`,
    // Counted against what the streams may hold at most, not against the disk.
    '  max_file_store: 16GB',
    '  max_memory_store: 64MB',
    '}',
    'authorization {',
    '  users: [',
    `    { user: services, password: ${quote(passwords.services)} }`,
    `    { user: worker, password: ${quote(passwords.worker)}, permissions: {`,
    `      publish: ${JSON.stringify(WORKER_PUBLISHES)}`,
    `      subscribe: ${JSON.stringify(WORKER_HEARS)}`,
    '    } }',
    '  ]',
    '}',
  ].join('\n')}\n`
}

function quote(text: string): string {
  return JSON.stringify(text)
}
