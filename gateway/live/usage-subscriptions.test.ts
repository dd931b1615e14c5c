import { randomUUID } from 'node:crypto'
import type { BudgetEvent } from '@constellation/platform/events/budgets.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { jobMessage, makeJob, usageMessage } from '../testing/events.ts'
import { nextOf, startTestGateway, type TestGateway } from '../testing/gateway.ts'

let gateway: TestGateway
let asked = 0
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway?.stop())
beforeEach(() => {
  asked = 0
  gateway.services.hooks.before = (_service, field) => {
    if (field === 'usage') asked += 1
  }
})

const who = (id: string, role: Principal['role'] = 'user', accounts: string[] = []): Principal => ({
  id,
  role,
  accounts,
})
const alice = who('alice')
const mona = who('mona', 'account-manager', ['team-a'])
const used = (id: string, seconds: number) => gateway.services.world.gpuSeconds.set(id, seconds)
const noSubscriptions = () => vi.waitFor(() => expect(gateway.subscriptions()).toBe(0))

describe('usageChanged', () => {
  const QUERY = `subscription ($account: String!, $s: Int) {
    usageChanged(account: $account, everySeconds: $s) { id usage { gpuSeconds } }
  }`
  const watch = (account: string, s: number | null = 1, as = mona) => gateway.graph.subscribe(QUERY, { account, s }, as)
  const shows = (account: string, gpuSeconds: number) => {
    return { data: { usageChanged: { id: account, usage: { gpuSeconds } } } }
  }

  test('shows what an account has used now, and again as it grows, though nothing happens', async () => {
    used('team-a', 1)
    const watching = await watch('team-a')
    expect(await nextOf(watching)).toEqual(shows('team-a', 1))
    const next = nextOf(watching)
    await vi.waitFor(() => expect(asked).toBeGreaterThan(1), 5_000)
    used('team-a', 2.5)
    // What was the same in between was not told.
    expect(await next).toEqual(shows('team-a', 2.5))
    await watching.return?.()
  })

  test("of another's account is refused, as if there were none", async () => {
    await expect(watch('team-b')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(asked).toBe(0)
  })

  test('asks once for all of one person who watch the same at the same pace, and never where nobody watches', async () => {
    const ann = who('ann', 'analyst')
    used('team-b', 1)
    const watchers = await Promise.all([watch('team-b', 1, ann), watch('team-b', 1, ann)])
    await Promise.all(watchers.map(nextOf))
    const before = asked
    const nexts = watchers.map(nextOf)
    used('team-b', 2)
    const [one, other] = await Promise.all(nexts)
    expect(one).toEqual(shows('team-b', 2))
    expect(other).toBe(one)
    expect(asked - before).toBeLessThanOrEqual(2)
    await Promise.all(watchers.map((watcher) => watcher.return?.()))
    await noSubscriptions()
  })

  test.each([
    ['a pace of nothing', { account: 'a', s: 0 }, 'everySeconds'],
    ['a pace of more than an hour', { account: 'a', s: 3_601 }, 'everySeconds'],
    ['an account that is no name', { account: 'a b', s: 1 }, 'account'],
  ])('refuses %s', async (_, variables, path) => {
    await expect(gateway.graph.subscribe(QUERY, variables, mona)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining(path),
    })
  })
})

