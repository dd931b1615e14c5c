// What nobody held, as charges: by worker and model, by days, cut where a price begins.
import type { Pool } from 'pg'
import { costOf, priceAt } from '../fleet/answer.ts'
import { atConstantPrices, readAmounts } from '../fleet/fleet.ts'
import { fleetQuestion } from '../fleet/select.ts'
import { spansWithin } from '../fleet/spans.ts'
import type { Price } from '../generated/resolvers.ts'
import type { Analyst } from '../lake/ask.ts'
import { listPrices } from '../ledger/prices.ts'
import { partsWithin } from '../report/time-zone.ts'

export interface IdleCharge {
  /** In milliseconds, half open. */
  from: number
  to: number
  model: string
  worker: string
  idleUs: number
  price: Price | undefined
  /** Decimal, in the price's currency. */
  cost: string
}

/**
 * Idle capacity within a range, up to now. Its ends are full hours. What a closed month was billed is what was held in it, so
 * what came late of it makes nothing idle.
 */
export async function idleCharges(
  pool: Pool,
  analyst: Pick<Analyst, 'ask'>,
  range: { from: number; to: number },
): Promise<IdleCharge[]> {
  const { from } = range
  const to = Math.min(range.to, Date.now())
  if (to <= from) return []
  const [spans, prices] = await Promise.all([spansWithin(pool, { from, to }), listPrices(pool)])
  const days = partsWithin({ from, to }, 'DAY', [{ from, minutes: 0 }])
  const pieces = atConstantPrices(days, to, prices)
  const ends = new Map(pieces.map((piece) => [piece.from, wholeSecond(piece.to)]))
  const { rows } = await analyst.ask(fleetQuestion(spans, pieces, { isAsBilled: true }))
  return rows.map(readAmounts).flatMap((amounts) => {
    const { from: begin, model, worker, idleUs } = amounts
    if (idleUs === 0) return []
    const cost = costOf([amounts], prices)[0]?.amount ?? '0'
    return [
      { from: begin, to: ends.get(begin) ?? to, model, worker, idleUs, price: priceAt(prices, model, begin), cost },
    ]
  })
}

/** FOCUS tells instants to the second: of the day that goes on, the next. */
function wholeSecond(at: number): number {
  return Math.ceil(at / 1000) * 1000
}
