import { randomUUID } from 'node:crypto'
import { startNats } from '@constellation/local/nats/nats-server.ts'
import { makeSecrets } from '@constellation/local/secrets.ts'
import { makeTestHome, removeTestHome } from '@constellation/local/testing/test-home.ts'
import { cloneDatabase } from '@constellation/local/testing.ts'
import { openDatabase } from '@constellation/platform/database/database.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { Lifecycle } from '@constellation/platform/lifecycle.ts'
import { createLogger } from '@constellation/platform/log.ts'
import { linkNats } from '@constellation/platform/nats/nats.ts'
import { startOutbox } from '@constellation/platform/nats/outbox.ts'
import { jetstreamManager } from '@nats-io/jetstream'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { jobMessage, makeJob, usageMessage } from '../testing/events.ts'
import { nextOf, startTestGateway, type TestGateway } from '../testing/gateway.ts'
import type { TestJob } from '../testing/services.ts'

const log = createLogger('test', 'silent')
const lifecycle = new Lifecycle(log)
let nats: Awaited<ReturnType<typeof startNats>>
let restartNats: () => Promise<void>
let gateway: TestGateway
let pool: Awaited<ReturnType<typeof openDatabase>>['pool']
let outbox: ReturnType<typeof startOutbox>
let link: ReturnType<typeof linkNats>

beforeAll(async () => {
  const home = await makeTestHome()
  lifecycle.onStop('the home', () => removeTestHome(home))
  const start = { home, keys: makeSecrets().nats, log: () => {} }
  nats = await startNats(start)
  lifecycle.onStop('NATS', () => nats.stop())
  const { port } = nats
  restartNats = async () => {
    nats = await startNats({ ...start, port })
  }
  const database = await cloneDatabase()
  lifecycle.onStop('the database', () => database.drop())
  // Its table of events takes messages as they are.
  const opened = await openDatabase(database.urls.gpus, { schema: 'gpus', entities: [], log })
  lifecycle.onStop('the pool', () => opened.orm.close(true))
  pool = opened.pool
  link = linkNats(nats.servicesUrl, 'outbox', log)
  lifecycle.onStop('the link', () => link.close())
  outbox = startOutbox({ service: 'jobs', pool, nats: link, log })
  lifecycle.onStop('the outbox', () => outbox.stop())
  gateway = await startTestGateway({ NATS_URL: nats.servicesUrl })
})
afterAll(async () => {
  await gateway.stop()
  await lifecycle.stop()
})

/** Another gateway in its place, whose services know the same jobs. */
async function replaceGateway(): Promise<void> {
  const { jobs } = gateway.services.world
  await gateway.stop()
  gateway = await startTestGateway({ NATS_URL: nats.servicesUrl })
  for (const [id, job] of jobs) gateway.services.world.jobs.set(id, job)
}

let lastChange = Promise.resolve()

/** A change of each job, in the table that the relay publishes from, one change after the other as the service makes them. */
function change(jobs: readonly TestJob[]): Promise<void> {
  lastChange = lastChange.then(() => writeChanges(jobs))
  return lastChange
}

async function writeChanges(jobs: readonly TestJob[]): Promise<void> {
  for (const job of jobs) {
    job.version += 1
    gateway.services.world.jobs.set(job.id, { ...job })
    const { id: _id, ts: _ts, type, ...payload } = jobMessage(job)
    const values = [type, payload, SUBJECTS.jobEvents(job.id)]
    await pool.query('INSERT INTO events (type, payload, subject) VALUES ($1, $2, $3)', values)
  }
  outbox.wake()
}

/** `id version` of every change of alice's in the table, in its order. */
async function written(ofJob = ''): Promise<string[]> {
  const { rows } = await pool.query<{ change: string }>(
    `SELECT concat(payload -> 'job' ->> 'id', ' ', payload -> 'job' ->> 'version') AS change FROM events
     WHERE payload -> 'job' ->> 'submittedBy' = 'alice' AND payload -> 'job' ->> 'id' LIKE $1 || '%' ORDER BY id`,
    [ofJob],
  )
  return rows.map((row) => row.change)
}

const changed = v.object({ id: v.string(), version: v.number() })

/** A client of alice's that goes on behind the last result it had, whatever happens to its connection. */
function createClient(query: string, variables: Record<string, unknown>) {
  const told: string[] = []
  let cursor: unknown
  let results: ReturnType<TestGateway['subscribe']> | undefined

  async function next() {
    results ??= gateway.subscribe(await gateway.keys.sign(), query, { ...variables, after: cursor ?? null })
    const { value, done } = await results.next()
    if (done || value.errors) throw new Error(`it ended with ${JSON.stringify(value?.errors)}`)
    cursor = value.extensions?.cursor ?? cursor
    const { id, version } = v.parse(changed, Object.values(value.data ?? {})[0])
    return `${id} ${version}`
  }
  const leave = async () => {
    const left = results
    results = undefined
    await left?.return?.().catch(() => {})
  }
  return {
    told,
    leave,
    /** Reads until it was told of this change. */
    async readTo(change: string | undefined): Promise<void> {
      while (told.at(-1) !== change) await next().then((found) => told.push(found), leave)
    },
  }
}

const JOBS_CHANGED = 'subscription ($after: ID) { jobsChanged(after: $after) { id version } }'
const JOB_CHANGED = 'subscription ($id: ID!, $after: ID) { jobChanged(id: $id, after: $after) { id version } }'

