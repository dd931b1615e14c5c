import { budgetEvent } from '@constellation/platform/events/budgets.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import * as v from 'valibot'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SaveBudgetInput } from '../generated/resolvers.ts'
import { savePrice } from '../ledger/prices.ts'
import { recordRuns } from '../ledger/record.ts'
import { admin, at, type Ledger, openLedger, runEvent } from '../testing.ts'
import { checkBudgets } from './check.ts'
import { findBudgets, listBudgets } from './list.ts'
import { deleteBudget, saveBudget } from './save.ts'
import { readHolds } from './watch-budgets.ts'

let ledger: Ledger
beforeAll(async () => {
  ledger = await openLedger()
})
afterAll(() => ledger?.close())
beforeEach(async () => {
  await ledger.empty()
  await savePrice(ledger.pool, admin, {
    model: '*',
    perGpuHour: '3.60',
    currency: 'EUR',
    validFrom: '2026-01-01T00:00:00Z',
  })
})

const mona: Principal = { id: 'mona', role: 'account-manager', accounts: ['team-a'] }
const ann: Principal = { id: 'ann', role: 'analyst', accounts: [] }
const HOUR = 3_600
/** Runs of January that are over by then. */
const THEN = new Date(at(6 * HOUR))
const NEXT_MONTH = new Date('2026-02-01T00:00:01Z')
/** A second of a GPU costs 0.001 EUR. */
const euros = (amount: string, changes: Partial<SaveBudgetInput> = {}): SaveBudgetInput => {
  return { account: 'team-a', amount, currency: 'EUR', ...changes }
}
const save = (input: SaveBudgetInput, now = THEN) => saveBudget(ledger.pool, admin, input, now)
const check = (now = THEN) => checkBudgets(ledger.pool, now)
const only = async (now = THEN) => (await listBudgets(ledger.pool, admin, null, now))[0]

/** What the events tell, in their order: `CROSSED 50` and such. */
async function told(): Promise<string[]> {
  const { rows } = await ledger.pool.query(
    `SELECT 'usage-' || id AS id, type, ts::text, payload FROM events WHERE type LIKE 'budget.%' ORDER BY id`,
  )
  return rows.map(({ payload, ...row }) => {
    const { type, threshold } = v.parse(budgetEvent, { ...row, ...payload })
    return `${type}${threshold == null ? '' : ` ${threshold}`}`
  })
}

