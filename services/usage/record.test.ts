import { cloneDatabase } from '@constellation/local/testing.ts'
import { openDatabase } from '@constellation/platform/database.ts'
import type { JobEvent } from '@constellation/platform/events.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import { createLogger } from '@constellation/platform/log.ts'
import type { Pool } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createContext } from './context.ts'
import { recordRuns } from './record.ts'
import { usage, usageLeaderboard } from './report.ts'

const admin: Principal = { id: 'root', role: 'admin', accounts: [] }
let pool: Pool
let close: () => Promise<void>
beforeAll(async () => {
  const own = await cloneDatabase()
  const database = await openDatabase(own.urls.usage, {
    schema: 'usage',
    entities: [],
    log: createLogger('test', 'silent'),
  })
  pool = database.pool
  close = async () => {
    await database.orm.close(true)
    await own.drop()
  }
})
afterAll(() => close())
beforeEach(() => pool.query('TRUNCATE runs, run_gpus, events CASCADE'))

const uuid = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`

/** A run of job `n` from second `from` to `to` on that many GPUs of each model. */
function event(
  n: number,
  from: number,
  to: number | null,
  changes: { account?: string; by?: string; models?: string[]; state?: 'completed' | 'failed' } = {},
): JobEvent {
  const { account = 'team-a', by = 'alice', models = ['A100'], state = 'completed' } = changes
  const at = (seconds: number) => new Date(Date.UTC(2026, 0, 31, 12) + seconds * 1000).toISOString()
  return {
    id: `jobs-${n}`,
    ts: at(from),
    type: to === null ? 'job.running' : `job.${state}`,
    job: {
      id: uuid(n),
      name: 'a job',
      state: to === null ? 'running' : state,
      version: 1,
      priority: 0,
      account,
      submittedBy: by,
      createdAt: at(from),
      startedAt: at(from),
      finishedAt: to === null ? null : at(to),
      reason: null,
      cancelRequested: false,
    },
    run: {
      id: uuid(1000 + n),
      attempt: 1,
      state: to === null ? 'running' : state,
      epoch: 1,
      workerId: 'w',
      startedAt: at(from),
      finishedAt: to === null ? null : at(to),
      gpus: models.map((model, i) => ({ id: uuid(9000 + i), uuid: `GPU-${i}`, model, simulated: true })),
    },
  }
}

const ask = (who = admin, ...rest: Parameters<typeof usage> extends [unknown, ...infer R] ? Partial<R> : never) =>
  usage(createContext(pool, who), rest[0], rest[1], rest[2] ?? ['ACCOUNT'])

describe('the ledger', () => {
  test('counts each GPU of a run for the time that it was held, to the millisecond', async () => {
    await recordRuns(pool, [event(1, 0, 3.217, { models: ['A100', 'A100'] })])
    expect((await ask()).total).toMatchObject({ gpuSeconds: 6.434, runs: 1, provisional: false })
  })

  test('counts a run once however often and in whatever order its events come', async () => {
    const start = event(1, 0, null)
    const end = event(1, 0, 10)
    expect(await recordRuns(pool, [end])).toBe(true)
    expect(await recordRuns(pool, [start])).toBe(false)
    expect(await recordRuns(pool, [end, start, end])).toBe(false)
    expect((await ask()).total).toMatchObject({ gpuSeconds: 10, runs: 1, provisional: false })
  })

  test('announces each run once, when its end is entered', async () => {
    await recordRuns(pool, [event(1, 0, null)])
    await recordRuns(pool, [event(1, 0, 10), event(2, 0, 5, { models: [] })])
    await recordRuns(pool, [event(1, 0, 10)])
    const { rows } = await pool.query(`SELECT payload->>'gpuMicroseconds' AS us FROM events ORDER BY run_id`)
    expect(rows).toEqual([{ us: '10000000' }, { us: '0' }])
  })

  test('counts every attempt whatever its outcome, and a run without GPUs as a run', async () => {
    await recordRuns(pool, [event(1, 0, 4, { state: 'failed' }), event(2, 0, 6), event(3, 0, 9, { models: [] })])
    expect((await ask()).total).toMatchObject({ gpuSeconds: 10, runs: 3 })
  })

  test('accrues a run that goes on, and says that it does', async () => {
    await recordRuns(pool, [event(1, 0, null)])
    const { total } = await ask()
    expect(total.provisional).toBe(true)
    expect(total.gpuSeconds).toBeGreaterThan(1000)
  })
})

describe('a report', () => {
  beforeEach(() =>
    recordRuns(pool, [
      event(1, 0, 10),
      event(2, 100, 130, { account: 'team-b', by: 'bob', models: ['A100', 'H100'] }),
      event(3, 200, 205, { by: 'carol', models: ['H100'] }),
    ]),
  )
  const rows = async (...args: Parameters<typeof ask>) =>
    (await ask(...args)).rows.map((row) => [row.account, row.user, row.model, row.usage.gpuSeconds])

  test('sums by account, by user and by model, and the sums agree', async () => {
    expect(await rows(admin, null, null, ['ACCOUNT'])).toEqual([
      ['team-b', null, null, 60],
      ['team-a', null, null, 15],
    ])
    expect(await rows(admin, null, null, ['USER'])).toEqual([
      [null, 'bob', null, 60],
      [null, 'alice', null, 10],
      [null, 'carol', null, 5],
    ])
    expect(await rows(admin, null, null, ['MODEL'])).toEqual([
      [null, null, 'A100', 40],
      [null, null, 'H100', 35],
    ])
    expect((await ask()).total).toMatchObject({ gpuSeconds: 75, runs: 3 })
  })

  test('counts a run in the range that holds its start, which is half open', async () => {
    const at = (seconds: number) => new Date(Date.UTC(2026, 0, 31, 12) + seconds * 1000).toISOString()
    expect((await ask(admin, { from: at(0), to: at(100) })).total).toMatchObject({ gpuSeconds: 10, runs: 1 })
    expect((await ask(admin, { from: at(100) })).total).toMatchObject({ gpuSeconds: 65, runs: 2 })
  })

  test('shows users their own, managers their account, and workers nothing', async () => {
    expect((await ask({ id: 'alice', role: 'user', accounts: ['team-a'] })).total.gpuSeconds).toBe(10)
    expect((await ask({ id: 'mona', role: 'account-manager', accounts: ['team-a'] })).total.gpuSeconds).toBe(15)
    expect((await ask({ id: 'alice', role: 'user', accounts: [] }, null, { account: 'team-b' })).total.gpuSeconds).toBe(
      0,
    )
    await expect(ask({ id: 'w', role: 'worker', accounts: [] })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('ranks the largest first', async () => {
    const board = await usageLeaderboard(createContext(pool, admin), null, 'USER', 2)
    expect(board).toMatchObject([
      { rank: 1, key: 'bob', usage: { gpuSeconds: 60 } },
      { rank: 2, key: 'alice', usage: { gpuSeconds: 10 } },
    ])
  })

  test('tells the usage of a job and of a run by their ids, and of a stranger nothing', async () => {
    const { loaders } = createContext(pool, admin)
    expect(await loaders.usageOfJob.load(uuid(2))).toMatchObject({ gpuSeconds: 60, runs: 1, provisional: false })
    expect(await loaders.usageOfRun.load(uuid(1003))).toMatchObject({ gpuSeconds: 5 })
    expect(await loaders.usageOfJob.load('no uuid')).toMatchObject({ gpuSeconds: 0, runs: 0 })
    const { loaders: others } = createContext(pool, { id: 'bob', role: 'user', accounts: [] })
    expect(await others.usageOfJob.load(uuid(1))).toMatchObject({ gpuSeconds: 0, runs: 0 })
  })
})
