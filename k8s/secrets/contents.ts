// What each program of a deployment keeps secret: the values, by the Secret that has them. A key with a dot in it is a
// file, any other an environment variable.
import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { serviceUrls } from '@constellation/db/migrate.ts'
import { natsTrust } from '@constellation/local/nats/nats-config.ts'
import { LOCAL_WORKER, PERMISSIONS } from '@constellation/local/nats/nats-permissions.ts'
import { loadSecrets, type NatsKeys, type Secrets } from '@constellation/local/secrets.ts'
import { loadIssuer } from '@constellation/local/tokens/keys.ts'
import { mintToken } from '@constellation/local/tokens/token.ts'
import { makeNatsUser, publicKeyOf, toPassword } from '@constellation/platform/nats/nats-credentials.ts'

export type Contents = Record<string, Record<string, string>>

/** Where the servers answer, such as `postgres-rw:5432`. */
export interface Hosts {
  postgres: string
  /** Where replicas of it do, if there are some. */
  replicas?: string | undefined
  /** How its connections are encrypted, in libpq's words; not at all where nothing is said. */
  tls?: string
  nats: string
}

/** In a cluster, as the components have them, and with compose. */
export const HOSTS = {
  kubernetes: {
    postgres: 'postgres-rw:5432',
    replicas: 'postgres-ro:5432',
    tls: 'sslmode=verify-full&sslrootcert=/etc/constellation/postgres/ca.crt',
    nats: 'nats:4222',
  },
  compose: { postgres: 'postgres:5432', nats: 'nats:4222' },
} as const satisfies Record<string, Hosts>

const DATABASE = 'constellation'
const ADMIN = 'constellation_admin'
/** As many servers as the component nats-cluster has. */
const NATS_SERVERS = 3
const YEAR_SECONDS = 365 * 86_400

/**
 * All of it, from the keys in `home`, which the first call makes: the same keys each time, so that what was encrypted or
 * signed with them stays good. Credentials of NATS are new ones, and older ones hold as well.
 */
export async function makeContents(home: string, hosts: Hosts): Promise<Contents> {
  const secrets = await loadSecrets(home)
  const { jwksFile } = await loadIssuer(home)
  const adminAt = (host: string) =>
    `postgres://${ADMIN}:${secrets.postgresSuperuser}@${host}/${DATABASE}${hosts.tls === undefined ? '' : `?${hosts.tls}`}`
  const adminUrl = adminAt(hosts.postgres)
  const databases = serviceUrls(adminUrl, secrets.databaseRoles)
  const replicas =
    hosts.replicas === undefined ? undefined : serviceUrls(adminAt(hosts.replicas), secrets.databaseRoles)
  const service = (name: 'jobs' | 'gpus' | 'usage') => ({
    DATABASE_URL: databases[name],
    ...(replicas && { DATABASE_REPLICA_URL: replicas[name] }),
    NATS_URL: natsUrl(secrets.nats, name, hosts.nats),
    GATEWAY_SECRET: secrets.gateway,
  })
  const migrate = {
    DATABASE_URL: adminUrl,
    JOBS_DATABASE_PASSWORD: secrets.databaseRoles.jobs,
    GPUS_DATABASE_PASSWORD: secrets.databaseRoles.gpus,
    USAGE_DATABASE_PASSWORD: secrets.databaseRoles.usage,
  }
  return {
    gateway: {
      NATS_URL: natsUrl(secrets.nats, 'gateway', hosts.nats),
      GATEWAY_SECRET: secrets.gateway,
      'jwks.json': await readFile(jwksFile, 'utf8'),
      'issuer.jwk': await readFile(path.join(path.dirname(jwksFile), 'private.jwk'), 'utf8'),
      'nats-signer.json': JSON.stringify({ account: publicKeyOf(secrets.nats.account), seed: secrets.nats.workers }),
    },
    jobs: { ...service('jobs'), SECRETS_KEY: secrets.jobs },
    gpus: service('gpus'),
    usage: service('usage'),
    migrate,
    // Backup and restore.
    upkeep: { ...migrate, SECRETS_KEY: secrets.jobs, NATS_URL: natsUrl(secrets.nats, 'restore', hosts.nats) },
    nats: { 'trust.conf': natsTrust(secrets.nats), 'routes.conf': natsRoutes(secrets) },
    'postgres-admin': { username: ADMIN, password: secrets.postgresSuperuser },
  }
}

/** What a stack of compose has beside: its own PostgreSQL's first user, and a worker that was enrolled by hand. */
export async function makeComposeContents(home: string): Promise<Contents> {
  const contents = await makeContents(home, HOSTS.compose)
  const secrets = await loadSecrets(home)
  const who = { subject: LOCAL_WORKER, role: 'worker', accounts: [], ttlSeconds: YEAR_SECONDS } as const
  const { 'postgres-admin': _cluster, ...shared } = contents
  return {
    ...shared,
    postgres: { POSTGRES_USER: ADMIN, POSTGRES_PASSWORD: secrets.postgresSuperuser, POSTGRES_DB: DATABASE },
    worker: {
      NATS_URL: natsUrl(secrets.nats, 'worker', HOSTS.compose.nats),
      'worker.token': `${await mintToken(await loadIssuer(home), who)}\n`,
    },
  }
}

type User = keyof typeof PERMISSIONS

function natsUrl(keys: NatsKeys, user: User, host: string): string {
  const credentials = makeNatsUser(keys.account, { name: user, permissions: PERMISSIONS[user] })
  return `nats://${user}:${toPassword(credentials)}@${host}`
}

/** How the servers of a cluster know each other, by a password that follows from the keys. */
function natsRoutes({ gateway }: Secrets): string {
  const password = createHmac('sha256', gateway).update('routes of NATS').digest('hex')
  const routes = Array.from(
    { length: NATS_SERVERS },
    (_, n) => `nats-route://routes:${password}@nats-${n}.nats-each:6222`,
  )
  return `authorization {\n  user: routes\n  password: ${JSON.stringify(password)}\n}\nroutes: [\n${routes
    .map((route) => `  ${JSON.stringify(route)}`)
    .join('\n')}\n]\n`
}
