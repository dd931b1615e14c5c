import type { Principal } from '@constellation/platform/identity.ts'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closePeriod } from '../ledger/close-period.ts'
import { correctRun } from '../ledger/correct-run.ts'
import { savePrice } from '../ledger/prices.ts'
import { recordRuns } from '../ledger/record.ts'
import { repriceSome } from '../ledger/reprice.ts'
import { usageOfAccounts } from '../report/usage-of.ts'
import { admin, at, type Ledger, openLedger, runEvent, uuid } from '../testing.ts'
import { sumOf } from './add-up.ts'
import { readStatement } from './read-statement.ts'
import { reconcile } from './reconcile.ts'
import { writeStatement } from './statement.ts'

let ledger: Ledger
beforeAll(async () => {
  ledger = await openLedger()
})
afterAll(() => ledger?.close())
beforeEach(() => ledger.empty())

const HOUR = 3600
const read = (month: string, who = admin) => readStatement(ledger.read, who, 'team-a', `${month}-01`)

const figuresOf = ({ heldUs, runs, wastedUs, cost }: ReturnType<typeof sumOf>) => {
  return { gpuSeconds: heldUs / 1e6, runs, wastedGpuSeconds: wastedUs / 1e6, cost }
}
/** What `Account.usage` says of the same month. */
async function figuresOfGraph(month: string) {
  const from = new Date(`${month}-01T00:00:00Z`)
  const to = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1))
  const range = { from: from.toISOString(), to: to.toISOString() }
  const [usage] = await usageOfAccounts(ledger.pool, admin, ['team-a'], range)
  if (!usage) throw new Error('Each account has a usage.')
  const { gpuSeconds, runs, wastedGpuSeconds, cost } = usage
  return { gpuSeconds, runs, wastedGpuSeconds, cost: cost ?? [] }
}

async function setPrice(perGpuHour: string, currency = 'EUR', model = '*'): Promise<void> {
  await savePrice(ledger.pool, admin, { model, perGpuHour, currency, validFrom: '2026-01-01T00:00:00Z' })
  while (await repriceSome(ledger.pool));
}

test(
  'the tables, the entries of the ledger and the graph agree, whatever runs there are, to the microsecond and the tenth place',
  () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            from: fc.integer({ min: -32 * 24 * HOUR, max: 20 * HOUR }),
            seconds: fc.integer({ min: 0, max: 9 * HOUR * 1000 }).map((ms) => ms / 1000),
            models: fc.subarray(['A100', 'H100', 'L4']),
            by: fc.constantFrom('alice', 'bob'),
            state: fc.constantFrom('completed' as const, 'failed' as const),
          }),
          { minLength: 1, maxLength: 10 },
        ),
        fc.integer({ min: 0, max: 99_999_999 }),
        async (runs, price) => {
          await ledger.empty()
          await setPrice(`0.${String(price).padStart(8, '0')}`)
          await setPrice('3.3', 'USD', 'H100')
          const events = runs.map(({ from, seconds, ...run }, n) => runEvent(n + 1, from, from + seconds, run))
          await recordRuns(ledger.pool, events)
          for (const month of ['2025-12', '2026-01', '2026-02']) {
            const { charges } = await read(month)
            expect(figuresOf(sumOf(charges.all))).toEqual(await figuresOfGraph(month))
          }
          await closePeriod(ledger.pool, admin, '2026-01')
          await recordRuns(ledger.pool, [runEvent(99, 0, 7.5, { models: ['H100'] })])
          const statements = await Promise.all(['2025-12', '2026-01', '2026-02'].map((month) => read(month)))
          expect(statements.map((one) => reconcile(one).agrees)).toEqual([true, true, true])
          for (const { charges } of statements) {
            const all = sumOf(charges.all)
            expect([charges.day, charges.user, charges.model].map(sumOf)).toEqual([all, all, all])
          }
          const { rows } = await ledger.pool.query('SELECT sum(held_us)::text AS us FROM slices WHERE NOT late')
          expect(statements.reduce((sum, one) => sum + sumOf(one.charges.all).heldUs, 0)).toBe(Number(rows[0].us))
        },
      ),
      { numRuns: 8 },
    ),
  60_000,
)

