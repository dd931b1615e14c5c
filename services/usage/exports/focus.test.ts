import type { GpuEvent } from '@constellation/platform/events/gpu-event.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { recordGpus } from '../fleet/record-capacity.ts'
import { literal } from '../lake/columns.ts'
import { readManifest } from '../lake/manifest.ts'
import { publish } from '../lake/publish.ts'
import { closePeriod } from '../ledger/close-period.ts'
import { correctRun } from '../ledger/correct-run.ts'
import { savePrice } from '../ledger/prices.ts'
import { recordRuns } from '../ledger/record.ts'
import { repriceSome } from '../ledger/reprice.ts'
import { admin, at, fillNow, type Ledger, openLake, openLedger, runEvent, uuid } from '../testing.ts'
import { askFiles, csvTexts, openExports } from './testing.ts'
import { breachesOf, type FocusRow } from './testing-focus.ts'
import { ofType } from './testing-focus-columns.ts'

let ledger: Ledger
let lake: Awaited<ReturnType<typeof openLake>>
let opened: ReturnType<typeof openExports>
beforeAll(async () => {
  ledger = await openLedger()
  lake = await openLake(ledger.pool)
  opened = openExports(ledger.pool, lake)
})
afterAll(async () => {
  await lake?.close()
  await ledger?.close()
})
beforeEach(empty)

/** Of the lake too, whose files know nothing of a ledger that was emptied. */
async function empty(): Promise<void> {
  await ledger.empty()
  const { version } = await readManifest(lake.lake.directory)
  await publish(lake.lake, { version: version + 1, upTo: '0', files: [] }, [])
}

const HOUR = 3600
const JANUARY = { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' }
/** As long as may be asked for, and today is in it. */
const TODAY = {
  from: new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - 24 * 3_600_000).toISOString(),
  to: new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 + 2 * 3_600_000).toISOString(),
}

async function charges(range = JANUARY, who: Principal = admin, filter = {}): Promise<FocusRow[]> {
  const named = Object.keys(filter).length > 0 ? { filter } : {}
  const { path } = await opened.take(who, { format: 'FOCUS', range, ...named })
  return askFiles(`FROM ${csvTexts(path)}`)
}

/** The sum of a column, exact: in units of the tenth place. */
function total(rows: readonly FocusRow[], column = 'BilledCost'): bigint {
  return rows.reduce((sum, row) => sum + BigInt((row[column] ?? '').replace('.', '')), 0n)
}

async function ledgerTotal(where: string): Promise<bigint> {
  const { rows } = await ledger.pool.query(
    `SELECT coalesce(sum(cost), 0)::numeric(38, 10)::text AS cost FROM slices ${where}`,
  )
  return BigInt(rows[0].cost.replace('.', ''))
}

const setPrice = (perGpuHour: string, model = '*', validFrom = '2026-01-01T00:00:00Z') =>
  savePrice(ledger.pool, admin, { model, perGpuHour, currency: 'EUR', validFrom })

async function applyPrices(): Promise<void> {
  while (await repriceSome(ledger.pool));
}

/** An A100 that is there from this second on. */
function gpuFrom(seconds: number): GpuEvent {
  return {
    id: 'gpus-1',
    ts: at(seconds),
    type: 'gpu.registered',
    gpu: {
      ...{ id: uuid(9_000_000), uuid: 'GPU-0', name: 'A100', totalMemoryMb: 81_920, simulated: true },
      ...{ workerId: 'w1', present: true, inService: true },
    },
  }
}

