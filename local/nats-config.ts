// The configuration of the stack's nats-server: who may connect, and what each may say and hear.
import { NATS_USERS, type NatsUser, PERMISSIONS } from './nats-permissions.ts'

/** One for each user. */
export type NatsPasswords = Readonly<Record<NatsUser, string>>

export interface NatsSettings {
  /** The name by which its own starter knows it from any other server. */
  serverName: string
  port: number
  storeFolder: string
  pidFile: string
  passwords: NatsPasswords
}

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
    ...NATS_USERS.map((user) => userLine(user, passwords[user])),
    '  ]',
    '}',
  ].join('\n')}\n`
}

function userLine(user: NatsUser, password: string): string {
  const permissions = user === 'services' ? '' : `, permissions: ${JSON.stringify(PERMISSIONS[user])}`
  return `    { user: ${user}, password: ${quote(password)}${permissions} }`
}

function quote(text: string): string {
  return JSON.stringify(text)
}
