import type { Principal } from '@constellation/platform/identity.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createContext, createSurroundings } from '../context.ts'
import type { QueryUsageArgs, Usage } from '../generated/resolvers.ts'
import { closePeriod } from '../ledger/close-period.ts'
import { correctRun } from '../ledger/correct-run.ts'
import { recordRuns } from '../ledger/record.ts'
import { admin, at, runEvent as event, forTests, type Ledger, openLake, openLedger, uuid } from '../testing.ts'
import { createReports, type Reports } from './usage.ts'

let ledger: Ledger
let lake: Awaited<ReturnType<typeof openLake>>
let reports: Reports
beforeAll(async () => {
  ledger = await openLedger()
  lake = await openLake(ledger.pool)
  reports = createReports(lake.analyst)
})
afterAll(async () => {
  await lake?.close()
  await ledger?.close()
})
beforeEach(() => ledger.empty())

const ask = (who = admin, args: Partial<QueryUsageArgs> = {}) => reports.usage(who, args)
const loadersOf = (who = admin) => createContext(createSurroundings(ledger, lake.analyst, forTests), who).loaders

describe('the ledger', () => {
  test('counts each GPU of a run for the time that it was held, to the millisecond', async () => {
    await recordRuns(ledger.pool, [event(1, 0, 3.217, { models: ['A100', 'A100'] })])
    expect((await ask()).total).toMatchObject({ gpuSeconds: 6.434, runs: 1, provisional: false })
  })

  test('counts a run once however often and in whatever order its events come', async () => {
    const start = event(1, 0, null)
    const end = event(1, 0, 10)
    expect(await recordRuns(ledger.pool, [end])).toBe(true)
    expect(await recordRuns(ledger.pool, [start])).toBe(false)
    expect(await recordRuns(ledger.pool, [end, start, end])).toBe(false)
    expect((await ask()).total).toMatchObject({ gpuSeconds: 10, runs: 1, provisional: false })
  })

  test('announces each run once, when its end is entered', async () => {
    await recordRuns(ledger.pool, [event(1, 0, null)])
    await recordRuns(ledger.pool, [event(1, 0, 10), event(2, 0, 5, { models: [] })])
    await recordRuns(ledger.pool, [event(1, 0, 10)])
    const { rows } = await ledger.pool.query(`SELECT payload->>'gpuMicroseconds' AS us FROM events ORDER BY run_id`)
    expect(rows).toEqual([{ us: '10000000' }, { us: '0' }])
  })

  test('counts every attempt whatever its outcome, and a run without GPUs as a run', async () => {
    await recordRuns(ledger.pool, [event(1, 0, 4, { state: 'failed' }), event(2, 0, 6), event(3, 0, 9, { models: [] })])
    expect((await ask()).total).toMatchObject({ gpuSeconds: 10, runs: 3 })
  })

  test('accrues a run that goes on, and says that it does', async () => {
    await recordRuns(ledger.pool, [event(1, 0, null)])
    const { total } = await ask()
    expect(total.provisional).toBe(true)
    expect(total.gpuSeconds).toBeGreaterThan(1000)
  })
})