test(
  'charges of whatever runs keep the rules, and sum to the ledger',
  () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            from: fc.integer({ min: -10 * 24 * HOUR, max: 6 * HOUR }),
            seconds: fc.integer({ min: 0, max: 12 * HOUR * 1000 }).map((ms) => ms / 1000),
            models: fc.subarray(['A100', 'H100', 'L4', 'a, "model"']),
            utilisation: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
            state: fc.constantFrom('completed' as const, 'failed' as const),
          }),
          { minLength: 1, maxLength: 12 },
        ),
        fc.integer({ min: 0, max: 99_999_999 }),
        async (runs, price) => {
          await empty()
          await setPrice(`1.${String(price).padStart(8, '0')}`, 'A100')
          await setPrice('2.5', 'H100', '2026-01-25T07:00:00Z')
          await applyPrices()
          const events = runs.map(({ from, seconds, ...run }, n) => runEvent(n + 1, from, from + seconds, run))
          await recordRuns(ledger.pool, events.slice(0, 6))
          await fillNow(lake.lake)
          await recordRuns(ledger.pool, events.slice(6))
          const rows = await charges()
          expect(breachesOf(rows)).toEqual([])
          const inJanuary = `WHERE hour < '2026-02-01T00:00:00Z'`
          expect(total(rows)).toBe(await ledgerTotal(inJanuary))
          const { rows: held } = await ledger.pool.query(
            `SELECT count(*)::integer AS n FROM slices ${inJanuary} AND held_us <> 0`,
          )
          expect(rows).toHaveLength(held[0].n)
        },
      ),
      { numRuns: 6 },
    ),
  120_000,
)

describe('a month that is closed', () => {
  beforeEach(async () => {
    await setPrice('2')
    await applyPrices()
    await recordRuns(ledger.pool, [runEvent(1, 0, 2 * HOUR), runEvent(2, 0, HOUR)])
    await closePeriod(ledger.pool, admin, '2026-01')
  })

  test('is billed as it was, whatever is corrected of it', async () => {
    const before = await charges()
    await correctRun(ledger.pool, admin, { runId: uuid(1_000_001), finishedAt: at(HOUR / 2), reason: 'The clock.' })
    await recordRuns(ledger.pool, [runEvent(3, 0, HOUR)])
    await fillNow(lake.lake)
    const after = await charges()
    expect(total(after)).toBe(60_000_000_000n)
    const ids = (rows: FocusRow[]) =>
      rows.map((row) => `${row.x_RunId} ${row.ChargePeriodStart} ${row.BilledCost}`).toSorted()
    expect(ids(after)).toEqual(ids(before))
  })

  test('has the idle time that it had, so that it still adds up to what there was', async () => {
    await recordGpus(ledger.pool, [gpuFrom(0)])
    const before = await charges()
    await correctRun(ledger.pool, admin, { runId: uuid(1_000_001), finishedAt: at(HOUR / 2), reason: 'The clock.' })
    await fillNow(lake.lake)
    const idle = (rows: FocusRow[]) => total(rows.filter((row) => row.BillingAccountId === 'idle:capacity'))
    expect(idle(before)).not.toBe(0n)
    expect(idle(await charges())).toBe(idle(before))
  })

  test('has its corrections billed where they were entered', async () => {
    await correctRun(ledger.pool, admin, { runId: uuid(1_000_001), finishedAt: at(HOUR / 2), reason: 'The clock.' })
    await recordRuns(ledger.pool, [runEvent(3, 0, HOUR, { by: 'carol' })])
    await fillNow(lake.lake)
    const corrections = await charges(TODAY)
    expect(breachesOf(corrections)).toEqual([])
    expect(new Set(corrections.map((row) => row.ChargeClass))).toEqual(new Set(['Correction']))
    // Three half hours of one run back, and one hour of another.
    expect(total(corrections)).toBe(-30_000_000_000n + 20_000_000_000n)
    expect(total(corrections)).toBe(await ledgerTotal('WHERE late'))
    expect(total([...(await charges()), ...corrections])).toBe(await ledgerTotal(''))
    const alice: Principal = { id: 'alice', role: 'user', accounts: [] }
    expect(total(await charges(TODAY, alice))).toBe(-30_000_000_000n)
  })
})

