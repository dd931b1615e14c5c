// Runs nats-server with JetStream, on loopback only, for those who have credentials of it.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fstatSync } from 'node:fs'
import { mkdir, readFile, rename } from 'node:fs/promises'
import { connect } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { makeNatsUser, publicKeyOf, toPassword } from '@constellation/platform/nats/nats-credentials.ts'
import { freePort } from '../free-port.ts'
import { repositoryRoot } from '../repository.ts'
import type { NatsKeys } from '../secrets.ts'
import { findNatsServer } from '../setup/nats-server.mjs'
import { logPath, openLog, tailOfLog } from '../stack/log-file.ts'
import { describeExit, endChild, endLeftover, exitOf, type Running } from '../stack/running.ts'
import { writeFileAtomically } from '../write-file.ts'
import { natsConfig } from './nats-config.ts'
import { type NatsUser, PERMISSIONS } from './nats-permissions.ts'

export interface NatsOptions {
  home: string
  keys: NatsKeys
  log: (line: string) => void
  /** Where to listen on 127.0.0.1; any free port if left out. */
  port?: number
}

export interface Nats extends Running {
  readonly port: number
  /** For who runs the place: everything. */
  readonly servicesUrl: string
  /** For a worker: what a worker needs. */
  readonly workerUrl: string
  /** For each user: what that one needs. */
  readonly urls: Readonly<Record<NatsUser, string>>
}

const STOP = [{ signal: 'SIGTERM', limitMs: 10_000 }] as const
const START_LIMIT_MS = 30_000
const POLL_MS = 10
/** Attempts at a port that another program took in the moment between. */
const PORT_ATTEMPTS = 5

/**
 * Starts nats-server on this home's streams. One that an earlier stack left running is stopped first.
 * Resolves when it takes connections and JetStream is on.
 */
export async function startNats(options: NatsOptions): Promise<Nats> {
  const program = findNatsServer(repositoryRoot)
  if (!program)
    throw new Error('There is no nats-server. Run `node local/setup.mjs start` to fetch it, or set NATS_URL.')
  const folder = folderOf(options.home)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await stopLeftoverNats(options.home, options.log)
  await takeOverStreams(storeFolderIn(folder), options.keys)
  for (let attempt = 1; ; attempt++) {
    const result = await launch(options, program, folder)
    if ('running' in result) return result.running
    if (!/address already in use/.test(result.fault) || attempt === PORT_ATTEMPTS) {
      throw new Error(`nats-server does not start:\n${result.fault}`)
    }
  }
}

/** Stops this home's server where a stack that was killed left it, and no other process that now has its number. */
export async function stopLeftoverNats(home: string, log: (line: string) => void): Promise<void> {
  const folder = folderOf(home)
  const pidFile = pidFileIn(folder)
  if (!existsSync(pidFile)) return
  const pid = Number(await readFile(pidFile, 'utf8'))
  await endLeftover({ pid, name: 'nats-server', file: configFileIn(folder) }, STOP, log)
}

async function launch(
  options: NatsOptions,
  program: string,
  folder: string,
): Promise<{ running: Nats } | { fault: string }> {
  const port = options.port ?? (await freePort())
  const serverName = `constellation-${randomBytes(6).toString('hex')}`
  const config = natsConfig({
    serverName,
    port,
    storeFolder: storeFolderIn(folder),
    pidFile: pidFileIn(folder),
    keys: options.keys,
  })
  const configFile = configFileIn(folder)
  await writeFileAtomically(configFile, config, 0o600)
  const logFile = logPath(options.home, 'nats')
  const log = openLog(logFile)
  const logFrom = fstatSync(log).size
  const child = spawn(program, ['-c', configFile], {
    cwd: folder,
    env: {},
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const exited = exitOf(child)
  const lastLines = () => tailOfLog(logFile, 20, logFrom)
  const { pid } = child
  const ready = pid !== undefined && (await becomesReady(port, serverName, exited))
  if (!ready) {
    await endChild(child, exited, STOP)
    return { fault: lastLines().join('\n') || describeExit(await exited) }
  }
  const urls = natsUrls(options.keys, port)
  return {
    running: {
      pid,
      port,
      servicesUrl: urls.services,
      workerUrl: urls.worker,
      urls,
      exited,
      stop: () => endChild(child, exited, STOP),
      hurry: () => void child.kill('SIGKILL'),
      lastLines,
    },
  }
}

function folderOf(home: string): string {
  return path.join(home, 'nats')
}

function storeFolderIn(folder: string): string {
  return path.join(folder, 'streams')
}

function pidFileIn(folder: string): string {
  return path.join(folder, 'nats.pid')
}

function configFileIn(folder: string): string {
  return path.join(folder, 'nats.conf')
}

/** For each user, with new credentials that never end. A server of these keys takes them, whenever it was started. */
export function natsUrls(keys: NatsKeys, port: number): Record<NatsUser, string> {
  const urlFor = (user: NatsUser) => {
    const permissions = user === 'services' ? {} : { permissions: PERMISSIONS[user] }
    return `nats://${user}:${toPassword(makeNatsUser(keys.account, { name: user, ...permissions }))}@127.0.0.1:${port}`
  }
  return {
    services: urlFor('services'),
    jobs: urlFor('jobs'),
    gpus: urlFor('gpus'),
    usage: urlFor('usage'),
    gateway: urlFor('gateway'),
    worker: urlFor('worker'),
    restore: urlFor('restore'),
  }
}

/** Streams of a release without accounts lie where those of the account do now. */
async function takeOverStreams(storeFolder: string, keys: NatsKeys): Promise<void> {
  const [earlier, present] = ['$G', publicKeyOf(keys.account)].map((name) => path.join(storeFolder, 'jetstream', name))
  if (earlier && present && existsSync(earlier) && !existsSync(present)) await rename(earlier, present)
}

/** True once our own server greets with JetStream on, false when it ends before that. */
async function becomesReady(port: number, serverName: string, exited: Promise<unknown>): Promise<boolean> {
  const ended = exited.then(() => 'ended' as const)
  const deadline = Date.now() + START_LIMIT_MS
  while (Date.now() < deadline) {
    const greeting = await greetingOf(port)
    if (greeting.includes(`"${serverName}"`) && greeting.includes('"jetstream":true')) return true
    if ((await Promise.race([ended, delay(POLL_MS)])) === 'ended') return false
  }
  return false
}

/** The line that a NATS server sends first, or nothing where none answers. */
function greetingOf(port: number): Promise<string> {
  return new Promise((resolve) => {
    let greeting = ''
    const socket = connect({ host: '127.0.0.1', port, timeout: 2_000 })
    const end = () => {
      socket.destroy()
      resolve(greeting)
    }
    socket.on('data', (chunk) => {
      greeting += chunk.toString()
      if (greeting.includes('\n')) end()
    })
    socket.on('timeout', end)
    socket.on('error', end)
    socket.on('end', end)
  })
}
