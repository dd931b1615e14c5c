// Runs the PostgreSQL 18 that npm has, from its first start to its last.
import { spawn } from 'node:child_process'
import { closeSync, fstatSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../free-port.ts'
import { logPath, openLog, tailOfLog } from '../stack/log-file.ts'
import { describeExit, endChild, endLeftover, exitOf, type Running } from '../stack/running.ts'
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
const POLL_MS = 10

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
  const logFile = logPath(options.home, 'postgres')
  const log = openLog(logFile)
  const logFrom = fstatSync(log).size
  const child = spawn(path.join(place.programs, 'postgres'), ['-D', data, ...settings(options, port)], {
    ...place.owner,
    cwd: data,
    env: POSTGRES_ENV,
    // Its own group, so that the terminal's Ctrl-C does not reach it, and its log a file, so that our end does not.
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const exited = exitOf(child)
  const lastLines = () => tailOfLog(logFile, 20, logFrom)
  const { pid } = child
  const ready = pid !== undefined && (await becomesReady(data, pid, exited))
  if (!ready) {
    await endChild(child, exited, STOP)
    return { fault: lastLines().join('\n') || describeExit(await exited) }
  }
  return {
    running: {
      pid,
      port,
      adminUrl: superuserUrl(options.password, port),
      exited,
      stop: () => endChild(child, exited, STOP),
      hurry: () => void child.kill('SIGQUIT'),
      lastLines,
    },
  }
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

/** True once the server's own pid file says that it takes connections, false when it ends before that. */
async function becomesReady(data: string, pid: number, exited: Promise<unknown>): Promise<boolean> {
  const ended = exited.then(() => 'ended' as const)
  const deadline = Date.now() + START_LIMIT_MS
  while (Date.now() < deadline) {
    const lines = await postmasterFile(data)
    if (Number(lines[0]) === pid && lines[7]?.trim() === 'ready') return true
    if ((await Promise.race([ended, delay(POLL_MS)])) === 'ended') return false
  }
  return false
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
