import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { emptyDatabase } from '@constellation/local/testing.ts'
import { afterEach, beforeEach, expect, inject, it } from 'vitest'
import { awaitSchema } from './await-schema.ts'
import { migrate, serviceUrls } from './migrate.ts'

const { passwords } = inject('postgres')

let folder: string
let database: Awaited<ReturnType<typeof emptyDatabase>>

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'migrations-'))
  database = await emptyDatabase()
  await mkdir(path.join(folder, 'jobs'))
  await write('0001_first', 'CREATE TABLE things (id int)')
})

afterEach(async () => {
  await database.drop()
  await rm(folder, { recursive: true })
})

const write = (name: string, sql: string) => writeFile(path.join(folder, 'jobs', `${name}.sql`), sql)
const migrateNow = () => migrate({ adminUrl: database.adminUrl, passwords, folder })

function wait(url = serviceUrls(database.adminUrl, passwords).jobs) {
  const giveUp = new AbortController()
  const reason = Promise.withResolvers<string>()
  const done = awaitSchema({ service: 'jobs', url, folder, tell: reason.resolve, signal: giveUp.signal })
  return { done, reason: reason.promise, giveUp: () => giveUp.abort(new Error('given up')) }
}

it('waits for the migrations of its release, says for which one, and goes on when they were run', async () => {
  await migrateNow()
  await wait().done
  await write('0002_second', 'CREATE TABLE more (id int)')
  const { done, reason } = wait()
  expect(await reason).toBe('0002_second.sql was not run yet')
  await migrateNow()
  await done
})

it('waits for a database that is not there yet, until it is given up', async () => {
  const { done, reason, giveUp } = wait('postgres://constellation_jobs:secret@127.0.0.1:9/constellation')
  expect(await reason).toMatch(/^the database does not answer: .*ECONNREFUSED/)
  giveUp()
  await expect(done).rejects.toThrow()
})

it('starts beside the migrations of a later release, but not where one is another than here', async () => {
  await write('0002_second', 'CREATE TABLE more (id int)')
  await migrateNow()
  await rm(path.join(folder, 'jobs', '0002_second.sql'))
  await wait().done
  await write('0001_first', 'CREATE TABLE others (id int)')
  await expect(wait().done).rejects.toThrow('0001_first.sql was run, but is another one in this release.')
})
