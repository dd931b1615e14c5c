import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { correctRun } from '../ledger/correct-run.ts'
import { savePrice } from '../ledger/prices.ts'
import { recordRuns } from '../ledger/record.ts'
import { repriceSome } from '../ledger/reprice.ts'
import { admin, at, type Ledger, openLedger, runEvent, uuid } from '../testing.ts'
import { usageOfAccounts, wholeDays } from './usage-of.ts'

let ledger: Ledger
beforeAll(async () => {
  ledger = await openLedger()
})
afterAll(() => ledger?.close())

const HOUR_MS = 3_600_000
const NOON = Date.parse(at(0))
const instant = (hour: number) => new Date(NOON + hour * HOUR_MS).toISOString()
const end = fc.option(fc.integer({ min: -60, max: 60 }))

test('whole days and what is beside them hold each hour of a range once, and no other', () => {
  fc.assert(
    fc.property(end, end, fc.integer({ min: -100, max: 100 }), (from, to, hour) => {
      const range = [from, to].map((at) => (at === null ? null : instant(at)))
      const bounds = wholeDays(range[0] ?? null, range[1] ?? null).map((text) =>
        text === 'infinity' ? Infinity : text === '-infinity' ? -Infinity : Date.parse(text),
      )
      const at = NOON + hour * HOUR_MS
      const day = at - (at % (24 * HOUR_MS))
      const holds = (i: number, what: number) => what >= (bounds[i] ?? 0) && what < (bounds[i + 1] ?? 0)
      const times = [holds(0, day), holds(2, at), holds(4, at)].filter(Boolean).length
      expect(times).toBe((from === null || hour >= from) && (to === null || hour < to) ? 1 : 0)
    }),
  )
})

test('the card of an account is what its slices come to, whatever was corrected and priced anew', async () => {
  await recordRuns(
    ledger.pool,
    [1, 2, 3, 4].map((n) => runEvent(n, -n * 90_000, n * 40_000, { by: n > 2 ? 'bob' : 'alice' })),
  )
  const price = { model: '*', perGpuHour: '1.23456789', currency: 'EUR', validFrom: instant(-24) }
  await savePrice(ledger.pool, admin, price)
  while (await repriceSome(ledger.pool));
  await correctRun(ledger.pool, admin, { runId: uuid(1_000_004), finishedAt: at(7), reason: 'It had ended.' })
  for (const [from, to] of [
    [null, null],
    [-30, 30],
    [-13, 5],
    [1, 2],
    [-60, null],
  ] as const) {
    const range = { from: from === null ? null : instant(from), to: to === null ? null : instant(to) }
    const [usage] = await usageOfAccounts(ledger.pool, admin, ['team-a'], range)
    const { rows } = await ledger.pool.query(
      `SELECT sum(held_us)::float8 / 1e6 AS "gpuSeconds", sum(starts)::integer AS runs, coalesce(sum(cost), 0)::text AS cost
       FROM slices WHERE ($1::timestamptz IS NULL OR hour >= $1) AND ($2::timestamptz IS NULL OR hour < $2)`,
      [range.from, range.to],
    )
    const { gpuSeconds, runs, cost } = usage ?? {}
    const paid = cost?.find(({ currency }) => currency === 'EUR')?.amount ?? '0'
    expect({ gpuSeconds, runs, cost: Number(paid) }).toEqual({ ...rows[0], cost: Number(rows[0].cost) })
  }
  await ledger.empty()
  expect((await ledger.pool.query('SELECT FROM daily')).rows).toEqual([])
})
