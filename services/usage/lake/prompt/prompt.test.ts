import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordRuns } from '../../ledger/record.ts'
import { at, fillNow, type Ledger, openLake, openLedger, runEvent } from '../../testing.ts'
import { COLUMNS } from '../columns.ts'
import { drawTable } from './draw.ts'
import { printCsv } from './print.ts'
import { runPrompt } from './repl.ts'
import { openSession, type Session } from './session.ts'

let ledger: Ledger
let opened: Awaited<ReturnType<typeof openLake>>
let session: Session
let home: string
beforeAll(async () => {
  ledger = await openLedger()
  opened = await openLake(ledger.pool)
  await recordRuns(ledger.pool, [runEvent(1, 0, 7_200, { by: 'al "the" ice' }), runEvent(2, 0, 60)])
  await fillNow(opened.lake)
  await recordRuns(ledger.pool, [runEvent(3, 0, 60, { account: 'team-b' })])
  session = await openSession(opened.lake.directory, ledger.pool)
  home = await mkdtemp(join(tmpdir(), 'prompt-'))
})
afterAll(async () => {
  session?.close()
  await opened?.close()
  await ledger?.close()
  await rm(home, { recursive: true, force: true })
})

async function csv(sql: string): Promise<string> {
  const out = new PassThrough()
  await printCsv(await session.ask(sql), out)
  out.end()
  return text(out)
}

async function typed(...lines: string[]): Promise<string> {
  const output = new PassThrough()
  const input = Readable.from(lines.map((line) => `${line}\n`))
  await runPrompt(session, { input, output, historyFile: join(home, 'history') })
  output.end()
  return text(output)
}

test('one question is answered as CSV, from files and from what is newer', async () => {
  expect(
    await csv(
      `SELECT account, submitted_by, sum(held_us) AS us, max(cost) AS cost FROM slices GROUP BY ALL ORDER BY us DESC, account`,
    ),
  ).toBe(
    'account,submitted_by,us,cost\nteam-a,"al ""the"" ice",7200000000,\nteam-a,alice,60000000,\nteam-b,alice,60000000,\n',
  )
})

test('without the database the answers are what is in files', async () => {
  const alone = await openSession(opened.lake.directory)
  const { rows } = await alone.ask('SELECT count(DISTINCT run_id) FROM slices')
  for await (const piece of rows) expect(piece).toEqual([['2']])
  expect.assertions(1)
  alone.close()
})

describe('the lake is only read:', () => {
  test.each([
    [`COPY (SELECT 1) TO 'LAKE/slices/x.parquet'`, /only read/],
    [`EXPLAIN ANALYZE COPY (SELECT 1) TO 'LAKE/x.csv'`, /only read/],
    ['CREATE TABLE t AS SELECT 1', /only read/],
    ['DROP VIEW slices', /only read/],
    ['SET enable_external_access = true', /only read/],
    [`ATTACH 'LAKE/x.db'`, /only read/],
    ['INSTALL httpfs', /only read/],
    ['SELECT 1; SELECT 2', /One statement/],
    [`SELECT * FROM read_csv('/etc/passwd')`, /Permission|disabled/],
    ['SELECT nothing FROM slices', /nothing/],
  ])('%s', async (sql, message) => {
    const before = await readdir(opened.lake.directory, { recursive: true })
    await expect(csv(sql.replace('LAKE', opened.lake.directory))).rejects.toThrow(message)
    expect(await readdir(opened.lake.directory, { recursive: true })).toEqual(before)
  })
})

test('at the prompt a question may take several lines, and is answered by a table', async () => {
  const answer = await typed('SELECT account,', '  count(*) AS n', 'FROM slices GROUP BY 1 ORDER BY 1;')
  expect(answer).toContain(
    [
      '┌─────────┬───┐',
      '│ account │ n │',
      '├─────────┼───┤',
      '│ team-a  │ 3 │',
      '│ team-b  │ 1 │',
      '└─────────┴───┘',
    ].join('\n'),
  )
  expect(answer).toMatch(/2 rows, \d+ ms/)
})

test('at the prompt a mistake is told, and the next question answered', async () => {
  const answer = await typed('SELEC;', '.nonsense', "SELECT 'still ' || 'here' AS x;")
  expect(answer).toMatch(/syntax error[\s\S]*no \.nonsense[\s\S]*still here/)
})

test('columns and commands are told', async () => {
  const answer = await typed('.schema', '.help', '.state', '.quit', 'SELECT 77;')
  for (const { name, about } of COLUMNS) {
    expect(answer).toContain(name)
    expect(answer).toContain(about.slice(0, 50))
  }
  expect(answer).toContain('version 1, 1 files; with what runs')
  expect(answer).not.toContain('77')
})

test('what the terminal would take for a command is drawn as a dot', () => {
  expect(drawTable([{ name: 'x', type: 'VARCHAR' }], [['a\u001b[2Jb'], [null], ['日本']])).toBe(
    ['┌────────┐', '│ x      │', '├────────┤', '│ a·[2Jb │', '│ NULL   │', '│ 日本   │', '└────────┘'].join('\n'),
  )
})

test('a question in docs/lake.md answers from the files alone, and its table has every column', async () => {
  const page = await readFile(new URL('../../../../docs/lake.md', import.meta.url), 'utf8')
  for (const { name, type, about } of COLUMNS) expect(page).toMatch(row(name, type, about))
  const [, sql = ''] = /```sql\n([\s\S]*?)```/.exec(page) ?? []
  const connection = await opened.lake.duckdb.connect()
  const result = await connection.runAndReadAll(sql.replaceAll('/var/lib/constellation/lake', opened.lake.directory))
  connection.closeSync()
  expect(result.getRowsJson()).toEqual([['team-a', at(0).slice(0, 7), 2.017, '2', null]])
})

const row = (...cells: string[]) =>
  new RegExp(cells.map((cell) => cell.replaceAll(/[^\w ]/g, '\\$&')).join('`? *\\| *`?'))
