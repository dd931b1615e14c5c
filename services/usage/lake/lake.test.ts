import { readdir } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { correctRun } from '../ledger/correct-run.ts'
import { savePrice } from '../ledger/prices.ts'
import { recordRuns } from '../ledger/record.ts'
import { repriceSome } from '../ledger/reprice.ts'
import { admin, at, fillNow, type Ledger, openLake, openLedger, runEvent, settle, uuid } from '../testing.ts'
import type { Analyst } from './ask.ts'
import { compactOne } from './compact.ts'
import { fill, type Lake } from './fill.ts'
import { readManifest } from './manifest.ts'
import { retire } from './retire.ts'
import { sweep } from './sweep.ts'

let ledger: Ledger
let opened: Awaited<ReturnType<typeof openLake>>
let lake: Lake
let analyst: Analyst
let directory: string
beforeAll(async () => {
  ledger = await openLedger()
})
afterAll(() => ledger?.close())
beforeEach(async () => {
  await ledger.empty()
  opened = await openLake(ledger.pool)
  lake = opened.lake
  analyst = opened.analyst
  directory = lake.directory
})
afterEach(() => opened?.close())

const runId = (n: number) => uuid(1_000_000 + n)
const sums = async () => {
  const select = `SELECT account, sum(starts)::INTEGER AS runs, sum(held_us)::BIGINT AS us, sum(cost) AS cost,
    bool_or(provisional) AS live FROM slices GROUP BY account ORDER BY account`
  const { rows } = await analyst.ask({ select, values: [] })
  return rows.map(({ account, runs, us, cost, live }) => [account, runs, us, cost, live])
}

