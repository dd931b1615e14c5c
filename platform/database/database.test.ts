import { cloneDatabase } from '@constellation/local/testing.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLogger } from '../log.ts'
import { type Database, inTransaction, openDatabase } from './database.ts'

let database: Database
let drop: () => Promise<void>
beforeAll(async () => {
  const own = await cloneDatabase()
  const log = createLogger('test', 'silent')
  database = await openDatabase(own.urls.jobs, { schema: 'jobs', entities: [], log })
  drop = async () => {
    await database.orm.close(true)
    await own.drop()
  }
  await database.pool.query('CREATE TABLE things (id integer PRIMARY KEY, touched integer NOT NULL DEFAULT 0)')
  await database.pool.query('INSERT INTO things VALUES (1), (2)')
})
afterAll(() => drop())

test('of two transactions that wait for each other in a circle both are done, each once', async () => {
  let arrived = 0
  let tries = 0
  const both = Promise.withResolvers<void>()
  const touch = (first: number, second: number) =>
    inTransaction(database.pool, async (client) => {
      tries += 1
      await client.query('UPDATE things SET touched = touched + 1 WHERE id = $1', [first])
      arrived += 1
      if (arrived === 2) both.resolve()
      await both.promise
      await client.query('UPDATE things SET touched = touched + 1 WHERE id = $1', [second])
    })
  await Promise.all([touch(1, 2), touch(2, 1)])
  const { rows } = await database.pool.query('SELECT touched FROM things')
  expect(rows).toEqual([{ touched: 2 }, { touched: 2 }])
  // On a busy machine both may be broken off at once.
  expect(tries).toBeGreaterThan(2)
})

test('another fault of a transaction undoes it and is told', async () => {
  const fault = inTransaction(database.pool, async (client) => {
    await client.query('INSERT INTO things VALUES (3)')
    await client.query('INSERT INTO things VALUES (1)')
  })
  await expect(fault).rejects.toMatchObject({ code: '23505' })
  const { rows } = await database.pool.query('SELECT count(*)::integer AS n FROM things')
  expect(rows).toEqual([{ n: 2 }])
})
