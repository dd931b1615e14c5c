// What is measured: PostgreSQL, nats-server, the gpus service and the gateway, each a process of its own, and nothing else.
import path from 'node:path'
import { withClient } from '@constellation/db/database.ts'
import { freePort } from '@constellation/local/free-port.ts'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { startChild } from '@constellation/local/stack/child.ts'
import type { Running } from '@constellation/local/stack/running.ts'
import { MAINS } from '@constellation/local/stack/stack-parts.ts'
import { waitReady } from '@constellation/local/stack/wait-ready.ts'
import { startOwnNats } from '@constellation/local/testing/own-nats.ts'
import { makeTestHome, removeTestHome } from '@constellation/local/testing/test-home.ts'
import { loadIssuer } from '@constellation/local/tokens/keys.ts'
import { mintToken, TOKEN_ISSUER } from '@constellation/local/tokens/token.ts'
import { Lifecycle } from '@constellation/platform/lifecycle.ts'
import { createLogger } from '@constellation/platform/log.ts'
import { countBy, startServer } from '../queue/server.ts'
import type { Inventory } from './publish.ts'

export const GPUS_PER_WORKER = 8
const READY_LIMIT_MS = 15_000
const SECRET = 'a secret that only this benchmark knows, long enough'

export interface System {
  natsUrl: string
  /** Of the gateway's sockets. */
  socketUrl: string
  token: string
  inventory: Inventory
  /** By name, the process whose children belong to it too. */
  pids: Record<'PostgreSQL' | 'NATS' | 'gpus service' | 'gateway', number>
  /** How many samples the roll-ups hold. */
  storedSamples(): Promise<number>
  stop(): Promise<void>
}

/** Starts all of it, with so many workers in the inventory. */
export async function startSystem(workers: number): Promise<System> {
  const lifecycle = new Lifecycle(createLogger('bench', 'warn'))
  try {
    return await startAll(lifecycle, workers)
  } catch (error) {
    await lifecycle.stop()
    throw error
  }
}

async function startAll(lifecycle: Lifecycle, workers: number): Promise<System> {
  const home = await makeTestHome()
  lifecycle.onStop('the home', () => removeTestHome(home))
  const postgres = await startServer()
  lifecycle.onStop('PostgreSQL', () => postgres.close())
  const database = await postgres.migrated('telemetry')
  const inventory = await fillInventory(database.urls.gpus, workers)
  const nats = await startOwnNats()
  lifecycle.onStop('NATS', () => nats.stop())
  const start = async (name: 'gpus' | 'gateway', env: Record<string, string>) => {
    const child = await startProgram(home, name, { NATS_URL: nats.servicesUrl, GATEWAY_SECRET: SECRET, ...env })
    lifecycle.onStop(name, () => child.running.stop())
    return child
  }
  const gpus = await start('gpus', { DATABASE_URL: database.urls.gpus })
  const issuer = await loadIssuer(home)
  // The other services are not asked, and so need not be there.
  const gateway = await start('gateway', {
    GPUS_URL: gpus.url,
    JOBS_URL: 'http://127.0.0.1:9',
    USAGE_URL: 'http://127.0.0.1:9',
    JWKS_FILE: issuer.jwksFile,
    TOKEN_ISSUER,
  })
  await Promise.all([ready(`${gpus.url}/health`), ready(`${gateway.url}/live`)])
  return {
    natsUrl: nats.servicesUrl,
    socketUrl: `${gateway.url.replace('http', 'ws')}/graphql`,
    token: await mintToken(issuer, { subject: 'bench', role: 'user', accounts: [], ttlSeconds: 3_600 }),
    inventory,
    pids: {
      PostgreSQL: postgres.pid,
      NATS: nats.pid,
      'gpus service': gpus.running.pid,
      gateway: gateway.running.pid,
    },
    storedSamples: () =>
      countBy(database.adminUrl, 'SELECT coalesce(sum(samples), 0)::bigint AS count FROM gpus.gpu_rollups'),
    stop: () => lifecycle.stop(),
  }
}

async function startProgram(
  home: string,
  name: 'gpus' | 'gateway',
  env: Record<string, string>,
): Promise<{ running: Running; url: string }> {
  const port = await freePort()
  const running = await startChild({
    name,
    main: MAINS[name],
    cwd: repositoryRoot,
    env: {
      NODE_ENV: 'production',
      APOLLO_TELEMETRY_DISABLED: '1',
      LOG_LEVEL: 'warn',
      HOST: '127.0.0.1',
      PORT: String(port),
      CONNECTIONS_PER_PRINCIPAL: '1000000',
      SUBSCRIPTIONS_PER_PRINCIPAL: '1000000',
      ...env,
    },
    logFile: path.join(home, `${name}.log`),
    show: (line) => console.error(line),
  })
  return { running, url: `http://127.0.0.1:${port}` }
}

function ready(url: string): Promise<void> {
  const { signal } = new AbortController()
  return waitReady({ url, until: 'ready', limitMs: READY_LIMIT_MS, progress: () => {}, signal })
}

/** Workers and their GPUs as if they had registered. */
async function fillInventory(url: string, workers: number): Promise<Inventory> {
  return withClient(url, async (client) => {
    await client.query(
      // Those that do not publish yet are not missed.
      `INSERT INTO workers (id, hostname, version, last_seen_at)
       SELECT 'w' || i, 'w' || i, '0', 'infinity' FROM generate_series(1, $1::integer) i`,
      [workers],
    )
    await client.query(
      `INSERT INTO gpus (uuid, name, total_mem_mb, simulated, worker_id, index)
       SELECT 'GPU-' || w.id || '-' || i, 'NVIDIA A100', 81920, true, w.id, i
       FROM workers w, generate_series(0, $1::integer - 1) i`,
      [GPUS_PER_WORKER],
    )
    const { rows } = await client.query<Inventory[number]>(
      `SELECT worker_id AS "workerId", array_agg(id::text) AS "gpuIds" FROM gpus GROUP BY worker_id ORDER BY worker_id`,
    )
    return rows
  })
}
