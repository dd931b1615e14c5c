// Runs the PostgreSQL 18 that npm has, from its first start to its last.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../free-port.ts'
import { endLeftover, type Running } from '../stack/running.ts'
import { startServer } from '../stack/start-server.ts'
import { dataFolderOf, makeCluster, POSTGRES_ENV, SUPERUSER } from './postgres-cluster.ts'
import { findPlace, type Place } from './postgres-place.ts'

export interface PostgresOptions {
  home: string
  /** The superuser's password; the one of the first start stays. */
  password: string
  /** Hears, in one line each, of what a person may want to know. */
  log: (line: string) => void
  /** Where to listen on 127.0.0.1; any free port if left out. */
  port?: number
  maxConnections?: number
  /** False for tests: a crash of the machine may then lose what was committed. */
  durable?: boolean
}

export interface Postgres extends Running {
  readonly port: number
  /** The superuser's URL of the database `postgres`. */
  readonly adminUrl: string
}

/** A fast shutdown breaks off what clients do, an immediate one leaves the rest to the next start's recovery. */
const STOP = [
  { signal: 'SIGINT', limitMs: 15_000 },
  { signal: 'SIGQUIT', limitMs: 5_000 },
] as const

/** How long a start may take: after a crash it replays what was written since the last checkpoint. In milliseconds. */
const START_LIMIT_MS = 60_000

/** The processes of a server that was killed need a moment to notice; how long to try again, in milliseconds. */
const TAKEOVER_LIMIT_MS = 15_000
const TAKEOVER_RETRY_MS = 200
const STILL_IN_USE = /pre-existing shared memory block|lock file .* already exists|Address already in use/

/**
 * Starts PostgreSQL on this home's data, which the first start makes. One that an earlier stack left
 * running is stopped first. Resolves when it takes connections.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const place = await findPlace(options.home, options.log)
  const data = await makeCluster(place, options.password, options.durable ?? true)
  await stopLeftoverPostgres(options.home, options.log)
  const deadline = Date.now() + TAKEOVER_LIMIT_MS
  for (;;) {
    const attempt = await launch(options, place, data)
    if ('running' in attempt) return attempt.running
    if (!STILL_IN_USE.test(attempt.fault) || Date.now() > deadline) {
      throw new Error(`PostgreSQL does not start:\n${attempt.fault}`)
    }
    await delay(TAKEOVER_RETRY_MS)
  }
}

/** The superuser's URL of this home's server, where it takes connections. */
export async function runningPostgres(home: string, password: string): Promise<string | undefined> {
  const data = await dataFolderOf(home)
  const [, , , port, , , , status] = data === undefined ? [] : await postmasterFile(data)
  return status?.trim() === 'ready' ? superuserUrl(password, Number(port)) : undefined
}

function superuserUrl(password: string, port: number): string {
  return `postgres://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`
}

/** Stops this home's server where a stack that was killed left it, and no other process that now has its number. */
export async function stopLeftoverPostgres(home: string, log: (line: string) => void): Promise<void> {
  const data = await dataFolderOf(home)
  if (data === undefined) return
  const pid = Number((await postmasterFile(data))[0])
  await endLeftover({ pid, name: 'PostgreSQL', program: 'postgres', file: data }, STOP, log)
}

async function launch(
  options: PostgresOptions,
  place: Place,
  data: string,
): Promise<{ running: Postgres } | { fault: string }> {
  const port = options.port ?? (await freePort())
  const started = await startServer({
    home: options.home,
    name: 'postgres',
    program: path.join(place.programs, 'postgres'),
    args: ['-D', data, ...settings(options, port)],
    options: { ...place.owner, cwd: data, env: POSTGRES_ENV },
    stop: STOP,
    hurry: 'SIGQUIT',
    limitMs: START_LIMIT_MS,
    // The server's own pid file says whether it takes connections.
    async serves(pid) {
      const lines = await postmasterFile(data)
      return Number(lines[0]) === pid && lines[7]?.trim() === 'ready'
    },
  })
  if ('fault' in started) return started
  return { running: { ...started.running, port, adminUrl: superuserUrl(options.password, port) } }
}

function settings(options: PostgresOptions, port: number): string[] {
  const durable =
    options.durable === false ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : ['fsync=on']
  const all = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'password_encryption=scram-sha-256',
    `max_connections=${options.maxConnections ?? 100}`,
    'timezone=UTC',
    'log_timezone=UTC',
    'log_destination=stderr',
    'logging_collector=off',
    'log_line_prefix=%m [%p] %q%u@%d ',
    ...durable,
  ]
  return all.flatMap((setting) => ['-c', setting])
}

/** The lines of postmaster.pid: pid, data folder, time of start, port, socket folder, address, shared memory, status. */
async function postmasterFile(data: string): Promise<string[]> {
  try {
    return (await readFile(path.join(data, 'postmaster.pid'), 'utf8')).split('\n')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
