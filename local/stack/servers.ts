// PostgreSQL and NATS for the stack: those that npm and the distribution have, or the user's own.

import { databaseUrl, ensureDatabase } from '@constellation/db/database.ts'
import { migrate, type ServiceUrls } from '@constellation/db/migrate.ts'
import { seed } from '@constellation/db/seed.ts'
import { requireVersion } from '@constellation/platform/least-versions.ts'
import { natsLogin } from '@constellation/platform/nats/nats.ts'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { type Nats, startNats } from '../nats/nats-server.ts'
import { startPostgres } from '../postgres/postgres.ts'
import type { Secrets } from '../secrets.ts'
import type { Part } from './supervise.ts'

/** The database of a local stack, on its own server. */
export const DATABASE = 'constellation'

/** A server as a part to supervise. `connection` is known once it was started; a restart keeps its port. */
export interface Server<Connection> {
  part: Part
  connection(): Connection
}

interface ServerOptions {
  home: string
  secrets: Secrets
  log(line: string): void
}

/** The stack's own PostgreSQL; its connection is the administrator's URL. */
export function postgresServer({ home, secrets, log, durable }: ServerOptions & { durable: boolean }): Server<string> {
  let known: { port: number; adminUrl: string } | undefined
  return {
    part: {
      name: 'postgres',
      async start() {
        const started = await startPostgres({
          home,
          password: secrets.postgresSuperuser,
          log,
          durable,
          ...portOf(known),
        })
        known = started
        return started
      },
    },
    connection: () => startedOnly(known).adminUrl,
  }
}

/** The stack's own NATS; its connection is a URL for each of its users. */
export function natsServer({ home, secrets, log }: ServerOptions): Server<Nats['urls']> {
  let known: Nats | undefined
  return {
    part: {
      name: 'nats',
      async start() {
        const started = await startNats({ home, keys: secrets.nats, log, ...portOf(known) })
        known = started
        return started
      },
    },
    connection: () => startedOnly(known).urls,
  }
}

/** Brings the database up to date and gives it its first rows. `userUrl` is the user's own server, if any. */
export async function prepareDatabase(
  adminUrl: string,
  userUrl: string | undefined,
  secrets: Secrets,
): Promise<ServiceUrls> {
  try {
    const url = userUrl ?? (await ensureDatabase(adminUrl, DATABASE))
    const urls = await migrate({ adminUrl: url, passwords: secrets.databaseRoles })
    await seed(urls)
    return urls
  } catch (cause) {
    throw explain(cause, userUrl)
  }
}

/** How long a server of the user's own may take to answer, in milliseconds. */
const ANSWER_LIMIT_MS = 5_000

/** @throws Error where the NATS of NATS_URL cannot be used: it does not answer, lets nobody in, or has no JetStream */
export async function checkNats(url: string): Promise<void> {
  const { host } = new URL(url)
  try {
    const nats = await connect({
      servers: host,
      ...natsLogin(() => url),
      timeout: ANSWER_LIMIT_MS,
      reconnect: false,
    })
    try {
      requireVersion('NATS', nats.info?.version ?? '')
      await (await jetstreamManager(nats, { timeout: ANSWER_LIMIT_MS })).getAccountInfo()
    } finally {
      await nats.close()
    }
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`The NATS of NATS_URL (${host}) cannot be used: ${message}. It must run with JetStream.`, { cause })
  }
}

function explain(cause: unknown, userUrl: string | undefined): Error {
  const message = cause instanceof Error ? cause.message : String(cause)
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (userUrl) {
    const { host } = new URL(databaseUrl(userUrl, ''))
    return new Error(`The database of DATABASE_URL (${host}) cannot be used: ${message}`, { cause })
  }
  if (code === '28P01') {
    return new Error(
      'The password in secrets.json is not that of the data. Restore the file, or move the whole home away to begin anew.',
      { cause },
    )
  }
  return new Error(`The database cannot be prepared: ${message}`, { cause })
}

function portOf(known: { port: number } | undefined): { port: number } | Record<never, never> {
  return known ? { port: known.port } : {}
}

function startedOnly<Value>(known: Value | undefined): Value {
  if (known === undefined) throw new Error('The server was not started yet.')
  return known
}