test('idle capacity is charged to an account of its own, and only those who see all see it', async () => {
  await setPrice('2')
  await setPrice('3', '*', at(5 * HOUR))
  await recordGpus(ledger.pool, [gpuFrom(0)])
  await recordRuns(ledger.pool, [runEvent(1, HOUR, 3 * HOUR)])
  const rows = await charges()
  expect(breachesOf(rows)).toEqual([])
  const idle = rows.filter((row) => row.BillingAccountId === 'idle:capacity')
  expect(
    idle.map((row) => [row.ChargePeriodStart, row.BilledCost, Number(row.PricingQuantity), row.ResourceId]),
  ).toEqual(
    expect.arrayContaining([
      ['2026-01-31T00:00:00Z', '6.0000000000', 3, 'w1'],
      ['2026-01-31T17:00:00Z', '21.0000000000', 7, 'w1'],
    ]),
  )
  expect(idle).toHaveLength(2)
  const manager: Principal = { id: 'max', role: 'account-manager', accounts: ['team-a'] }
  expect(new Set((await charges(JANUARY, manager)).map((row) => row.BillingAccountId))).toEqual(new Set(['team-a']))
  const filtered = await charges(JANUARY, admin, { accounts: ['team-a'] })
  expect(new Set(filtered.map((row) => row.BillingAccountId))).toEqual(new Set(['team-a']))
})

test('of a range that nothing is kept of, and in which nothing was there, there are no charges', async () => {
  const before = await readManifest(lake.lake.directory)
  await publish(lake.lake, { ...before, version: before.version + 1, upTo: '0', from: '2026-02-01', files: [] }, [])
  expect(await charges()).toEqual([])
})

test('a SKU has one price id, whatever its price is and becomes', async () => {
  await setPrice('2')
  await setPrice('3', '*', at(HOUR))
  await applyPrices()
  await recordRuns(ledger.pool, [runEvent(1, 0, 2 * HOUR)])
  const rows = await charges()
  expect(rows.map((row) => Number(row.ListUnitPrice)).toSorted()).toEqual([2, 3])
  expect(new Set(rows.map((row) => `${row.SkuId} ${row.SkuPriceId}`))).toEqual(new Set(['A100 A100']))
})

test('what has no price costs nothing, in the currency of the first price', async () => {
  await setPrice('2', 'H100')
  await setPrice('2', 'L4', '2026-01-30T00:00:00Z')
  await applyPrices()
  await recordRuns(ledger.pool, [runEvent(1, 0, 60)])
  const rows = await charges()
  expect(breachesOf(rows)).toEqual([])
  expect(rows).toMatchObject([{ BilledCost: '0.0000000000', BillingCurrency: 'EUR' }])
})

test('what goes on is not billed yet', async () => {
  await recordRuns(ledger.pool, [runEvent(1, 0, null), runEvent(2, 0, 60)])
  const rows = await charges()
  expect(rows.map((row) => row.x_RunId)).toEqual([uuid(1_000_002)])
  expect(rows[0]).toMatchObject({ BilledCost: '0.0000000000', BillingCurrency: 'XXX' })
})

test('as Parquet it has the same charges, with instants as such', async () => {
  await setPrice('2')
  await applyPrices()
  await recordRuns(ledger.pool, [runEvent(1, 0, 2 * HOUR)])
  const { path } = await opened.take(admin, { format: 'FOCUS_PARQUET', range: JANUARY })
  const [sum] = await askFiles(`SELECT sum("BilledCost") AS cost FROM read_parquet(${literal(path)})`)
  expect(sum).toEqual({ cost: '4.0000000000' })
  const described = await askFiles(`DESCRIBE FROM read_parquet(${literal(path)})`)
  const types = new Map(described.map(({ column_name, column_type }) => [column_name, column_type?.split('(')[0]]))
  for (const [type, stored] of [
    ['Decimal', 'DECIMAL'],
    ['Date/Time', 'TIMESTAMP'],
    ['String', 'VARCHAR'],
    ['Key-Value', 'VARCHAR'],
  ] as const) {
    for (const name of ofType(type)) expect([name, types.get(name)]).toEqual([name, stored])
  }
})
