import { once } from 'node:events'
import { createServer } from 'node:net'
import { type ReplicatedPostgres, startReplicated } from '@constellation/local/testing-replica.ts'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ConstellationError } from '../errors.ts'
import { createLogger } from '../log.ts'
import { replicaReads } from '../metrics/service-metrics.ts'
import { openReads, type Read, type Reads } from './read-replica.ts'
import { judge } from './replica-fence.ts'

const PASSWORD = 'a password of tests'
const log = createLogger('test', 'silent')
/** No rest, so that each read tries the replica. */
const AT_ONCE = { behind: 0, other: 0, failed: 0 }

let servers: ReplicatedPostgres
let primary: pg.Pool
let replica: pg.Pool
let reads: Reads
let inserted = 0

beforeAll(async () => {
  servers = await startReplicated(PASSWORD, async (url) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query('CREATE ROLE service LOGIN PASSWORD $$service$$; CREATE TABLE things (id integer)')
    await client.query('GRANT SELECT, INSERT ON things TO service')
    await client.end()
  })
  await servers.startReplica()
  primary = poolOf(servers.primary.adminUrl)
  replica = poolOf(servers.replicaUrl)
  reads = openReads(poolOf(asService(servers.primary.adminUrl)), asService(servers.replicaUrl), log, AT_ONCE)
}, 60_000)
afterAll(async () => {
  await reads?.close()
  await Promise.all([primary?.end(), replica?.end()])
  await servers?.stop()
})

test('everything that was written is read, and a replica that follows answers', async () => {
  await until('replica')
  const before = await counted()
  const seen = await insertAndRead(reads.read, 100)
  expect(seen).toEqual([])
  expect((await counted()).replica - before.replica).toBeGreaterThan(50)
})

test('of a replica that has stopped replaying, nothing old is read, and it answers again when it has caught up', async () => {
  await replica.query('SELECT pg_wal_replay_pause()')
  expect(await insertAndRead(reads.read, 5)).toEqual([])
  expect((await counted()).behind).toBeGreaterThanOrEqual(5)
  await replica.query('SELECT pg_wal_replay_resume()')
  await until('replica')
})

test('what goes wrong at the replica alone is asked of the primary', async () => {
  const before = await counted()
  const { rows } = await reads.read((client) =>
    client.query<{ n: number }>('SELECT 1 / (CASE WHEN pg_is_in_recovery() THEN 0 ELSE 1 END) AS n'),
  )
  expect(rows).toEqual([{ n: 1 }])
  expect((await counted()).failed).toBe(before.failed + 1)
})

test('what is wrong with the question itself is told, and tried once', async () => {
  let tries = 0
  const refused = reads.read(async () => {
    tries += 1
    throw new ConstellationError('BAD_USER_INPUT', 'It makes no sense.')
  })
  await expect(refused).rejects.toThrow('It makes no sense.')
  expect(tries).toBe(1)
})

test('a replica that is left alone is not asked, and one that does not answer holds nobody up for long', async () => {
  const hung = createServer(() => undefined).listen(0, '127.0.0.1')
  await once(hung, 'listening')
  const address = hung.address()
  const port = typeof address === 'object' ? address?.port : 0
  const lone = openReads(primary, `postgres://service:service@127.0.0.1:${port}/postgres`, log)
  const before = await counted()
  expect(await insertAndRead(lone.read, 3)).toEqual([])
  const after = await counted()
  expect([after.failed - before.failed, after.resting - before.resting]).toEqual([1, 2])
  await lone.close()
  hung.close()
})

test('while the replica is away the primary answers, and the replica when it is back', async () => {
  await servers.stopReplica()
  expect(await insertAndRead(reads.read, 3)).toEqual([])
  await servers.startReplica()
  await until('replica')
  expect(await insertAndRead(reads.read, 20)).toEqual([])
})

test('a replica that was made a primary of its own is not asked', async () => {
  const own = poolOf(servers.replicaUrl)
  await own.query('SELECT pg_promote()')
  await own.query('INSERT INTO things SELECT generate_series(1, 1000)')
  await own.end()
  expect(await insertAndRead(reads.read, 3)).toEqual([])
  expect((await counted()).other).toBeGreaterThanOrEqual(3)
})

test('a server of another history is none to read from, however far it is', () => {
  const fence = { lsn: '0/10', timeline: 2, system: '7' }
  const said = { isReplica: true, ahead: '100', timeline: 2, system: '7' }
  expect(judge(said, fence)).toEqual({ kind: 'there', lagBytes: 0 })
  expect(judge({ ...said, ahead: '-5' }, fence)).toEqual({ kind: 'behind', lagBytes: 5 })
  for (const other of [{ timeline: 1 }, { system: '8' }, { isReplica: false }])
    expect(judge({ ...said, ...other }, fence)).toMatchObject({ kind: 'other' })
})

function poolOf(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 3 })
  pool.on('error', () => undefined)
  return pool
}

/** As who has no rights but those of a service. */
function asService(url: string): string {
  return Object.assign(new URL(url), { username: 'service', password: 'service' }).href
}

/** Writes and reads by turns; returns the counts that were not what had been written. */
async function insertAndRead(read: Read, times: number): Promise<unknown[]> {
  const wrong: unknown[] = []
  for (let i = 0; i < times; i++) {
    await primary.query('INSERT INTO things VALUES (1)')
    inserted += 1
    const { rows } = await read((client) => client.query('SELECT count(*)::integer AS n FROM things'))
    if (rows[0].n !== inserted) wrong.push(rows[0].n)
  }
  return wrong
}

type Outcome = 'replica' | 'behind' | 'other' | 'failed' | 'busy' | 'resting'

async function counted(): Promise<Record<Outcome, number>> {
  const { values } = await replicaReads.get()
  const none = { replica: 0, behind: 0, other: 0, failed: 0, busy: 0, resting: 0 }
  return { ...none, ...Object.fromEntries(values.map(({ labels, value }) => [labels.outcome, value])) }
}

/** Resolves when a read has come out so. */
async function until(outcome: Outcome): Promise<void> {
  const before = (await counted())[outcome]
  const limit = performance.now() + 20_000
  while ((await counted())[outcome] === before) {
    if (performance.now() > limit)
      throw new Error(`No read comes out as ${outcome}: ${JSON.stringify(await counted())}`)
    await reads.read((client) => client.query('SELECT 1'))
  }
}
