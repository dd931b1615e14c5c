import { migrate, serviceUrls } from '@constellation/db/migrate.ts'
import { makeSecrets } from '@constellation/local/secrets.ts'
import { type ReplicatedPostgres, startReplicated } from '@constellation/local/testing-replica.ts'
import { type Database, openDatabase } from '@constellation/platform/database/database.ts'
import { createLogger } from '@constellation/platform/log.ts'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { recordRuns } from '../ledger/record.ts'
import { fillNow, openLake, runEvent } from '../testing.ts'
import { readManifest } from './manifest.ts'

const secrets = makeSecrets()
let servers: ReplicatedPostgres
beforeAll(async () => {
  servers = await startReplicated(secrets.postgresSuperuser, async (adminUrl) => {
    await migrate({ adminUrl, passwords: secrets.databaseRoles })
  })
  await servers.startReplica()
}, 60_000)
afterAll(() => servers?.stop())

const open = (adminUrl: string) =>
  openDatabase(serviceUrls(adminUrl, secrets.databaseRoles).usage, {
    schema: 'usage',
    entities: [],
    log: createLogger('test', 'silent'),
  })

const RUNS = { select: 'SELECT sum(starts)::INTEGER AS runs FROM slices', values: [] }

test('a lake stays where the replica that becomes the primary has all that it has, and is made anew where it has less', async () => {
  const before = await open(servers.primary.adminUrl)
  const [behind, ahead] = [await openLake(before.pool), await openLake(before.pool)]
  await recordRuns(before.pool, [runEvent(1, 0, 10), runEvent(2, 0, 10)])
  await fillNow(behind.lake)
  await replicaHas('usage.lakes', 1)
  await servers.stopReplica()
  await recordRuns(before.pool, [runEvent(3, 0, 10), runEvent(4, 0, 10)])
  await fillNow(ahead.lake)
  expect((await ahead.analyst.ask(RUNS)).rows).toEqual([{ runs: 4 }])
  await before.close()

  const after = await promoted()
  await recordRuns(after.pool, [runEvent(5, 0, 10)])
  for (const { lake, isKept } of [
    { lake: behind.lake, isKept: true },
    { lake: ahead.lake, isKept: false },
  ]) {
    const { files } = await readManifest(lake.directory)
    const { analyst, close } = await openLake(after.pool, { directory: lake.directory })
    const answer = analyst.ask(RUNS).then(({ rows }) => rows)
    if (isKept) expect(await answer).toEqual([{ runs: 3 }])
    else await expect(answer).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await fillNow({ ...lake, pool: after.pool })
    expect((await analyst.ask(RUNS)).rows).toEqual([{ runs: 3 }])
    const paths = (await readManifest(lake.directory)).files.map(({ path }) => path)
    expect(files.every(({ path }) => paths.includes(path))).toBe(isKept)
    await close()
  }
  await Promise.all([behind.close(), ahead.close(), after.close()])
}, 60_000)

async function replicaHas(table: string, rows: number): Promise<void> {
  const client = new pg.Client({ connectionString: serviceUrls(servers.replicaUrl, secrets.databaseRoles).usage })
  await client.connect()
  await vi.waitFor(async () => {
    expect(await client.query(`SELECT FROM ${table}`)).toMatchObject({ rowCount: rows })
  }, 20_000)
  await client.end()
}

/** The replica as the primary, after that is gone. */
async function promoted(): Promise<Database> {
  await servers.primary.stop()
  await servers.startReplica()
  const client = new pg.Client({ connectionString: servers.replicaUrl })
  await client.connect()
  await client.query('SELECT pg_promote()')
  await client.end()
  return open(servers.replicaUrl)
}