describe('a report', () => {
  beforeEach(() =>
    recordRuns(ledger.pool, [
      event(1, 0, 10),
      event(2, 100, 130, { account: 'team-b', by: 'bob', models: ['A100', 'H100'] }),
      event(3, 200, 205, { by: 'carol', models: ['H100'] }),
    ]),
  )
  const rows = async (args: Partial<QueryUsageArgs>) =>
    (await ask(admin, args)).rows.map((row) => [row.account, row.user, row.model, row.usage.gpuSeconds])

  test('sums by account, by user and by model, and the sums agree', async () => {
    expect(await rows({ groupBy: ['ACCOUNT'] })).toEqual([
      ['team-b', null, null, 60],
      ['team-a', null, null, 15],
    ])
    expect(await rows({ groupBy: ['USER'] })).toEqual([
      [null, 'bob', null, 60],
      [null, 'alice', null, 10],
      [null, 'carol', null, 5],
    ])
    expect(await rows({ groupBy: ['MODEL'] })).toEqual([
      [null, null, 'A100', 40],
      [null, null, 'H100', 35],
    ])
    expect((await ask()).total).toMatchObject({ gpuSeconds: 75, runs: 3 })
  })

  test('counts a run in the range that holds its start, which is half open', async () => {
    expect((await ask(admin, { range: { from: at(0), to: at(100) } })).total).toMatchObject({ gpuSeconds: 10, runs: 1 })
    expect((await ask(admin, { range: { from: at(100) } })).total).toMatchObject({ gpuSeconds: 65, runs: 2 })
  })

  test('shows users their own, managers their account, and workers nothing', async () => {
    expect((await ask({ id: 'alice', role: 'user', accounts: ['team-a'] })).total.gpuSeconds).toBe(10)
    expect((await ask({ id: 'mona', role: 'account-manager', accounts: ['team-a'] })).total.gpuSeconds).toBe(15)
    expect(
      (await ask({ id: 'alice', role: 'user', accounts: [] }, { filter: { account: 'team-b' } })).total.gpuSeconds,
    ).toBe(0)
    await expect(ask({ id: 'w', role: 'worker', accounts: [] })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test.each<[Principal, number]>([
    [{ id: 'alice', role: 'user', accounts: ['team-a'] }, 10],
    [{ id: 'carol', role: 'account-manager', accounts: ['team-b'] }, 65],
    [{ id: 'mona', role: 'account-manager', accounts: ['team-a'] }, 15],
    [{ id: 'ann', role: 'analyst', accounts: [] }, 75],
    [{ id: 'otto', role: 'operator', accounts: ['team-b'] }, 75],
  ])('gives %j the same share of everything: reports, ranks, jobs, runs, accounts and GPUs', async (who, seconds) => {
    const loaders = loadersOf(who)
    const sum = async (usages: Promise<{ gpuSeconds: number }[]>) =>
      (await usages).reduce((total, usage) => total + usage.gpuSeconds, 0)
    const each = <Id>(load: (id: Id) => Promise<Usage>, ids: Id[]) => sum(Promise.all(ids.map(load)))
    expect((await ask(who)).total.gpuSeconds).toBe(seconds)
    const board = await reports.leaderboard(who, { by: 'USER' })
    expect(await sum(Promise.resolve(board.map(({ usage }) => usage)))).toBe(seconds)
    const numbers = [1, 2, 3]
    expect(await each((n) => loaders.usageOfJob.load(uuid(n)), numbers)).toBe(seconds)
    expect(await each((n) => loaders.usageOfRun.load(uuid(1_000_000 + n)), numbers)).toBe(seconds)
    expect(await each((id) => loaders.usageOfAccount(null).load(id), ['team-a', 'team-b'])).toBe(seconds)
    expect(await each((n) => loaders.usageOfGpu(null).load(uuid(9_000_000 + n)), [0, 1])).toBe(seconds)
  })

  test('tells what attempts waited from when they were queued until they started, where they started', async () => {
    await ledger.empty()
    await recordRuns(ledger.pool, [
      event(1, 0, 10, { queuedFor: 1 }),
      event(2, 50, 4000, { queuedFor: 2 }),
      event(3, 99, 100, { queuedFor: 12 }),
      event(4, 100, 110, { queuedFor: 999 }),
    ])
    const range = { from: at(0), to: at(100) }
    const { total } = await ask(admin, { range, metrics: ['QUEUE_WAIT'] })
    expect(total.queueWait).toEqual({ p50Seconds: 2, p95Seconds: expect.closeTo(11) })
    expect((await ask(admin, { range: { from: at(200) }, metrics: ['QUEUE_WAIT'] })).total.queueWait).toBeNull()
  })

  test('counts the wait of an attempt once, though it was corrected when its month was closed', async () => {
    await ledger.empty()
    await recordRuns(ledger.pool, [event(1, 0, 10, { queuedFor: 1 }), event(2, 0, 10, { queuedFor: 9 })])
    await closePeriod(ledger.pool, admin, '2026-01')
    const correct = (seconds: number) =>
      correctRun(ledger.pool, admin, { runId: uuid(1_000_001), finishedAt: at(seconds), reason: 'A clock.' })
    await correct(5)
    await correct(6)
    await recordRuns(ledger.pool, [event(3, 0, 10, { queuedFor: 5 })])
    const { total } = await ask(admin, { metrics: ['QUEUE_WAIT'] })
    expect(total).toMatchObject({
      gpuSeconds: 26,
      runs: 3,
      queueWait: { p50Seconds: 5, p95Seconds: expect.closeTo(8.6) },
    })
  })

  test('ranks the largest first', async () => {
    const board = await reports.leaderboard(admin, { by: 'USER', first: 2 })
    expect(board).toMatchObject([
      { rank: 1, key: 'bob', usage: { gpuSeconds: 60 } },
      { rank: 2, key: 'alice', usage: { gpuSeconds: 10 } },
    ])
  })

  test('tells the usage of a job and of a run by their ids, and of a stranger nothing', async () => {
    const loaders = loadersOf()
    expect(await loaders.usageOfJob.load(uuid(2))).toMatchObject({ gpuSeconds: 60, runs: 1, provisional: false })
    expect(await loaders.usageOfRun.load(uuid(1_000_003))).toMatchObject({ gpuSeconds: 5 })
    expect(await loaders.usageOfJob.load('no uuid')).toMatchObject({ gpuSeconds: 0, runs: 0 })
    const others = loadersOf({ id: 'bob', role: 'user', accounts: [] })
    expect(await others.usageOfJob.load(uuid(1))).toMatchObject({ gpuSeconds: 0, runs: 0 })
  })
})
