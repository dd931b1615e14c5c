// Puts synthetic runs into the tables of the usage service: by COPY, without indexes until all is there, and in the
// order of time in transactions of their own, as the service would have entered them.
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { setImmediate } from 'node:timers/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { addRun, COLUMNS, type Hours, PRICE_ROWS, type Rows, type Table, takeHours } from './rows.ts'
import { syntheticRuns } from './runs.ts'

/** In one transaction. */
const RUNS_AT_ONCE = 50_000
/** Lines that go to PostgreSQL in one piece. */
const LINES_AT_ONCE = 2_000
/** Runs that are made before PostgreSQL is given more of those before. */
const RUNS_BETWEEN = 200
const TABLES = ['runs', 'run_gpus', 'slices', 'hourly'] as const

/** Loads so many runs; `say` hears of progress. The database is one with the service's tables, and empty. */
export async function loadRuns(adminUrl: string, count: number, say: (line: string) => void): Promise<void> {
  await onConnection(adminUrl, async (client) => {
    for (const { model, validFrom, perGpuHour, currency } of PRICE_ROWS) {
      await client.query(`INSERT INTO prices VALUES ($1, $2, $3, $4, 'bench')`, [
        model,
        validFrom,
        perGpuHour,
        currency,
      ])
    }
    const again = await dropIndexes(client)
    // Without a log of what is written: it would take as much room again, and nobody needs it after a crash.
    for (const table of TABLES) await client.query(`ALTER TABLE ${table} SET UNLOGGED`)
    await copyAll(client, count, say)
    for (const statement of again) {
      say(statement.slice(0, 100))
      await client.query(statement)
    }
    await client.query('VACUUM ANALYZE')
    await client.query('CHECKPOINT')
  })
}

/** Takes the tables' keys and indexes away; returns what makes them again. */
async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows: keys } = await client.query<{ table: string; name: string; definition: string }>(
    `SELECT conrelid::regclass AS table, conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
     WHERE conrelid = ANY ($1::regclass[]) AND contype IN ('p', 'f') ORDER BY contype`,
    [TABLES],
  )
  for (const { table, name } of keys) await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`)
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `SELECT indexrelid::regclass AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
     WHERE indrelid = ANY ($1::regclass[])`,
    [TABLES],
  )
  for (const { name } of indexes) await client.query(`DROP INDEX ${name}`)
  const add = ({ table, name, definition }: (typeof keys)[number]) =>
    `ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`
  const isForeign = ({ definition }: { definition: string }) => definition.startsWith('FOREIGN')
  const primary = keys.filter((key) => !isForeign(key))
  return [...primary.map(add), ...indexes.map(({ definition }) => definition), ...keys.filter(isForeign).map(add)]
}

async function copyAll(client: pg.Client, count: number, say: (line: string) => void): Promise<void> {
  const began = performance.now()
  const hours: Hours = new Map()
  let rows = emptyRows()
  let made = 0
  // While PostgreSQL takes one part the next is made.
  let writing = Promise.resolve()
  for (const run of syntheticRuns(count)) {
    addRun(rows, hours, run)
    made += 1
    if (made % RUNS_BETWEEN === 0) await setImmediate()
    if (made % RUNS_AT_ONCE !== 0 && made !== count) continue
    rows.hourly = takeHours(hours, made === count ? Infinity : run.startedAt - (run.startedAt % 3_600_000))
    await writing
    writing = copyRows(client, rows)
    rows = emptyRows()
    if (made % 1_000_000 === 0) say(`${made / 1e6} million runs, ${Math.round((performance.now() - began) / 1000)} s`)
  }
  await writing
}

function emptyRows(): Rows {
  return { runs: [], run_gpus: [], slices: [], hourly: [] }
}

async function copyRows(client: pg.Client, rows: Rows): Promise<void> {
  await client.query('BEGIN')
  for (const table of TABLES) await copyTable(client, table, rows[table])
  await client.query('COMMIT')
}

async function copyTable(client: pg.Client, table: Table, lines: readonly string[]): Promise<void> {
  const stream = client.query(copyFrom(`COPY ${table} (${COLUMNS[table]}) FROM STDIN`))
  const done = finished(stream)
  for (let i = 0; i < lines.length; i += LINES_AT_ONCE) {
    const some = lines.slice(i, i + LINES_AT_ONCE)
    if (!stream.write(`${some.join('\n')}\n`)) await Promise.race([once(stream, 'drain'), done])
  }
  stream.end()
  await done
}

async function onConnection(adminUrl: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query('SET search_path = usage')
    await client.query(`SET maintenance_work_mem = '1GB'`)
    await work(client)
  } finally {
    await client.end()
  }
}