describe('a client that resumes', () => {
  test('misses nothing and sees nothing twice while NATS and the gateway go and come', {
    timeout: 60_000,
  }, async () => {
    const jobs = [makeJob(), makeJob(), makeJob({ submittedBy: 'bob' })]
    const [one, two] = jobs
    if (!one || !two) throw new Error('no jobs')
    await change(jobs)
    const all = createClient(JOBS_CHANGED, {})
    const single = createClient(JOB_CHANGED, { id: one.id })
    await single.readTo(`${one.id} 2`)
    const first = all.readTo(`${two.id} 3`)
    await expect.poll(() => gateway.subscriptions()).toBeGreaterThan(2)
    await change(jobs)
    await first

    const disturbances = [
      async () => {
        process.kill(nats.pid, 'SIGKILL')
        await change(jobs)
        await restartNats()
      },
      replaceGateway,
      async () => {
        await nats.stop()
        await change(jobs)
        await replaceGateway()
        await restartNats()
      },
      async () => {
        await Promise.all([all.leave(), single.leave()])
        for (let i = 0; i < 150; i++) await change(jobs)
      },
    ]
    for (const disturb of disturbances) {
      const target = one.version + 1
      const going = disturb()
      await change(jobs)
      await going
      await change(jobs)
      expect(one.version).toBeGreaterThan(target)
      await Promise.all([all.readTo((await written()).at(-1)), single.readTo((await written(one.id)).at(-1))])
    }

    const beginning = all.told[0] ?? ''
    const expected = await written()
    expect(all.told).toEqual(expected.slice(expected.indexOf(beginning)))
    expect(single.told).toEqual(await written(one.id))
    expect(all.told.length).toBeGreaterThan(300)
    await Promise.all([all.leave(), single.leave()])
  })

  test('is told of usage that was recorded meanwhile, once', async () => {
    const job = makeJob()
    await change([job])
    const query = `subscription ($id: ID!, $after: ID) {
      jobChanged(id: $id, after: $after) { version usage { gpuSeconds } }
    }`
    const alice = await gateway.as('alice')
    const before = gateway.subscribe(alice, query, { id: job.id })
    const { extensions } = await nextOf(before)
    await before.return?.()
    gateway.services.world.gpuSeconds.set(job.id, 7)
    await gateway.publish(SUBJECTS.usageEvents(job.id), usageMessage(job))
    const after = gateway.subscribe(alice, query, { id: job.id, after: extensions?.cursor })
    const told = await nextOf(after)
    expect(told.data).toEqual({ jobChanged: { version: 2, usage: { gpuSeconds: 7 } } })
    await change([job])
    expect((await nextOf(after)).data).toMatchObject({ jobChanged: { version: 3 } })
    await after.return?.()
    const again = gateway.subscribe(alice, query, { id: job.id, after: told.extensions?.cursor })
    expect((await nextOf(again)).data).toMatchObject({ jobChanged: { version: 3 } })
    await again.return?.()
  })

  test('is told of no job that it may not see, nor of what does not fit its filter', async () => {
    const [mine, other] = [makeJob({ name: 'mine' }), makeJob({ name: 'other', submittedBy: 'bob' })]
    const query = `subscription ($after: ID) { jobsChanged(filter: { name: "mine" }, after: $after) { name version } }`
    const alice = await gateway.as('alice')
    const before = gateway.subscribe(alice, query)
    const first = nextOf(before)
    await expect.poll(() => gateway.subscriptions()).toBe(1)
    await change([mine])
    const { extensions } = await first
    await before.return?.()
    await change([other, makeJob({ name: 'another' }), { ...other, name: 'mine' }, mine])
    const after = gateway.subscribe(alice, query, { after: extensions?.cursor })
    expect((await nextOf(after)).data).toEqual({ jobsChanged: { name: 'mine', version: 3 } })
    await after.return?.()
  })
})

describe('a cursor', () => {
  const refusal = async (after: unknown) => {
    const alice = await gateway.as('alice')
    return await nextOf(gateway.subscribe(alice, JOBS_CHANGED, { after })).catch((error: unknown) => error)
  }

  test.each(['', 'x', 'a'.repeat(100), Buffer.from('a.-1.0').toString('base64url')])(
    'that is none is refused: %j',
    async (after) => {
      expect(await refusal(after)).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT', problems: [{ path: 'after' }] } },
      ])
    },
  )

  test('of a stream that is not there any more, or whose next event is kept no longer, is GONE', async () => {
    const other = Buffer.from('0.1.0').toString('base64url')
    expect(await refusal(other)).toMatchObject([{ extensions: { code: 'GONE' } }])
    const job = makeJob()
    await change([job])
    const alice = await gateway.as('alice')
    const before = gateway.subscribe(alice, JOB_CHANGED, { id: job.id })
    const { extensions } = await nextOf(before)
    await before.return?.()
    await change([job])
    const manager = await jetstreamManager(await link.connection)
    await expect.poll(async () => (await pool.query('SELECT FROM events WHERE published_at IS NULL')).rowCount).toBe(0)
    await manager.streams.purge('EVENTS')
    expect(await refusal(extensions?.cursor)).toMatchObject([{ extensions: { code: 'GONE' } }])
  })

  test('is in no result of another subscription', async () => {
    const alice = await gateway.as('alice')
    const changes = gateway.subscribe(alice, 'subscription { gpusChanged { id } }')
    const first = nextOf(changes)
    await expect.poll(() => gateway.subscriptions()).toBe(2)
    const gpu = { id: randomUUID(), uuid: 'GPU-1', name: 'A100', totalMemoryMb: 1, simulated: true, workerId: 'w1' }
    const event = { id: randomUUID(), ts: '2026-01-31T12:00:00.000Z', type: 'gpu.registered', gpu }
    await gateway.publish(SUBJECTS.gpuEvents(gpu.id), event)
    expect(await first).toEqual({ data: { gpusChanged: { id: gpu.id } } })
    await changes.return?.()
  })
})
