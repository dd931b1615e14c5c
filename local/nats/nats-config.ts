// The configuration of the stack's nats-server: whose signatures let users in, and what workers may say and hear.
import { publicKeyOf, signNatsJwt, toClaims } from '@constellation/platform/nats/nats-credentials.ts'
import { natsUserOf, workerPermissions } from '@constellation/platform/nats/worker-permissions.ts'
import type { NatsKeys } from '../secrets.ts'

export interface NatsSettings {
  /** The name by which its own starter knows it from any other server. */
  serverName: string
  port: number
  storeFolder: string
  pidFile: string
  keys: NatsKeys
}

/** The text of the configuration file, which holds no secret. Nothing in it is later than nats-server 2.9. */
export function natsConfig({ serverName, port, storeFolder, pidFile, keys }: NatsSettings): string {
  return `${[
    `server_name: ${quote(serverName)}`,
    `listen: "127.0.0.1:${port}"`,
    `pid_file: ${quote(pidFile)}`,
    'max_payload: 1MB',
    // Who connects shows all of its permissions in one line, and the gateway's would not fit into the usual 4 KB.
    'max_control_line: 32KB',
    'jetstream {',
    `  store_dir: ${quote(storeFolder)}`,
    // Counted against what the streams may hold at most, not against the disk.
    '  max_file_store: 16GB',
    '  max_memory_store: 64MB',
    '}',
    natsTrust(keys),
  ].join('\n')}`
}

/** The part of a configuration that says whose signatures let users in. It holds no secret. */
export function natsTrust(keys: NatsKeys): string {
  const [account, system] = [publicKeyOf(keys.account), publicKeyOf(keys.system)]
  return `${[
    `operator: ${quote(operatorJwt(keys))}`,
    'resolver: MEMORY',
    'resolver_preload: {',
    `  ${account}: ${quote(accountJwt(keys))}`,
    `  ${system}: ${quote(systemJwt(keys))}`,
    '}',
  ].join('\n')}\n`
}

function operatorJwt({ operator, system }: NatsKeys): string {
  return signNatsJwt(operator, {
    name: 'constellation',
    sub: publicKeyOf(operator),
    nats: { type: 'operator', system_account: publicKeyOf(system) },
  })
}

const NO_LIMITS = { subs: -1, data: -1, payload: -1 }
const OF_ACCOUNT = { ...NO_LIMITS, imports: -1, exports: -1, wildcards: true, conn: -1, leaf: -1 }
const OF_STREAMS = { mem_storage: -1, disk_storage: -1, streams: -1, consumer: -1 }

function accountJwt({ operator, account, workers }: NatsKeys): string {
  return signNatsJwt(operator, {
    name: 'constellation',
    sub: publicKeyOf(account),
    nats: {
      type: 'account',
      limits: { ...OF_ACCOUNT, ...OF_STREAMS },
      // Whoever has this key makes workers with it, and nobody else: the server itself holds each to its name.
      signing_keys: [
        {
          kind: 'user_scope',
          key: publicKeyOf(workers),
          role: 'worker',
          template: { ...NO_LIMITS, ...toClaims(workerPermissions('{{name()}}', natsUserOf('{{name()}}'))) },
        },
      ],
    },
  })
}

function systemJwt({ operator, system }: NatsKeys): string {
  const nats = { type: 'account', limits: OF_ACCOUNT }
  return signNatsJwt(operator, { name: 'system', sub: publicKeyOf(system), nats })
}

function quote(text: string): string {
  return JSON.stringify(text)
}
