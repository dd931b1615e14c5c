// What all gateways have behind them: PostgreSQL, NATS and our services, each a process of its own, with jobs to ask for.
import path from 'node:path'
import { freePort } from '@constellation/local/free-port.ts'
import { MAINS } from '@constellation/local/stack/stack-parts.ts'
import { startOwnNats } from '@constellation/local/testing/own-nats.ts'
import { makeTestHome, removeTestHome } from '@constellation/local/testing/test-home.ts'
import { Lifecycle } from '@constellation/platform/lifecycle.ts'
import { createLogger } from '@constellation/platform/log.ts'
import * as v from 'valibot'
import { settle, startServer } from '../queue/server.ts'
import { askGraph } from './ask.ts'
import { type Started, startProgram } from './process.ts'

export const SECRET = 'a secret that only this benchmark knows, long enough'

type Service = 'jobs' | 'gpus' | 'usage'

export interface System {
  home: string
  natsUrl: string
  /** Where each service answers. */
  urls: Readonly<Record<Service, string>>
  pids: Readonly<Record<Service, number>>
  /** Jobs that wait, as there is no worker. */
  jobIds: readonly string[]
  /** What is to end before the services do. */
  lifecycle: Lifecycle
}

const OPEN_SERVICES = path.join(import.meta.dirname, 'open-services.ts')
const BATCH = 1_000

const SUBMIT = `mutation ($inputs: [SubmitJobInput!]!) { submitJobs(inputs: $inputs) { jobs { id } problems { path message } } }`
const submitted = v.object({ submitJobs: v.object({ jobs: v.array(v.object({ id: v.string() })) }) })

/** Starts all of it; the caller stops `lifecycle`, whatever comes of this. */
export async function startSystem(lifecycle: Lifecycle, jobs: number): Promise<System> {
  const home = await makeTestHome()
  lifecycle.onStop('the home', () => removeTestHome(home))
  const postgres = await startServer()
  lifecycle.onStop('PostgreSQL', () => postgres.close())
  const database = await postgres.migrated('gateway')
  const nats = await startOwnNats()
  lifecycle.onStop('NATS', () => nats.stop())
  const start = async (name: Service, more: Record<string, string> = {}) => {
    const env = { DATABASE_URL: database.urls[name], NATS_URL: nats.servicesUrl, ...more }
    const started = await startService(home, name, env)
    lifecycle.onStop(name, () => started.stop())
    return started
  }
  const services = {
    jobs: await start('jobs', { SECRETS_KEY: '0'.repeat(64) }),
    gpus: await start('gpus'),
    usage: await start('usage', { LAKE_DIRECTORY: path.join(home, 'lake') }),
  }
  const urls = { jobs: services.jobs.url, gpus: services.gpus.url, usage: services.usage.url }
  const jobIds = await submitJobs(urls.jobs, jobs)
  await settle(database.adminUrl)
  const pids = { jobs: services.jobs.pid, gpus: services.gpus.pid, usage: services.usage.pid }
  return { home, natsUrl: nats.servicesUrl, urls, pids, jobIds, lifecycle }
}

/** For what must be undone at the end of the benchmark. */
export function createLifecycle(): Lifecycle {
  return new Lifecycle(createLogger('bench', 'warn'))
}

async function startService(
  home: string,
  name: Service,
  env: Record<string, string>,
): Promise<Started & { url: string }> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const started = await startProgram({
    name,
    args: ['--import', OPEN_SERVICES, MAINS[name]],
    env: { ...env, GATEWAY_SECRET: SECRET, LOG_LEVEL: 'warn', HOST: '127.0.0.1', PORT: String(port) },
    logFile: path.join(home, `${name}.log`),
    url: `${url}/health`,
  })
  return { ...started, url }
}

async function submitJobs(url: string, count: number): Promise<string[]> {
  const ids: string[] = []
  while (ids.length < count) {
    const inputs = Array.from({ length: Math.min(BATCH, count - ids.length) }, () => ({ command: ['true'] }))
    const { submitJobs } = v.parse(submitted, await askGraph(url, SUBMIT, { inputs }))
    for (const { id } of submitJobs.jobs) ids.push(id)
  }
  return ids
}
