// What all GPUs did: how much of the time they were held, idle or down, and what the idle time would have cost.
import { invalidInput, type Problem } from '@constellation/platform/errors.ts'
import type { Pool } from 'pg'
import type { FleetReport, Price, QueryFleetUtilisationArgs } from '../generated/resolvers.ts'
import type { Analyst } from '../lake/ask.ts'
import { firstInstant } from '../lake/retire.ts'
import { listPrices } from '../ledger/prices.ts'
import { offsetsOf, partsWithin } from '../report/time-zone.ts'
import { type Amounts, toFleetReport } from './answer.ts'
import { fleetQuestion } from './select.ts'
import { spansWithin } from './spans.ts'

/** @throws ConstellationError BAD_USER_INPUT, UNAVAILABLE */
export type FleetAnalyst = (
  args: Partial<QueryFleetUtilisationArgs> & Pick<QueryFleetUtilisationArgs, 'range'>,
  /** Calls it off. */
  gone?: AbortSignal,
) => Promise<FleetReport>

const MOST_PARTS = 400
/** More than these, and the question should be about a shorter time. */
export const MOST_SPANS = 50_000

/** Answers from the facts about GPUs and the lake. */
export function createFleetAnalyst(pool: Pool, analyst: Pick<Analyst, 'ask'>): FleetAnalyst {
  return async ({ range, grain, timeZone, groupBy }, gone) => {
    const now = Date.now()
    const from = Date.parse(range.from)
    const to = Math.min(Date.parse(range.to), now)
    if (to <= from) throw refused({ path: 'range', message: 'must begin before it ends, and before now' })
    const steps = offsetsOf(timeZone ?? 'UTC', from, to)
    const length = grain ?? 'TOTAL'
    const parts = length === 'TOTAL' ? [from] : partsWithin({ from, to }, length, steps)
    if (parts.length > MOST_PARTS) {
      throw refused({ path: 'grain', message: `would make more than ${MOST_PARTS} parts: choose a longer one` })
    }
    const [spans, prices] = await Promise.all([spansWithin(pool, { from, to }), listPrices(pool)])
    if (spans.length > MOST_SPANS)
      throw refused({ path: 'range', message: 'has too many changes of GPUs: ask for less' })
    const pieces = atConstantPrices(parts, to, prices)
    const {
      rows,
      version,
      from: kept,
    } = await analyst.ask(fleetQuestion(spans, pieces), { ...(gone && { signal: gone }) })
    const asOf = new Date(to).toISOString()
    const report = toFleetReport(rows.map(readAmounts), { prices, groupBy: groupBy ?? [], isTotal: length === 'TOTAL' })
    return { asOf, dataVersion: `${version}@${asOf}`, completeFrom: firstInstant(kept), ...report }
  }
}

/** A piece of a part of time in which no price changes; in milliseconds, half open. */
export interface Piece {
  part: number
  from: number
  to: number
}

/** Parts that begin at these instants, cut where a price begins. */
export function atConstantPrices(parts: readonly number[], to: number, prices: readonly Price[]): Piece[] {
  const changes = [...new Set(prices.map(({ validFrom }) => Date.parse(validFrom)))].toSorted((a, b) => a - b)
  return parts.flatMap((part, i) => {
    const end = parts[i + 1] ?? to
    const cuts = [part, ...changes.filter((at) => at > part && at < end), end]
    return cuts.slice(1).map((until, j) => ({ part, from: cuts[j] ?? part, to: until }))
  })
}

/** A row that answers `fleetQuestion`. */
export function readAmounts(row: Readonly<Record<string, unknown>>): Amounts {
  const number = (name: string) => Number(row[name])
  return {
    part: number('part'),
    from: number('piece'),
    model: String(row.model),
    worker: String(row.worker_id),
    heldUs: number('held_us'),
    idleUs: number('idle_us'),
    downUs: number('down_us'),
  }
}

function refused(problem: Problem) {
  return invalidInput([problem])
}
