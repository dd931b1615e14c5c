// The stack as the harness needs it: a short lease, two workers, a line to the first worker that can be cut, and the
// database of each service to read.
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { readStackConfig } from '@constellation/local/config.ts'
import { natsUrls } from '@constellation/local/nats/nats-server.ts'
import { loadSecrets } from '@constellation/local/secrets.ts'
import { type Stack, startStack } from '@constellation/local/stack/stack.ts'
import { PROGRAMS, type Program } from '@constellation/local/stack/stack-parts.ts'
import { fillHome } from '@constellation/local/testing/prepared-home.ts'
import { makeTestHome, removeTestHome } from '@constellation/local/testing/test-home.ts'
import { createLogger } from '@constellation/platform/log.ts'
import { linkNats, type NatsLink } from '@constellation/platform/nats/nats.ts'
import pg from 'pg'
import { checkEdits } from './change-sources.ts'
import { type Edit, environmentGiven, type PartSettings, writeSettings } from './config.ts'
import { type Extra, startExtra } from './extra-part.ts'
import { writeMain } from './part.ts'
import { type Line, openProxy } from './proxy.ts'
import { SECOND_WORKER, secondWorker } from './second-worker.ts'
import { until } from './until.ts'

/** As short as lets a loaded machine renew in time, in milliseconds. */
const LEASE_MS = 4_000
const GPUS_EACH = 2

/** What a line leads to, where there are several. */
export type Served = 'gateway' | 'jobs' | 'gpus' | 'usage'

export interface Rig {
  readonly home: string
  readonly url: string
  readonly token: string
  readonly leaseMs: number
  /** Where the commands write their truth. */
  readonly truth: string
  readonly jobs: pg.Pool
  readonly usage: pg.Pool
  readonly nats: NatsLink
  /** Those of the first worker to the gateway and NATS, and those of the gateways to the services. */
  readonly lines: Readonly<Record<Served | 'nats', Line>>
  /** Of the stack's parts, the second worker, and what was started beside them. */
  pid(part: string): number | undefined
  /** Resolves when the part has another process than this. */
  restarted(part: string, than: number): Promise<void>
  /** Starts another process of a program, with these variables over those of the first. One of this name is ended before. */
  start(name: string, program: Program, env: Record<string, string>, namespace?: string): Promise<Extra>
  /** Ends the second worker, and starts it again with these variables over its own. */
  startSecondWorker(env: Record<string, string>, namespace?: string): Promise<void>
  /** Ends it in order, until it is started again. */
  stopSecondWorker(): Promise<void>
  /** What new connections of the line to this program lead to, by turns: `<address>:<port>`; null: to the stack's own. */
  serve(program: Served, hosts: readonly string[] | null): void
  rest(path: string, init?: RequestInit): Promise<Response>
  close(): Promise<void>
}

export interface RigOptions {
  /** Sources that are changed, by the program that has them. */
  edits?: Partial<Record<Program, readonly Edit[]>>
  /** Hears what a person may want to know. */
  print?: (line: string) => void
  /** Gives up the start. */
  signal?: AbortSignal
}

/** @throws what does not start; nothing is left running then */
export async function openRig({ edits = {}, print = () => {}, signal }: RigOptions = {}): Promise<Rig> {
  const home = await makeTestHome()
  await fillHome(home)
  const undo: (() => Promise<unknown>)[] = [() => removeTestHome(home)]
  const close = async () => {
    for (const step of undo.splice(0).toReversed()) await step()
  }
  try {
    for (const changes of Object.values(edits)) checkEdits(changes)
    const lines = await openLines(home)
    undo.push(async () => Promise.all(Object.values(lines.proxies).map((proxy) => proxy.close())))
    settle(home, lines.proxies, edits)
    const stack = await startStack({
      config: readStackConfig({ CONSTELLATION_HOME: home, PORT: '0', CONSTELLATION_SIMULATED_GPUS: `${GPUS_EACH}` }),
      print,
      ...(signal && { signal }),
      mains: Object.fromEntries(PROGRAMS.map((name) => [name, writeMain(home, name, name)])),
    })
    undo.push(stack.stop)
    return await assemble({ home, stack, lines, edits, print, undo, close })
  } catch (error) {
    await close()
    throw error
  }
}

/** Whoever connects before the harness knows the way waits until it does. */
async function openLines(home: string) {
  const served: Partial<Record<Served, readonly string[] | null>> = {}
  const given = (program: Program, name: string) => [new URL(environmentGiven(home, program)[name] ?? '').host]
  const lead = (to: Served, from: Program, name: string) => openProxy(() => served[to] ?? given(from, name))
  const proxies = {
    gateway: await lead('gateway', 'worker', 'GATEWAY_URL'),
    nats: await openProxy(() => given('worker', 'NATS_URL')),
    jobs: await lead('jobs', 'gateway', 'JOBS_URL'),
    gpus: await lead('gpus', 'gateway', 'GPUS_URL'),
    usage: await lead('usage', 'gateway', 'USAGE_URL'),
  }
  const serve: Rig['serve'] = (program, hosts) => {
    served[program] = hosts
  }
  return { proxies, serve }
}

