// Backup and restore as the image has them, with nothing but their environment.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { withClient } from '@constellation/db/database.ts'
import { startNats } from '@constellation/local/nats/nats-server.ts'
import { makeSecrets } from '@constellation/local/secrets.ts'
import { makeTestHome, removeTestHome } from '@constellation/local/testing/test-home.ts'
import { cloneDatabase, type TestDatabase } from '@constellation/local/testing.ts'
import { connectNats, ensureStreams } from '@constellation/platform/nats/nats.ts'
import { jetstreamManager } from '@nats-io/jetstream'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'

const ENTRY = fileURLToPath(new URL('entry.ts', import.meta.url))
const KEY = 'a1'.repeat(32)

let home: string
let database: TestDatabase
let nats: Awaited<ReturnType<typeof startNats>>

beforeAll(async () => {
  home = await makeTestHome()
  database = await cloneDatabase()
  nats = await startNats({ home, keys: makeSecrets().nats, log: () => {} })
})
afterAll(async () => {
  await nats?.stop()
  await database?.drop()
  await removeTestHome(home)
})

async function runImage(words: string[], env: Record<string, string>): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, [ENTRY, ...words], { env: { PATH: process.env.PATH ?? '', ...env } })
  const said = Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = await once(child, 'exit')
  return { code, said: (await said).join('') }
}

const namesOfJobs = () =>
  withClient(database.adminUrl, async (client) => {
    const { rows } = await client.query('SELECT name FROM jobs.jobs ORDER BY name')
    return rows.map(({ name }) => name)
  })
const addJob = (name: string) =>
  withClient(database.adminUrl, (client) =>
    client.query(
      `INSERT INTO jobs.jobs (name, params, submitted_by, account, lane_id) VALUES ($1, '{"command": ["a"]}', 'ada', 'lab', 1)`,
      [name],
    ),
  )

test('the image backs up and restores a place, and takes away what is of another past', async () => {
  const backups = path.join(home, 'monday')
  const owner = await connectNats(nats.servicesUrl, 'test')
  await ensureStreams(owner)
  await addJob('before')
  const backup = await runImage(['backup', backups], { DATABASE_URL: database.adminUrl, SECRETS_KEY: KEY })
  expect(backup).toMatchObject({ code: 0, said: expect.stringContaining(`is in ${backups}`) })
  await addJob('after')

  const { passwords } = inject('postgres')
  const restored = await runImage(['restore', '--replace', backups], {
    DATABASE_URL: database.adminUrl,
    JOBS_DATABASE_PASSWORD: passwords.jobs,
    GPUS_DATABASE_PASSWORD: passwords.gpus,
    USAGE_DATABASE_PASSWORD: passwords.usage,
    SECRETS_KEY: KEY,
    NATS_URL: nats.urls.restore,
  })
  expect(restored).toMatchObject({ code: 0, said: expect.stringContaining('The backup is restored.') })
  expect(await namesOfJobs()).toEqual(['before'])
  const streams = await (await jetstreamManager(owner)).streams.list().next()
  expect(streams.map(({ config }) => config.name)).toEqual(['AUDIT'])
  await owner.close()
})

test('without its settings a restore changes nothing and names all that are missing', async () => {
  const refused = await runImage(['restore', home], {})
  expect(refused.code).toBe(1)
  expect(refused.said).toMatch(/DATABASE_URL.*\n.*JOBS_DATABASE_PASSWORD/)
})