describe('the lake', () => {
  test('answers the same whether a run is in the ledger, in files or in one file of its day', async () => {
    await recordRuns(ledger.pool, [runEvent(1, 0, 7_200.5), runEvent(2, 10, 20, { account: 'team-b', models: [] })])
    const first = await sums()
    expect(first).toEqual([
      ['team-a', 1, '7200500000', null, false],
      ['team-b', 1, '0', null, false],
    ])
    expect(await fillNow(lake)).toMatchObject({ version: 1 })
    expect(await fill(lake)).toBe(null)
    await recordRuns(ledger.pool, [runEvent(3, 100, 101)])
    await fillNow(lake)
    expect((await readManifest(directory)).files.length).toBeGreaterThan(1)
    while (await compactOne(lake));
    const { files, version } = await readManifest(directory)
    expect(files.map(({ day, rows }) => [day, rows])).toEqual([['2026-01-31', 5]])
    await recordRuns(ledger.pool, [runEvent(4, 200, 201)])
    expect(await sums()).toEqual([
      ['team-a', 3, '7202500000', null, false],
      ['team-b', 1, '0', null, false],
    ])
    expect(version).toBe(3)
  })

  test('counts a run that goes on up to now, and says so', async () => {
    await recordRuns(ledger.pool, [runEvent(1, 0, null)])
    const [[, runs, us, , live] = []] = await sums()
    expect([runs, live]).toEqual([1, true])
    expect(Number(us)).toBeGreaterThan(1e12)
  })

  test('loses nothing that is committed late', async () => {
    const slow = await ledger.pool.connect()
    await slow.query('BEGIN')
    await slow.query(`INSERT INTO runs (run_id, job_id, attempt, account, submitted_by, started_at, finished_at, outcome)
      VALUES ('${runId(9)}', '${uuid(9)}', 1, 'slow', 'sam', '2026-01-31T12:00:00Z', '2026-01-31T12:00:01Z', 'completed')`)
    await slow.query(`INSERT INTO slices (run_id, gpu_id, hour, from_at, to_at, starts, model)
      VALUES ('${runId(9)}', '${uuid(9)}', '2026-01-31T12:00:00Z', '2026-01-31T12:00:00Z', '2026-01-31T12:00:01Z', 1, 'A100')`)
    await recordRuns(ledger.pool, [runEvent(1, 0, 10)])
    await fill(lake)
    await slow.query('COMMIT')
    slow.release()
    const all = [
      ['slow', 1, '1000000', null, false],
      ['team-a', 1, '10000000', null, false],
    ]
    expect(await sums()).toEqual(all)
    await fill(lake)
    expect(await sums()).toEqual(all)
  })

  test('takes much in by steps, each a state of its own, and loses nothing between them', async () => {
    const late = { account: 'team-b' }
    // The second run has an id before all others, as one of an earlier release may have.
    const numbers = [5, 1, 6, 7, 8]
    for (const n of numbers)
      await recordRuns(ledger.pool, [runEvent(n, n * 40_000, n * 40_000 + 7200, n > 6 ? late : {})])
    await correctRun(ledger.pool, admin, { runId: runId(6), finishedAt: at(6 * 40_000 + 1), reason: 'It had ended.' })
    await settle(ledger.pool)
    const stopped = new AbortController()
    stopped.abort()
    expect(await fill(lake, { mostRows: 2, signal: stopped.signal })).toMatchObject({ version: 1 })
    const all = [
      ['team-a', 3, '14401000000', null, false],
      ['team-b', 2, '14400000000', null, false],
    ]
    expect(await sums()).toEqual(all)
    const { version, files } = (await fill(lake, { mostRows: 2 })) ?? {}
    expect(version).toBeGreaterThan(3)
    expect(files?.reduce((rows, file) => rows + file.rows, 0)).toBe(13)
    expect(await sums()).toEqual(all)
    expect(await readdir(`${directory}/staging`)).toEqual([])
  })

  test('follows prices and corrections, before and after they are in its files', async () => {
    await recordRuns(ledger.pool, [runEvent(1, 0, 3600), runEvent(2, 86_400, 90_000)])
    await fillNow(lake)
    await savePrice(ledger.pool, admin, {
      model: '*',
      perGpuHour: '2',
      currency: 'EUR',
      validFrom: '2026-01-01T00:00:00Z',
    })
    while (await repriceSome(ledger.pool));
    await correctRun(ledger.pool, admin, { runId: runId(2), finishedAt: at(86_401), reason: 'It had ended before.' })
    const corrected = [['team-a', 2, '3601000000', '2.0005555556', false]]
    expect(await sums()).toEqual(corrected)
    await fillNow(lake)
    expect(await sums()).toEqual(corrected)
    expect((await readManifest(directory)).files.map(({ rows }) => rows)).toEqual([1, 1])
  })

  test('keeps files for those who read by an earlier manifest, for a time', async () => {
    const parquet = async () => (await readdir(directory, { recursive: true })).filter((name) => /parquet$/.test(name))
    await recordRuns(ledger.pool, [runEvent(1, 0, 1)])
    await fillNow(lake)
    await recordRuns(ledger.pool, [runEvent(2, 0, 1)])
    await fillNow(lake)
    await compactOne(lake)
    await sweep(directory)
    // Two of what came in, and what was put together with its sums by hour, by day and by GPU, and its starts.
    expect(await parquet()).toHaveLength(1 + 1 + 5)
    await sweep(directory, Date.now() + 3_600_000)
    expect(await parquet()).toHaveLength(5)
    expect((await sums())[0]?.[1]).toBe(2)
  })

  test('keeps so many months, says from when on, and takes nothing older in again', async () => {
    const december = -40 * 86_400
    await recordRuns(ledger.pool, [runEvent(1, december, december + 60), runEvent(2, 0, 60)])
    await fillNow(lake)
    const january = new Date('2026-01-31')
    expect(await retire(lake, 1, january)).toBe(true)
    expect(await retire(lake, 1, new Date('2026-02-01'))).toBe(true)
    expect(await retire(lake, 2, january)).toBe(false)
    await recordRuns(ledger.pool, [runEvent(3, december, december + 60), runEvent(4, 0, 60)])
    await correctRun(ledger.pool, admin, { runId: runId(1), finishedAt: at(december + 1), reason: 'It had ended.' })
    const { rows, from } = await analyst.ask({ select: 'SELECT sum(starts)::INTEGER AS runs FROM slices', values: [] })
    expect([rows, from]).toEqual([[{ runs: 2 }], '2026-01-01'])
    await fillNow(lake)
    await compactOne(lake)
    expect((await readManifest(directory)).from).toBe('2026-01-01')
    expect((await sums())[0]?.slice(0, 2)).toEqual(['team-a', 2])
  })

  test('cannot be left: a question reads no other file and sets nothing', async () => {
    const ask = (select: string) => analyst.ask({ select, values: [] })
    await expect(ask(`SELECT * FROM read_csv('/etc/passwd')`)).rejects.toThrow(/Permission|disabled/)
    await expect(ask(`COPY (SELECT 1) TO '/tmp/out.csv'`)).rejects.toThrow(/Permission|disabled/)
    await expect(ask('SET enable_external_access = true')).rejects.toThrow(/lock/i)
  })

  test('calls a question off, and answers the next', async () => {
    const controller = new AbortController()
    const asked = analyst.ask(
      { select: 'SELECT count(*) FROM range(10000000000) a, range(1000) b', values: [] },
      { signal: controller.signal },
    )
    await recordRuns(ledger.pool, [runEvent(1, 0, 1)])
    expect((await sums())[0]?.[1]).toBe(1)
    controller.abort()
    await expect(asked).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect((await sums())[0]?.[1]).toBe(1)
  })
})
