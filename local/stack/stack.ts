// The one-machine stack: PostgreSQL, NATS, the three services, the gateway and a worker.
import path from 'node:path'
import { inheritedEnvironment, type StackConfig } from '../config.ts'
import { freePort, requireFreePort } from '../free-port.ts'
import { lockHome, makeHome, metricsFile, urlFile } from '../home.ts'
import { writeNatsSigner } from '../nats/nats-signer.ts'
import { repositoryRoot } from '../repository.ts'
import { loadSecrets, type Secrets } from '../secrets.ts'
import { loadIssuer } from '../tokens/keys.ts'
import { adminToken } from '../tokens/token.ts'
import { keepWorkerToken } from '../tokens/worker-token.ts'
import { writeFileAtomically } from '../write-file.ts'
import { startChild } from './child.ts'
import { stopLeftovers } from './leftovers.ts'
import { logPath } from './log-file.ts'
import { openParts, type Parts } from './parts.ts'
import { checkNats, natsServer, postgresServer, prepareDatabase } from './servers.ts'
import { environmentOf, localUrl, MAINS, PROGRAMS, type Program, type Wiring } from './stack-parts.ts'
import type { PartEvent } from './supervise.ts'
import { type ReadyOptions, waitReady } from './wait-ready.ts'

export interface StackOptions {
  config: StackConfig
  /** Hears, in one line each, of what a person may want to know. */
  print(line: string): void
  /** Hears of every start and death of a part. */
  onEvent?(event: PartEvent): void
  /** Gives up a start and ends what was started. */
  signal?: AbortSignal
  /** Cuts every stop short. */
  hurry?: AbortSignal
  /** Other programs in place of the stack's own, for tests of the stack itself. */
  mains?: Partial<Record<Program, string>>
  /** How long everything may take to be ready, in milliseconds. */
  readyLimitMs?: number
  /** False for tests: a crash of the machine may then lose what its own PostgreSQL has committed. */
  durable?: boolean
}

export interface Stack {
  /** Where the gateway answers. */
  readonly url: string
  readonly adminToken: string
  readonly home: string
  /** The process of each part, by its name. */
  processes(): Record<string, number>
  /** Ends every part, in order. Resolves when no process is left and the home is free. */
  stop(): Promise<void>
}

const READY_LIMIT_MS = 120_000

/**
 * Starts everything and resolves when all of it is ready. It installs no handlers of signals.
 * @throws Error saying what does not start and where its log is; nothing is left running then
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { CONSTELLATION_HOME: home } = options.config
  await makeHome(home)
  const lock = lockHome(home)
  const parts = openParts(home, options)
  const workerToken = keepWorkerToken(workerTokenFile(home), () => loadIssuer(home), options.print)
  const stop = async () => {
    await parts.stop()
    await workerToken.stop()
    lock.release()
  }
  try {
    await stopLeftovers(home, options.print)
    await workerToken.written
    const { url, token } = await startParts(options, parts)
    return { url, adminToken: token, home, processes: parts.processes, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function startParts(options: StackOptions, parts: Parts): Promise<{ url: string; token: string }> {
  const { config, signal } = options
  const { CONSTELLATION_HOME: home, HOST: host } = config
  const port = config.PORT === 0 ? await freePort() : config.PORT
  await requireFreePort(host, port)
  const secrets = await loadSecrets(home)
  const issuer = await loadIssuer(home)
  const token = await adminToken(home, issuer)
  signal?.throwIfAborted()
  const servers = await startServers(options, secrets, parts)
  signal?.throwIfAborted()
  const wiring: Wiring = {
    ...servers,
    home,
    host,
    port,
    metricsPorts: await metricsPorts(home),
    servicePorts: { jobs: await freePort(), gpus: await freePort(), usage: await freePort() },
    gatewaySecret: secrets.gateway,
    secretsKey: secrets.jobs,
    jwksFile: issuer.jwksFile,
    workerTokenFile: workerTokenFile(home),
    simulatedGpus: config.CONSTELLATION_SIMULATED_GPUS,
    logLevel: config.LOG_LEVEL,
    traces: config,
    inherited: inheritedEnvironment(),
  }
  const url = localUrl(host, port)
  await writeFileAtomically(urlFile(home), `${url}\n`, 0o600)
  const wait = (until: ReadyOptions['until']) => waitFor(options, parts, url, until)
  for (const name of PROGRAMS) {
    // A worker without a gateway would only try in vain, and then wait before it tries again.
    if (name === 'worker') await wait('answers')
    await startProgram(options, name, wiring, parts)
  }
  await wait('ready')
  parts.markReady()
  return { url, token }
}

/** A free port for each program, written down for whoever observes the stack. */
async function metricsPorts(home: string): Promise<Wiring['metricsPorts']> {
  const ports = {
    jobs: await freePort(),
    gpus: await freePort(),
    usage: await freePort(),
    gateway: await freePort(),
    worker: await freePort(),
  }
  await writeFileAtomically(metricsFile(home), `${JSON.stringify(ports)}\n`, 0o600)
  return ports
}

/** Starts PostgreSQL and NATS side by side, those that the user does not bring, and prepares the database. */
async function startServers({ config, print: log, durable = true }: StackOptions, secrets: Secrets, parts: Parts) {
  const { CONSTELLATION_HOME: home, DATABASE_URL: userDatabase, NATS_URL: userNats } = config
  const postgres = postgresServer({ home, secrets, log, durable })
  const nats = natsServer({ home, secrets, log })
  const database = async () => {
    if (userDatabase) return prepareDatabase(userDatabase, userDatabase, secrets)
    await parts.start(postgres.part)
    return prepareDatabase(postgres.connection(), undefined, secrets)
  }
  const messages = async () => {
    if (userNats) {
      await checkNats(userNats)
      const natsUrls = { jobs: userNats, gpus: userNats, usage: userNats, gateway: userNats, worker: userNats }
      return { natsUrls, natsSignerFile: undefined }
    }
    await parts.start(nats.part)
    return { natsUrls: nats.connection(), natsSignerFile: await writeNatsSigner(home, secrets.nats) }
  }
  const [databaseUrls, toNats] = await allSettled(database(), messages())
  return { databaseUrls, ...toNats }
}

/** Waits for both, even where one fails, so that nothing starts after the stop that follows. */
async function allSettled<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second])
  return Promise.all([first, second])
}

async function startProgram(options: StackOptions, name: Program, wiring: Wiring, parts: Parts): Promise<void> {
  await parts.start({
    name,
    start: () =>
      startChild({
        name,
        main: options.mains?.[name] ?? MAINS[name],
        cwd: repositoryRoot,
        env: environmentOf(name, wiring),
        logFile: logPath(wiring.home, name),
        show: (line) => options.print(`${name}: ${line}`),
      }),
  })
}

/** Waits until the stack is told to end, or one of its parts is given up. */
async function waitFor(options: StackOptions, parts: Parts, url: string, until: ReadyOptions['until']): Promise<void> {
  const { signal, config, print } = options
  const giveUp = signal ? AbortSignal.any([signal, parts.failed]) : parts.failed
  try {
    const limitMs = options.readyLimitMs ?? READY_LIMIT_MS
    await waitReady({ url: `${url}/health`, until, limitMs, progress: print, signal: giveUp })
  } catch (error) {
    if (giveUp.aborted) throw error
    const message = error instanceof Error ? error.message : String(error)
    throw new Error(`${message}\nThe logs are in ${path.join(config.CONSTELLATION_HOME, 'logs')}.`, { cause: error })
  }
}

function workerTokenFile(home: string): string {
  return path.join(home, 'worker.token')
}