describe('a budget', () => {
  test('shows what is spent in its month and currency, and what was crossed when', async () => {
    await recordRuns(ledger.pool, [runEvent(1, 0, 600), runEvent(2, 0, 100, { account: 'team-b' })])
    await save(euros('1.00'))
    expect(await only()).toMatchObject({
      account: 'team-a',
      amount: '1.0000000000',
      currency: 'EUR',
      month: '2026-01',
      monthEndsAt: '2026-02-01T00:00:00.000Z',
      spent: '0.6000000000',
      usedUp: false,
      crossings: [{ threshold: 50, spent: '0.6000000000', amount: '1.0000000000' }],
    })
    expect(await only(NEXT_MONTH)).toMatchObject({ month: '2026-02', spent: '0.0000000000', crossings: [] })
  })

  test('of GPU-hours counts each GPU, whatever its price', async () => {
    await recordRuns(ledger.pool, [runEvent(1, 0, 0.5 * HOUR, { models: ['A100', 'H100'] })])
    await save({ account: 'team-a', gpuHours: '4', thresholds: [20, 30] })
    expect(await only()).toMatchObject({ currency: null, spent: '1.0000000000', crossings: [{ threshold: 20 }] })
  })

  test('counts what goes on: it grows though no event comes', async () => {
    const since = (Date.now() - Date.parse(at(0))) / 1000 - 60
    await recordRuns(ledger.pool, [runEvent(1, since, null)])
    const id = await saveBudget(ledger.pool, admin, { account: 'team-a', gpuHours: '1000' })
    const hours = async () => Number((await findBudgets(ledger.pool, admin, [id]))[0]?.spent)
    const first = await hours()
    expect(first).toBeGreaterThanOrEqual(0)
    await expect.poll(hours).toBeGreaterThan(first)
  })

  test('is one for each account and currency: saving it again changes it', async () => {
    const id = await save(euros('1'))
    expect(await save(euros('2'))).toBe(id)
    expect(await save({ account: 'team-a', gpuHours: '2' })).not.toBe(id)
    expect((await listBudgets(ledger.pool, admin, 'team-a', THEN)).map(({ amount }) => Number(amount))).toEqual([2, 2])
  })

  test.each<[string, SaveBudgetInput, string]>([
    ['neither money nor hours', { account: 'a' }, 'input'],
    ['both', { account: 'a', amount: '1', currency: 'EUR', gpuHours: '1' }, 'input'],
    ['money without a currency', { account: 'a', amount: '1' }, 'input'],
    ['an amount below nothing', { account: 'a', gpuHours: '-1' }, 'input.gpuHours'],
    ['a threshold of nothing', euros('1', { thresholds: [0] }), 'input.thresholds.0'],
    ['an account that is no name', euros('1', { account: 'a b' }), 'input.account'],
  ])('of %s is refused', async (_, input, path) => {
    await expect(save(input)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', problems: [{ path }] })
  })
})

describe('a threshold', () => {
  test('is crossed once in a month, however many check at once and how often', async () => {
    await save(euros('1.00'))
    await recordRuns(ledger.pool, [runEvent(1, 0, 900)])
    const crossed = await Promise.all(Array.from({ length: 5 }, () => check()))
    expect(crossed.toSorted()).toEqual([0, 0, 0, 0, 2])
    await check()
    await recordRuns(ledger.pool, [runEvent(2, 1_000, 1_200)])
    await check()
    expect(await told()).toEqual(['budget.saved', 'budget.crossed 50', 'budget.crossed 80', 'budget.crossed 100'])
  })

  test('is crossed anew in the next month', async () => {
    await save(euros('0', { thresholds: [100] }))
    expect(await check()).toBe(0)
    expect(await check(NEXT_MONTH)).toBe(1)
  })

  test('is crossed anew once the amount was raised above what is spent', async () => {
    await recordRuns(ledger.pool, [runEvent(1, 0, 600)])
    await save(euros('1.00', { thresholds: [50] }))
    await save(euros('2.00', { thresholds: [50] }))
    expect((await only())?.crossings).toEqual([])
    await recordRuns(ledger.pool, [runEvent(2, 1_000, 1_400)])
    expect(await check()).toBe(1)
  })

  test('is not looked for again where another process has just done so', async () => {
    await save(euros('1.00'))
    await recordRuns(ledger.pool, [runEvent(1, 0, 900)])
    expect(await checkBudgets(ledger.pool, THEN, 1_000)).toBe(0)
    expect(await checkBudgets(ledger.pool, new Date(THEN.getTime() + 1_001), 1_000)).toBe(2)
  })
})

describe('a budget that stops new work', () => {
  const stopping = (amount: string) => euros(amount, { stopsNewWork: true, thresholds: [] })

  test('holds its account back once it is used up, until the month ends, and tells so', async () => {
    const id = await save(stopping('1.00'))
    expect((await readHolds(ledger.pool)).holds).toEqual([])
    await recordRuns(ledger.pool, [runEvent(1, 0, 1_000)])
    await check()
    const { holds, version } = await readHolds(ledger.pool)
    expect(holds).toEqual([
      {
        budgetId: id,
        account: 'team-a',
        unit: 'EUR',
        amount: '1.0000000000',
        spent: '1.0000000000',
        until: '2026-02-01T00:00:00.000Z',
      },
    ])
    expect(await told()).toEqual(['budget.saved', 'budget.crossed 100'])
    await check()
    expect((await readHolds(ledger.pool)).version).toBe(version)
    await check(NEXT_MONTH)
    expect((await readHolds(ledger.pool)).holds).toEqual([])
  })

  test.each<[string, (id: string) => Promise<unknown>]>([
    ['raised', () => save(stopping('1.01'))],
    ['told to stop nothing', () => save(euros('1'))],
    ['deleted', (id) => deleteBudget(ledger.pool, admin, id, THEN)],
  ])('lets go when it is %s, at once and by a higher version', async (_, change) => {
    await recordRuns(ledger.pool, [runEvent(1, 0, 1_000)])
    const id = await save(stopping('1.00'))
    const before = await readHolds(ledger.pool)
    expect(before.holds).toHaveLength(1)
    await change(id)
    const after = await readHolds(ledger.pool)
    expect(after.holds).toEqual([])
    expect(after.version).toBeGreaterThan(before.version)
  })
})

describe('permissions', () => {
  const seenBy = async (who: Principal, account?: string) =>
    (await listBudgets(ledger.pool, who, account, THEN)).map((budget) => budget.account)

  test('managers see and set the budgets of their accounts, and of no other', async () => {
    await saveBudget(ledger.pool, mona, euros('1'), THEN)
    const other = await save(euros('1', { account: 'team-b' }))
    expect(await seenBy(mona)).toEqual(['team-a'])
    expect(await seenBy(mona, 'team-b')).toEqual([])
    expect(await findBudgets(ledger.pool, mona, [other], THEN)).toEqual([null])
    expect(await deleteBudget(ledger.pool, mona, other, THEN)).toBe(false)
    await expect(saveBudget(ledger.pool, mona, euros('1', { account: 'team-b' }), THEN)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })

  test('analysts see all and set none; users neither', async () => {
    const id = await save(euros('1'))
    expect(await seenBy(ann)).toEqual(['team-a'])
    expect(await seenBy(ann, 'team\0a')).toEqual([])
    await expect(saveBudget(ledger.pool, ann, euros('2'), THEN)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(deleteBudget(ledger.pool, ann, id, THEN)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const user: Principal = { id: 'alice', role: 'user', accounts: ['team-a'] }
    await expect(seenBy(user)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await findBudgets(ledger.pool, user, [id], THEN)).toEqual([null])
  })
})