describe('jobUsageChanged', () => {
  const QUERY =
    'subscription ($id: ID!) { jobUsageChanged(id: $id, everySeconds: 1) { id state usage { gpuSeconds } } }'
  const watch = (id: string, as = alice) => gateway.graph.subscribe(QUERY, { id }, as)
  const shows = (id: string, state: string, gpuSeconds: number) => {
    return { data: { jobUsageChanged: { id, state, usage: { gpuSeconds } } } }
  }
  const exists = (state: string) => {
    const job = makeJob({ state })
    gateway.services.world.jobs.set(job.id, job)
    return job
  }

  test('shows the usage of a run as it grows, and completes when the end is entered', async () => {
    const job = exists('RUNNING')
    used(job.id, 1)
    const watching = await watch(job.id)
    expect(await nextOf(watching)).toEqual(shows(job.id, 'RUNNING', 1))
    used(job.id, 2)
    expect(await nextOf(watching)).toEqual(shows(job.id, 'RUNNING', 2))
    const last = nextOf(watching)
    used(job.id, 3)
    const ended = { ...job, state: 'COMPLETED', version: 2 }
    gateway.services.world.jobs.set(job.id, ended)
    await gateway.publish(SUBJECTS.jobEvents(job.id), jobMessage(ended))
    await gateway.publish(SUBJECTS.usageEvents(job.id), usageMessage(ended))
    expect(await last).toEqual(shows(job.id, 'COMPLETED', 3))
    expect(await watching.next()).toMatchObject({ done: true })
    await noSubscriptions()
  })

  test('asks for nothing while the job waits, and begins when it runs', async () => {
    const job = exists('QUEUED')
    const watching = await watch(job.id)
    expect(await nextOf(watching)).toEqual(shows(job.id, 'QUEUED', 0))
    const next = nextOf(watching)
    const running = { ...job, state: 'RUNNING', version: 2 }
    await gateway.publish(SUBJECTS.jobEvents(job.id), jobMessage(running))
    expect(await next).toEqual(shows(job.id, 'RUNNING', 0))
    expect(asked).toBe(2)
    await watching.return?.()
  })

  test('of a job that has ended completes by itself', async () => {
    const job = exists('CANCELLED')
    const watching = await watch(job.id)
    expect(await nextOf(watching)).toEqual(shows(job.id, 'CANCELLED', 0))
    expect(await watching.next()).toMatchObject({ done: true })
  })

  test("of another's job, and of none, are refused alike", async () => {
    const { id } = exists('RUNNING')
    await expect(watch(id, who('bob'))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(watch(randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('budgetsChanged', () => {
  const QUERY = `subscription ($account: String) {
    budgetsChanged(account: $account) { kind account threshold budget { id spent } }
  }`
  const watch = (as: Principal, account: string | null = null) => gateway.graph.subscribe(QUERY, { account }, as)
  const happens = async (type: BudgetEvent['type'], account: string, more: Partial<BudgetEvent> = {}) => {
    const budgetId = randomUUID()
    const event = { id: `usage-${randomUUID()}`, ts: '2026-01-31T12:00:00.000Z', type, budgetId, account }
    await gateway.publish(SUBJECTS.budgetEvents(budgetId), { ...event, unit: 'EUR', amount: '1.0000000000', ...more })
    return budgetId
  }

  test('tells managers of their accounts alone, and analysts of all', async () => {
    const [manager, analyst] = await Promise.all([watch(mona), watch(who('ann', 'analyst'))])
    const other = await happens('budget.saved', 'team-b')
    const own = await happens('budget.crossed', 'team-a', { threshold: 80, month: '2026-01', spent: '0.80' })
    const crossed = { kind: 'CROSSED', account: 'team-a', threshold: 80, budget: { id: own, spent: '1.00' } }
    expect(await nextOf(manager)).toEqual({ data: { budgetsChanged: crossed } })
    expect(await nextOf(analyst)).toMatchObject({ data: { budgetsChanged: { kind: 'SAVED', budget: { id: other } } } })
    expect(await nextOf(analyst)).toEqual({ data: { budgetsChanged: crossed } })
    await Promise.all([manager.return?.(), analyst.return?.()])
    await noSubscriptions()
  })

  test('tells of one account where it is asked for, and that a budget is gone', async () => {
    const watching = await watch(who('ada', 'admin'), 'team-a')
    await happens('budget.deleted', 'team-b')
    await happens('budget.deleted', 'team-a')
    const deleted = { kind: 'DELETED', account: 'team-a', threshold: null, budget: null }
    expect(await nextOf(watching)).toEqual({ data: { budgetsChanged: deleted } })
    await watching.return?.()
  })

  test('is not for users', async () => {
    await expect(watch(alice)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
})
