// The configuration of NATS as the components have it and the keys' command makes it, on three real servers.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { freePort } from '@constellation/local/free-port.ts'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { findNatsServer } from '@constellation/local/setup/nats-server.mjs'
import { makeTestHome, removeTestHome } from '@constellation/local/testing/test-home.ts'
import { connectNats, ensureStreams } from '@constellation/platform/nats/nats.ts'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Contents, HOSTS, makeContents } from './contents.ts'

interface Server {
  client: number
  cluster: number
  process: ChildProcess
  /** What it has logged. */
  log: string
}

let home: string
let contents: Contents
let servers: Server[] = []

beforeAll(async () => {
  home = await makeTestHome()
  contents = await makeContents(home, HOSTS.kubernetes)
  const ports = await Promise.all(
    [0, 1, 2].map(async () => ({ client: await freePort(), cluster: await freePort(), monitor: await freePort() })),
  )
  servers = await Promise.all(ports.map((_, n) => start(n, ports)))
})
afterAll(async () => {
  await Promise.all(
    servers.map(
      ({ process }) =>
        new Promise((resolve) =>
          (process.exitCode ?? process.signalCode) !== null
            ? resolve(undefined)
            : process.once('exit', resolve) && process.kill('SIGKILL'),
        ),
    ),
  )
  await removeTestHome(home)
})

/** The files as a pod has them, with the addresses of this machine in place of those of the cluster. */
async function start(
  n: number,
  ports: readonly { client: number; cluster: number; monitor: number }[],
): Promise<Server> {
  const folder = path.join(home, `nats-${n}`)
  await mkdir(folder)
  const own = ports[n] ?? { client: 0, cluster: 0, monitor: 0 }
  const config = await readFile(path.join(repositoryRoot, 'k8s/components/nats-cluster/nats.conf'), 'utf8')
  const here = config
    .replace('0.0.0.0:4222', `127.0.0.1:${own.client}`)
    .replace('0.0.0.0:6222', `127.0.0.1:${own.cluster}`)
    .replace('0.0.0.0:8222', `127.0.0.1:${own.monitor}`)
    .replace('"/data"', JSON.stringify(path.join(folder, 'data')))
    .replace('/run/nats/nats.pid', path.join(folder, 'nats.pid'))
  const routes = contents.nats?.['routes.conf']?.replace(
    /nats-(\d)\.nats-each:6222/g,
    (_, other) => `127.0.0.1:${ports[Number(other)]?.cluster}`,
  )
  await writeFile(path.join(folder, 'nats.conf'), here)
  await writeFile(path.join(folder, 'routes.conf'), routes ?? '')
  await writeFile(path.join(folder, 'trust.conf'), contents.nats?.['trust.conf'] ?? '')
  const program = findNatsServer(repositoryRoot)
  if (!program) throw new Error('There is no nats-server.')
  const process = spawn(program, ['--config', path.join(folder, 'nats.conf')], { env: { POD_NAME: `nats-${n}` } })
  const server = { ...own, process, log: '' }
  process.stderr.on('data', (chunk) => {
    server.log += chunk
  })
  return server
}

const urlOf = (user: 'jobs' | 'usage', n: number) =>
  contents[user]?.NATS_URL?.replace('nats:4222', `127.0.0.1:${servers[n]?.client}`) ?? ''

test('streams are on three servers, and stay whole where one of them dies', { timeout: 60_000 }, async () => {
  const jobs = await connectNats(urlOf('jobs', 0), 'jobs', { streamReplicas: 3 })
  // Until they have found each other, and have a leader.
  await vi.waitFor(() => ensureStreams(jobs), { timeout: 40_000, interval: 500 })
  const manager = await jetstreamManager(jobs)
  expect((await manager.streams.info('EVENTS')).config.num_replicas).toBe(3)

  // A process that does not say how many leaves them as they are.
  const usage = await connectNats(urlOf('usage', 1), 'usage')
  await ensureStreams(usage)
  expect((await manager.streams.info('EVENTS')).config.num_replicas).toBe(3)

  await jetstream(jobs).publish('events.jobs.1', 'before')
  servers[2]?.process.kill('SIGKILL')
  await vi.waitFor(async () => jetstream(jobs).publish('events.jobs.1', 'after'), { timeout: 20_000, interval: 500 })
  await vi.waitFor(
    async () => expect((await manager.streams.info('EVENTS')).state.messages).toBeGreaterThanOrEqual(2),
    { timeout: 20_000 },
  )
  await Promise.all([jobs.close(), usage.close()])
})
