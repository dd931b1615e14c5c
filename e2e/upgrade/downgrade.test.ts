import { spawnSync } from 'node:child_process'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { cloneDatabase, type TestDatabase } from '@constellation/local/testing.ts'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'

let database: TestDatabase
beforeAll(async () => {
  database = await cloneDatabase()
  const client = new Client({ connectionString: database.urls.jobs })
  await client.connect()
  await client.query(`INSERT INTO migration_checksums (name, sha256, needs) VALUES ('9999_later', 'x', 9998)`)
  await client.end()
})
afterAll(() => database?.drop())

function start(program: string, env: Record<string, string>) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program], {
    cwd: repositoryRoot,
    env: { PATH: process.env.PATH, ...env },
    encoding: 'utf8',
    timeout: 60_000,
  })
  return { status, said: stdout + stderr }
}

test('a service ends at once where its database is of a later release, and says what to do', () => {
  const { status, said } = start('services/jobs/main.ts', {
    DATABASE_URL: database.urls.jobs,
    NATS_URL: 'nats://127.0.0.1:9',
    PORT: '0',
    GATEWAY_SECRET: 'a'.repeat(64),
    SECRETS_KEY: 'a'.repeat(64),
  })
  expect(said).toMatch(
    /9999_later.sql was run, which this release does not know.* Start that version, or restore a backup/,
  )
  expect(status).toBe(1)
})

test('its migration is refused, too', () => {
  const { jobs, gpus, usage } = inject('postgres').passwords
  const { status, said } = start('db/migrate-command.ts', {
    DATABASE_URL: database.adminUrl,
    JOBS_DATABASE_PASSWORD: jobs,
    GPUS_DATABASE_PASSWORD: gpus,
    USAGE_DATABASE_PASSWORD: usage,
  })
  expect(said).toMatch(
    /migrations of jobs do not fit .* 9999_later.sql was run but is not here.* newer version. Start that version/,
  )
  expect(status).toBe(1)
})