describe('a month that is closed', () => {
  const now = new Date().toISOString().slice(0, 7)
  beforeEach(async () => {
    await setPrice('2')
    await recordRuns(ledger.pool, [runEvent(1, 0, 2 * HOUR)])
    await closePeriod(ledger.pool, admin, '2026-01')
    await correctRun(ledger.pool, admin, { runId: uuid(1_000_001), finishedAt: at(HOUR / 2), reason: 'The clock.' })
  })

  test('says what it said, and its corrections are in the month in which they were entered', async () => {
    expect(reconcile(await read('2026-01')).money).toMatchObject([
      { total: '4.0000000000', corrections: '0.0000000000' },
    ])
    expect(reconcile(await read(now)).money).toMatchObject([{ tables: '0.0000000000', total: '-3.0000000000' }])
    expect((await read(now)).corrections).toMatchObject([{ month: '2026-01', runs: 1, heldUs: -1.5 * HOUR * 1e6 }])
    const { html } = await writeStatement(ledger.read, admin, 'team-a', now)
    expect(html).toContain('January 2026')
    expect(html).toContain('-3.00 EUR')
  })
})

describe('whose runs are in it', () => {
  beforeEach(() => recordRuns(ledger.pool, [runEvent(1, 0, 60), runEvent(2, 0, 60, { by: 'bob' })]))

  test.each<[Principal, string[], string | null]>([
    [{ id: 'alice', role: 'user', accounts: ['team-a'] }, ['alice'], 'alice'],
    [{ id: 'max', role: 'account-manager', accounts: ['team-a'] }, ['alice', 'bob'], null],
    [{ id: 'bob', role: 'account-manager', accounts: ['team-b'] }, ['bob'], 'bob'],
    [{ id: 'ann', role: 'analyst', accounts: [] }, ['alice', 'bob'], null],
  ])('for %j', async (who, users, only) => {
    const statement = await read('2026-01', who)
    expect(statement.charges.user.map(({ key }) => key)).toEqual(users)
    expect(statement.user).toBe(only)
    expect(reconcile(statement).agrees).toBe(true)
  })

  test('a worker sees none', async () => {
    const worker: Principal = { id: 'w', role: 'worker', accounts: [] }
    await expect(writeStatement(ledger.read, worker, 'team-a', '2026-01')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
})

test('a replica may answer it: from one connection, which it leaves as it was', async () => {
  await recordRuns(ledger.pool, [runEvent(1, 0, 60)])
  const client = await ledger.pool.connect()
  try {
    const { html } = await writeStatement((work) => work(client), admin, 'team-a', '2026-01')
    expect(html).toContain('They agree.')
    const { rows } = await client.query('SELECT now() = statement_timestamp() AS "isOutside"')
    expect(rows).toEqual([{ isOutside: true }])
  } finally {
    client.release()
  }
})

test('whatever names there are, the page is text: none of them is markup', async () => {
  await recordRuns(ledger.pool, [runEvent(1, 0, 60, { by: '<script>alert(1)</script>', models: ['"><img src=x>'] })])
  const { html } = await writeStatement(ledger.read, admin, 'team-a', '2026-01')
  expect(html).not.toMatch(/<script|<img|<link|url\(/)
  expect(html).toContain('&#60;script&#62;alert(1)')
})

test('an attempt that goes on is told of, and not billed', async () => {
  await recordRuns(ledger.pool, [runEvent(1, 0, null)])
  const { html } = await writeStatement(ledger.read, admin, 'team-a', '2026-01')
  expect(html).toContain('Attempts that go on: 1.')
  expect(html).toContain('Nothing was held.')
})

test.each([
  ['team-a', '2026-13', 'month'],
  ['team-a', '2999-01', 'month'],
  ['team a', '2026-01', 'account'],
])('%s in %s is refused', async (account, month, path) => {
  await expect(writeStatement(ledger.read, admin, account, month)).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    problems: [{ path }],
  })
})
