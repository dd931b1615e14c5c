import { cloneDatabase, type TestDatabase } from '@constellation/local/testing.ts'
import { createLogger } from '@constellation/platform/log.ts'
import { Pool } from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { withClient } from './database.ts'
import { guardSchema } from './schema-guard.ts'

const log = createLogger('test', 'silent')

let database: TestDatabase
let pool: Pool
beforeEach(async () => {
  database = await cloneDatabase()
  pool = new Pool({ connectionString: database.urls.jobs, max: 1 })
})
afterEach(async () => {
  await pool.end()
  await database.drop()
})

const change = (sql: string) => withClient(database.urls.jobs, (client) => client.query(sql))
const guard = () => guardSchema({ service: 'jobs', pool, log })
const LATER = `INSERT INTO migration_checksums (name, sha256, needs) VALUES ('9999_later', 'x', $NEEDS)`

it('a service starts on the database of its release, and beside what a later one has only added', async () => {
  await (await guard())()
  await change(LATER.replace('$NEEDS', '0'))
  await (await guard())()
})

it('it does not start where a later release has taken away what it uses, and is told what to do', async () => {
  await change(LATER.replace('$NEEDS', '9998'))
  await expect(guard()).rejects.toThrow(
    /9999_later.sql was run, .* newer version. Start that version, or restore a backup/,
  )
})

it('it is not ready any more once that is so', async () => {
  const check = await guard()
  await change(LATER.replace('$NEEDS', '9998'))
  await expect(check()).rejects.toThrow(/newer version/)
})

it('it does not start before its own migrations were run', async () => {
  await change(`DELETE FROM migration_checksums WHERE name LIKE '0002%'`)
  await expect(guard()).rejects.toThrow(/^0002_lanes.sql was not run yet. Run `npm run migrate` first/)
})

it('it does not start where a migration was another one', async () => {
  await change(`UPDATE migration_checksums SET sha256 = 'other' WHERE name LIKE '0002%'`)
  await expect(guard()).rejects.toThrow('0002_lanes.sql was run, but is another one in this release.')
})

it('it starts where the database does not answer, and is not ready', async () => {
  const away = new Pool({ connectionString: 'postgres://jobs:secret@127.0.0.1:9/none' })
  try {
    const check = await guardSchema({ service: 'jobs', pool: away, log })
    await expect(check()).rejects.toThrow(/ECONNREFUSED/)
  } finally {
    await away.end()
  }
})
