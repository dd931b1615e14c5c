import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { startChild } from '@constellation/local/stack/child.ts'
import type { Running } from '@constellation/local/stack/running.ts'
import { MAINS } from '@constellation/local/stack/stack-parts.ts'
import { connectNats } from '@constellation/platform/nats/nats.ts'
import { jetstream } from '@nats-io/jetstream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, settled, submit, type World, watchJob } from './testing.ts'

let world: World
let worker: Running | undefined
let address: string
beforeAll(async () => {
  // The stack's own worker has no GPU, so that what needs one runs elsewhere.
  world = await openWorld({ CONSTELLATION_SIMULATED_GPUS: '0' })
  const config = await readFile(path.join(world.stack.home, 'nats', 'nats.conf'), 'utf8')
  address = /listen: "([^"]+)"/.exec(config)?.[1] ?? ''
}, 120_000)
afterAll(async () => {
  await worker?.stop()
  await world?.close()
})

async function enrol(name: string): Promise<string> {
  const { data } = await world.graphql('mutation ($name: String!) { enrolWorker(name: $name) { secret } }', { name })
  return Object(data).enrolWorker.secret
}

/** What the gateway gives for the token of an enrolment, as an URL of NATS. */
async function natsOf(secret: string): Promise<string> {
  const answer = await world.rest('/worker-token', { method: 'POST', headers: { authorization: `Bearer ${secret}` } })
  const { nats } = await answer.json()
  return `nats://${nats.user}:${nats.password}@${address}`
}

test('two enrolled workers say on NATS what is their own, and nothing of each other', async () => {
  const names = ['host-one', 'host-two'] as const
  const [one, two] = await Promise.all(
    names.map(async (name) => await connectNats(await natsOf(await enrol(name)), name)),
  )
  if (!one || !two) throw new Error('There are two.')
  for (const [connection, own, other] of [
    [one, ...names],
    [two, names[1], names[0]],
  ] as const) {
    expect(await jetstream(connection).publish(`logs.${own}.run`, 'x')).toMatchObject({ stream: 'LOGS' })
    connection.publish(`telemetry.${own}`, '{}')
    for (const subject of [`logs.${other}.run`, `telemetry.${other}`, 'logs.worker-local.run']) {
      const refused = (async () => {
        for await (const status of connection.status()) if (status.type === 'error') return status.error.message
        return undefined
      })()
      connection.publish(subject, '{}')
      expect(await refused).toBe(`Permissions Violation for Publish to "${subject}"`)
    }
  }
  await Promise.all([one.close(), two.close()])
})

test('a worker elsewhere knows nothing but its enrolment, and its runs and their output are seen', async () => {
  const { home, url } = world.stack
  const tokenFile = path.join(home, 'elsewhere.token')
  await writeFile(tokenFile, await enrol('host-three'), { mode: 0o600 })
  const workerHome = path.join(home, 'elsewhere')
  worker = await startChild({
    name: 'worker elsewhere',
    main: MAINS.worker,
    cwd: repositoryRoot,
    env: {
      PATH: process.env.PATH ?? '',
      GATEWAY_URL: url,
      TOKEN_FILE: tokenFile,
      NATS_URL: `nats://${address}`,
      WORKER_HOME: workerHome,
      CONSTELLATION_SIMULATED_GPUS: '1',
      EXECUTORS: 'process',
      ...(process.getuid?.() === 0 && { RUN_AS: 'root' }),
    },
    logFile: path.join(home, 'logs', 'elsewhere.log'),
    show: () => {},
  })
  const job = await submit(world, { command: ['echo', 'from elsewhere'], gpus: 1 })
  const seen = await watchJob(world, job.id, settled)
  expect(seen.at(-1)).toMatchObject({ state: 'COMPLETED', runs: [{ gpus: [{ simulated: true }] }] })
  const log = await world.rest(`/jobs/${job.id}/logs`, { headers: { accept: 'text/plain' } })
  expect(await log.text()).toContain('from elsewhere')
  await worker.stop()
  worker = undefined
  await rm(tokenFile)
}, 60_000)
