import { randomUUID } from 'node:crypto'
import { startTestNats, type TestNats } from '@constellation/local/testing.ts'
import type { BudgetHolds } from '@constellation/platform/events/budgets.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { linkNats, type NatsLink } from '@constellation/platform/nats/nats.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { checkJob } from '../explain/check-job.ts'
import { explainJobs } from '../explain/explain.ts'
import { readQueue } from '../explain/queue-view.ts'
import { createViews } from '../explain/queue-views.ts'
import { preemptRuns } from '../preempt.ts'
import { keepHolds } from '../sql/budget-holds.ts'
import { alice, bob, claim, empty, gpu, log, submitted, useBench, worker } from '../testing.ts'
import { startHearingBudgets } from './hear-budgets.ts'

const bench = await useBench()
beforeEach(async () => {
  await empty(bench)
  await bench.database.pool.query('TRUNCATE budget_holds, sightings, known_gpus, known_workers')
})

const UNTIL = '2099-02-01T00:00:00.000Z'
const hold = (account = 'team-a', changes: Partial<BudgetHolds['holds'][number]> = {}) => {
  const budget = { budgetId: randomUUID(), unit: 'EUR', amount: '0.5000000000', spent: '0.6234000000', until: UNTIL }
  return { ...budget, account, ...changes }
}
let version = 0
const hear = (...holds: BudgetHolds['holds']) => keepHolds(bench.database.pool, { version: ++version, holds })
const taken = async (slots = 4) => (await claim(bench, worker, [], slots)).map(({ job }) => job.id)
const views = () => createViews((kind) => readQueue(bench.database.pool, kind, 45_000))

async function online(): Promise<void> {
  await claim(bench, worker, [gpu(1)], 0)
  await bench.database.pool.query(
    `INSERT INTO sightings (worker_id, slots) VALUES ($1, 2)
    ON CONFLICT (worker_id) DO UPDATE SET seen_at = now(), slots = 2`,
    [worker.id],
  )
}

describe('an account whose budget is used up', () => {
  test('has jobs accepted and not started, while others start theirs', async () => {
    await hear(hold())
    const held = await submitted(bench)
    const other = await submitted(bench, {}, bob)
    expect(await taken()).toEqual([other.id])
    expect(await hear()).toBe(true)
    expect(await taken()).toEqual([held.id])
  })

  test('is held back on GPUs too, and no GPU is kept and no run ended for it', async () => {
    await submitted(bench, { gpus: { count: 1 }, preemptible: true }, bob)
    expect(await claim(bench, worker, [gpu(1), gpu(2)], 0)).toHaveLength(1)
    await submitted(bench, { gpus: { count: 2 }, priority: 100 })
    await hear(hold())
    expect(await claim(bench, worker, [gpu(1), gpu(2)], 0)).toEqual([])
    const { pool } = bench.database
    expect((await pool.query('SELECT FROM reservations')).rowCount).toBe(0)
    const announce = { changed: () => {}, queueGrew: () => {}, lookAtRuns: () => {}, tokenRevoked: () => {} }
    expect(await preemptRuns({ pool, announce, log })).toEqual([])
  })

  test('learns which budget, what is spent and when the month ends, for a job that waits and for one that might', async () => {
    await online()
    await hear(hold())
    const { id } = await submitted(bench)
    const because = {
      reason: 'BUDGET',
      position: null,
      eta: null,
      message:
        'The budget of account team-a is used up: 0.6234 of 0.50 EUR are spent. It can start when that is raised, or when the month ends at 2099-02-01T00:00:00Z.',
    }
    const names = async () => new Map()
    expect(await explainJobs(bench.database.pool, views(), names, [id])).toEqual([because])
    expect(await checkJob(bench.as(alice), { command: ['true'] }, views())).toMatchObject({ explanation: because })
    await hear()
    expect(await explainJobs(bench.database.pool, views(), names, [id])).toMatchObject([{ reason: 'STARTING' }])
  })

  test('goes on when the month has ended, though nobody says so', async () => {
    await hear(hold('team-a', { until: new Date().toISOString() }))
    const { id } = await submitted(bench)
    expect(await taken()).toEqual([id])
  })
})

describe('what is told of budgets', () => {
  test('late, after something newer, is not believed', async () => {
    await hear(hold())
    await hear()
    expect(await keepHolds(bench.database.pool, { version: version - 1, holds: [hold()] })).toBe(false)
    const { id } = await submitted(bench)
    expect(await taken()).toEqual([id])
  })

  test('again changes nothing, and with more spent is kept', async () => {
    const first = hold()
    await hear(first)
    expect(await keepHolds(bench.database.pool, { version, holds: [] })).toBe(false)
    expect(await hear({ ...first, spent: '0.7' })).toBe(false)
    const { rows } = await bench.database.pool.query('SELECT spent FROM budget_holds')
    expect(rows).toEqual([{ spent: '0.7' }])
  })
})

describe('over NATS', () => {
  let server: TestNats
  let nats: NatsLink
  beforeAll(async () => {
    server = await startTestNats()
    nats = linkNats(server.servicesUrl, 'test', log)
    await nats.connection
  })
  afterAll(async () => {
    await nats?.close()
    await server?.stop()
  })

  test('workers are woken when an account may go on, and what is no state of budgets is left out', async () => {
    const said: string[] = []
    const say = (what: string) => () => void said.push(what)
    const announce = { changed: say('changed'), queueGrew: say('grew'), lookAtRuns: say('look'), tokenRevoked: say('') }
    const hearing = startHearingBudgets({ pool: bench.database.pool, nats, log, announce })
    const tell = (holds: unknown) => nats.publish(SUBJECTS.budgetHolds, JSON.stringify({ version: ++version, holds }))
    await nats.check()
    tell([hold()])
    tell([{ account: 'team-a' }])
    const held = async () => (await bench.database.pool.query('SELECT FROM budget_holds')).rowCount
    await vi.waitUntil(async () => (await held()) === 1)
    expect(said).toEqual([])
    tell([])
    await vi.waitFor(() => expect(said).toEqual(['grew']))
    await hearing.stop()
  })
})