function settle(home: string, lines: Rig['lines'], edits: NonNullable<RigOptions['edits']>): void {
  const special: Partial<Record<Program, PartSettings>> = {
    jobs: { env: { LEASE_MS: String(LEASE_MS) } },
    gateway: {
      env: GATEWAY,
      hosts: { JOBS_URL: lines.jobs.host, GPUS_URL: lines.gpus.host, USAGE_URL: lines.usage.host },
    },
    worker: { env: WORKER, hosts: { GATEWAY_URL: lines.gateway.host, NATS_URL: lines.nats.host } },
  }
  for (const name of PROGRAMS) writeSettings(home, name, { ...special[name], edits: [...(edits[name] ?? [])] })
}

/** All that listen are one principal here, and there may be very many. */
const GATEWAY = { CONNECTIONS_PER_PRINCIPAL: '100000', SUBSCRIPTIONS_PER_PRINCIPAL: '100000' }

/** As root, where that is who tests: the commands write their truth where nobody else may. */
const WORKER = { CPU_SLOTS: '2', TERMINATION_GRACE_SECONDS: '1', RUN_AS: 'root' }

interface Assembly {
  home: string
  stack: Stack
  lines: Awaited<ReturnType<typeof openLines>>
  edits: NonNullable<RigOptions['edits']>
  print: (line: string) => void
  undo: (() => Promise<unknown>)[]
  close(): Promise<void>
}

async function assemble({ home, stack, lines, edits, print, undo, close }: Assembly): Promise<Rig> {
  const log = createLogger('faults', 'fatal')
  const of = (program: Program) => environmentGiven(home, program)
  const truth = path.join(home, 'truth')
  await mkdir(truth)
  const pools = { jobs: openPool(of('jobs').DATABASE_URL), usage: openPool(of('usage').DATABASE_URL) }
  undo.push(() => Promise.all([pools.jobs.end(), pools.usage.end()]))
  const everything = await natsOfEverything(home, of('jobs').NATS_URL ?? '')
  const nats = linkNats(everything, 'faults', log)
  undo.push(() => nats.close())
  const extras = new Map<string, Extra>()
  const start: Rig['start'] = async (name, program, env, namespace) => {
    await extras.get(name)?.stop()
    // The port is the first one's.
    const { METRICS_PORT: _, ...given } = of(program)
    const extra = await startExtra({
      home,
      name,
      program,
      env: { ...given, ...env },
      edits: edits[program] ?? [],
      namespace,
      print,
    })
    extras.set(name, extra)
    return extra
  }
  undo.push(() => Promise.all([...extras.values()].map((extra) => extra.stop())))
  const own = { ...WORKER, ...(await secondWorker(home, everything)) }
  await start(SECOND_WORKER, 'worker', own)
  const pid = (part: string) => extras.get(part)?.pid ?? stack.processes()[part]
  const rig: Rig = {
    home,
    url: stack.url,
    token: stack.adminToken,
    leaseMs: LEASE_MS,
    truth,
    ...pools,
    nats,
    lines: lines.proxies,
    pid,
    restarted: (part, than) => until(`${part} runs again`, () => ![undefined, than].includes(pid(part))),
    start,
    stopSecondWorker: async () => extras.get(SECOND_WORKER)?.stop(),
    startSecondWorker: async (env, namespace) =>
      void (await start(SECOND_WORKER, 'worker', { ...own, ...env }, namespace)),
    serve: lines.serve,
    rest: (at, init = {}) =>
      fetch(`${stack.url}${at}`, {
        ...init,
        headers: { authorization: `Bearer ${stack.adminToken}`, ...init.headers },
      }),
    close,
  }
  await until('both workers have said which GPUs they have', async () => {
    const { rows } = await rig.jobs.query('SELECT count(DISTINCT worker_id)::integer AS n FROM known_gpus')
    return rows[0].n === 2
  })
  return rig
}

/** Whoever makes and watches faults may say and hear everything, and no part of the stack may. */
async function natsOfEverything(home: string, someonesUrl: string): Promise<string> {
  const { nats } = await loadSecrets(home)
  return natsUrls(nats, Number(new URL(someonesUrl).port)).services
}

function openPool(url: string | undefined): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 2, connectionTimeoutMillis: 5_000 })
  // The faults kill the server: whoever asks next connects anew.
  pool.on('error', () => undefined)
  return pool
}
