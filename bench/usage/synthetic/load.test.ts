import { cloneDatabase, type TestDatabase } from '@constellation/local/testing.ts'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadRuns } from './load.ts'
import { syntheticRuns } from './runs.ts'

const RUNS = 20_000

let database: TestDatabase
let client: pg.Client
let keysBefore: unknown
beforeAll(async () => {
  database = await cloneDatabase()
  client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
  await client.query('SET search_path = usage')
  keysBefore = await keys()
  await loadRuns(database.adminUrl, RUNS, () => {})
})
afterAll(async () => {
  await client?.end()
  await database?.drop()
})

const keys = async () => {
  const { rows } = await client.query(
    `SELECT indexdef AS definition FROM pg_indexes WHERE schemaname = 'usage'
     UNION ALL SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'usage'::regnamespace
     ORDER BY definition`,
  )
  return rows
}
const count = async (sql: string) => Number((await client.query(sql)).rows[0].count)

test('makes the same runs each time', () => {
  expect([...syntheticRuns(50)]).toEqual([...syntheticRuns(50)])
})

test('loads as many runs as were asked for, with GPUs, over several hours', async () => {
  expect(await count('SELECT count(*) FROM runs')).toBe(RUNS)
  expect(await count('SELECT count(DISTINCT hour) FROM slices')).toBeGreaterThan(5)
  expect(await count('SELECT max(n) AS count FROM (SELECT count(*) AS n FROM run_gpus GROUP BY run_id) g')).toBe(8)
})

test('makes the slices that the ledger would have entered', async () => {
  const columns = 'run_id, gpu_id, hour, from_at, to_at, starts, model, per_gpu_hour, currency, utilised_us, energy_mj'
  const differ = (one: string, other: string) =>
    `SELECT count(*) FROM (SELECT ${columns} FROM ${one} EXCEPT ALL SELECT ${columns} FROM ${other}) d`
  expect(await count(differ('slices', 'due_slices'))).toBe(0)
  expect(await count(differ('due_slices', 'slices'))).toBe(0)
})

test('makes the sums by hour of these slices', async () => {
  const sums = `SELECT s.hour, r.account, r.submitted_by, s.model, coalesce(s.currency, ''), sum(s.starts)::integer,
      sum(s.held_us)::bigint, coalesce(sum(s.held_us) FILTER (WHERE r.outcome <> 'completed'), 0)::bigint,
      coalesce(sum(s.utilised_us), 0)::bigint,
      coalesce(sum(s.held_us) FILTER (WHERE s.utilised_us IS NOT NULL), 0)::bigint, coalesce(sum(s.energy_mj), 0)::bigint,
      coalesce(sum(s.cost), 0)
    FROM slices s JOIN runs r USING (run_id) GROUP BY 1, 2, 3, 4, 5`
  expect(await count(`SELECT count(*) FROM ((${sums}) EXCEPT ALL SELECT * FROM hourly) d`)).toBe(0)
  expect(await count(`SELECT count(*) FROM (SELECT * FROM hourly EXCEPT ALL (${sums})) d`)).toBe(0)
})

test('leaves the tables their keys and indexes', async () => {
  expect(await keys()).toEqual(keysBefore)
})
