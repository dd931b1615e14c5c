import { migrate, serviceUrls } from '@constellation/db/migrate.ts'
import { makeSecrets } from '@constellation/local/secrets.ts'
import { type ReplicatedPostgres, startReplicated } from '@constellation/local/testing-replica.ts'
import { type Database, openDatabase } from '@constellation/platform/database/database.ts'
import { createLogger } from '@constellation/platform/log.ts'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { recordRuns } from '../ledger/record.ts'
import { fillNow, openLake, runEvent } from '../testing.ts'

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

test('a lake that has more than the replica that becomes the primary is made anew of what that has', async () => {
  const before = await open(servers.primary.adminUrl)
  await recordRuns(before.pool, [runEvent(1, 0, 10), runEvent(2, 0, 10)])
  await replicaHas(2)
  await servers.stopReplica()
  await recordRuns(before.pool, [runEvent(3, 0, 10), runEvent(4, 0, 10)])
  const { lake, analyst, close } = await openLake(before.pool)
  await fillNow(lake)
  expect((await analyst.ask(RUNS)).rows).toEqual([{ runs: 4 }])
  await before.close()

  const after = await promoted()
  await recordRuns(after.pool, [runEvent(5, 0, 10)])
  const { analyst: asking, close: closeAsking } = await openLake(after.pool, { directory: lake.directory })
  await expect(asking.ask(RUNS)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  await fillNow({ ...lake, pool: after.pool })
  expect((await asking.ask(RUNS)).rows).toEqual([{ runs: 3 }])
  await closeAsking()
  await close()
  await after.close()
}, 60_000)

async function replicaHas(runs: number): Promise<void> {
  const client = new pg.Client({ connectionString: serviceUrls(servers.replicaUrl, secrets.databaseRoles).usage })
  await client.connect()
  await vi.waitFor(async () => {
    const { rows } = await client.query('SELECT count(*)::integer AS runs FROM usage.runs')
    expect(rows).toEqual([{ runs }])
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
