import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startPostgres } from '@constellation/local/postgres/postgres.ts'
import { makeTestHome, removeTestHome } from '@constellation/local/testing/test-home.ts'
import { emptyDatabase } from '@constellation/local/testing.ts'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { withClient } from './database.ts'
import { migrate, releaseFault } from './migrate.ts'
import { seed } from './seed.ts'

// The roles are the server's, and other test files use them at the same time: their passwords stay.
const { passwords } = inject('postgres')

let folder: string
let database: Awaited<ReturnType<typeof emptyDatabase>>

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'migrations-'))
  database = await emptyDatabase()
})

afterEach(async () => {
  await database.drop()
  await rm(folder, { recursive: true })
})

async function write(file: string, sql: string): Promise<void> {
  await mkdir(path.dirname(path.join(folder, file)), { recursive: true })
  await writeFile(path.join(folder, file), sql)
}

const run = () => migrate({ adminUrl: database.adminUrl, passwords, folder })

async function rows(url: string, sql: string): Promise<Record<string, unknown>[]> {
  return withClient(url, async (client) => (await client.query(sql)).rows)
}

describe('a migration', () => {
  it('runs once, as the role of its service, in the schema of that name', async () => {
    await write('jobs/0001_first.sql', 'CREATE TABLE things (id int); INSERT INTO things VALUES (1);')
    await run()
    await write('jobs/0002_second.sql', 'INSERT INTO things VALUES (2);')
    const { jobs } = await run()
    await run()
    expect(await rows(jobs, 'SELECT id FROM things ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }])
    expect(await rows(jobs, 'SELECT schemaname, tableowner FROM pg_tables WHERE tablename = $$things$$')).toEqual([
      { schemaname: 'jobs', tableowner: 'constellation_jobs' },
    ])
    expect(await rows(jobs, 'SELECT name FROM migrations ORDER BY id')).toEqual([
      { name: '0001_first' },
      { name: '0002_second' },
    ])
  })

  it('takes SQL as it is written, with question marks, dollar quotes and several statements', async () => {
    await write(
      'jobs/0001_odd.sql',
      `CREATE TABLE odd (value jsonb, text text DEFAULT 'a ? :b $1 ''c''');
       CREATE FUNCTION answer() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 42; END $$;
       INSERT INTO odd (value) SELECT '{"a": 1}'::jsonb WHERE '{"a": 1}'::jsonb ? 'a';`,
    )
    const { jobs } = await run()
    expect(await rows(jobs, 'SELECT value, text, answer() FROM odd')).toEqual([
      { value: { a: 1 }, text: "a ? :b $1 'c'", answer: 42 },
    ])
  })

  it('leaves nothing of a file that fails, and keeps those before it', async () => {
    await write('jobs/0001_good.sql', 'CREATE TABLE good ();')
    await write('jobs/0002_bad.sql', 'CREATE TABLE bad (); SELECT 1 / 0;')
    await expect(run()).rejects.toThrow(/division by zero/)
    await write('jobs/0002_bad.sql', 'CREATE TABLE mended ();')
    const { jobs } = await run()
    expect(
      await rows(
        jobs,
        "SELECT tablename FROM pg_tables WHERE schemaname = 'jobs' AND tablename !~ 'migration' ORDER BY 1",
      ),
    ).toEqual([{ tablename: 'good' }, { tablename: 'mended' }])
  })

  it('is run by one only when several start at once', async () => {
    await write('usage/0001_once.sql', 'CREATE TABLE once (); SELECT pg_sleep(0.1);')
    await Promise.all([run(), run(), run()])
    const { usage } = await run()
    expect(await rows(usage, 'SELECT name FROM migrations')).toEqual([{ name: '0001_once' }])
  })

  it('lets go of its place in the queue for a lock that somebody holds, and tries again', async () => {
    await write('gpus/0001_table.sql', 'CREATE TABLE busy (id int);')
    const { gpus } = await run()
    await write('gpus/0002_alter.sql', 'ALTER TABLE busy ADD COLUMN more int;')
    await withClient(gpus, async (holder) => {
      await holder.query('BEGIN; SELECT * FROM busy')
      const migrating = migrate({ adminUrl: database.adminUrl, passwords, folder, lockTimeoutMs: 50 })
      await seeAttempts(2)
      await holder.query('COMMIT')
      await migrating
    })
    expect(await rows(gpus, 'SELECT more FROM busy')).toEqual([])
  })
})

/** Resolves when so many attempts at altering `busy` were seen to wait for a lock. */
async function seeAttempts(count: number): Promise<void> {
  const seen = new Set<unknown>()
  await withClient(database.adminUrl, async (watcher) => {
    while (seen.size < count) {
      const { rows } = await watcher.query<{ began: string }>(
        `SELECT query_start::text AS began FROM pg_stat_activity
         WHERE wait_event_type = 'Lock' AND query LIKE 'ALTER TABLE busy%' AND datname = current_database()`,
      )
      for (const { began } of rows) seen.add(began)
    }
  })
}

describe('a released migration', () => {
  it('is refused once it was changed', async () => {
    await write('jobs/0001_first.sql', 'CREATE TABLE things (id int);')
    await run()
    await write('jobs/0001_first.sql', 'CREATE TABLE things (id bigint);')
    await expect(run()).rejects.toThrow(/0001_first.sql was changed after it was run/)
  })

  it('is refused where the database has one that is not here', () => {
    const files = [{ name: '0001_a', sha256: 'a', sql: '' }]
    expect(releaseFault(files, files)).toBeUndefined()
    expect(releaseFault([], files)).toBeUndefined()
    expect(releaseFault([...files, { name: '0002_b', sha256: 'b' }], files)).toMatch(/belongs to a newer version/)
    expect(releaseFault([{ name: '0001_b', sha256: 'b' }], files)).toMatch(/its place is taken by 0001_a/)
  })
})

it.each([
  ['jobs/1_short.sql', /is named like 0001_what_it_does.sql/],
  ['jobs/0002_gap.sql', /this should be 1/],
])('refuses a file named %s', async (file, message) => {
  await write(file, 'SELECT 1;')
  await expect(run()).rejects.toThrow(message)
})

describe("a service's role", () => {
  it("reaches nothing of another service's", async () => {
    await write('jobs/0001_first.sql', 'CREATE TABLE secrets ();')
    const { gpus } = await run()
    await expect(rows(gpus, 'SELECT * FROM jobs.secrets')).rejects.toThrow(/permission denied for schema jobs/)
    await expect(rows(gpus, 'CREATE TABLE jobs.mine ()')).rejects.toThrow(/permission denied for schema jobs/)
    await expect(rows(gpus, 'SET ROLE constellation_jobs')).rejects.toThrow(/permission denied/)
  })

  it('has its open transactions broken off', async () => {
    const { jobs } = await run()
    expect(await rows(jobs, 'SHOW idle_in_transaction_session_timeout')).toEqual([
      { idle_in_transaction_session_timeout: '1min' },
    ])
  })
})

describe("a user's own database", () => {
  it('tells that the schema is taken by something else', async () => {
    await withClient(database.adminUrl, (client) => client.query('CREATE SCHEMA jobs'))
    await expect(run()).rejects.toThrow(/The schema jobs belongs to postgres/)
  })

  it('is prepared by a user who may create roles and schemas, and nobody else', async () => {
    const home = await makeTestHome()
    const server = await startPostgres({ home, password: 'a-password', log: () => {}, durable: false })
    try {
      await withClient(server.adminUrl, (client) => client.query("CREATE ROLE owner LOGIN PASSWORD 'a-password'"))
      const adminUrl = server.adminUrl.replace('postgres:a-password', 'owner:a-password')
      await write('jobs/0001_first.sql', 'CREATE TABLE things ();')
      await expect(migrate({ adminUrl, passwords, folder })).rejects.toThrow(
        /owner of DATABASE_URL .*may not:\n- create roles: ALTER ROLE "owner" CREATEROLE;\n- create schemas: GRANT CREATE ON DATABASE/,
      )
      await withClient(server.adminUrl, (client) =>
        client.query('ALTER ROLE owner CREATEROLE; GRANT CREATE ON DATABASE postgres TO owner'),
      )
      await migrate({ adminUrl, passwords, folder })
      const { jobs } = await migrate({ adminUrl, passwords, folder })
      expect(await rows(jobs, 'SELECT * FROM things')).toEqual([])
    } finally {
      await server.stop()
      await removeTestHome(home)
    }
  })
})

it('seeds each service as its role, again and again', async () => {
  await write('jobs/0001_first.sql', 'CREATE TABLE templates (name text PRIMARY KEY);')
  const urls = await run()
  await write('seeds/jobs_templates.sql', "INSERT INTO templates VALUES ('one') ON CONFLICT DO NOTHING;")
  await seed(urls, path.join(folder, 'seeds'))
  await seed(urls, path.join(folder, 'seeds'))
  expect(await rows(urls.jobs, 'SELECT name FROM templates')).toEqual([{ name: 'one' }])
})
