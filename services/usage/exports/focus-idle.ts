// What nobody held, as charges: by worker and model, by days, cut where a price begins. They are written to a file, as a
// statement that has very many rows in it takes DuckDB minutes to read.
import { open } from 'node:fs/promises'
import type { Pool } from 'pg'
import { costOf, priceAt } from '../fleet/answer.ts'
import { atConstantPrices, MOST_SPANS, readAmounts } from '../fleet/fleet.ts'
import { fleetQuestion } from '../fleet/select.ts'
import { spansWithin } from '../fleet/spans.ts'
import type { Price } from '../generated/resolvers.ts'
import type { Analyst } from '../lake/ask.ts'
import { literal } from '../lake/columns.ts'
import { listPrices } from '../ledger/prices.ts'
import { partsWithin } from '../report/time-zone.ts'
import { TooLarge } from './write-in-thread.ts'

interface Sources {
  pool: Pool
  analyst: Pick<Analyst, 'ask'>
}

/** In milliseconds; half open. */
interface Range {
  from: number
  to: number
}

/**
 * Writes the charges for idle capacity within a range, up to now, for `selectIdle`. Its ends are full hours. What a closed
 * month was billed is what was held in it, so what came late of it makes nothing idle.
 * @throws TooLarge where GPUs have changed too often
 */
export async function writeIdle(sources: Sources, range: Range, path: string): Promise<void> {
  const { from } = range
  const to = Math.min(range.to, Date.now())
  const prices = await listPrices(sources.pool)
  const file = await open(path, 'w')
  try {
    const months = to > from ? partsWithin({ from, to }, 'MONTH', [{ from, minutes: 0 }]) : []
    for (const [i, begin] of months.entries()) {
      await file.write(await idleWithin(sources, { from: begin, to: months[i + 1] ?? to }, prices))
    }
  } finally {
    await file.close()
  }
}

const COLUMNS = {
  starts_at: 'TIMESTAMP',
  ends_at: 'TIMESTAMP',
  model: 'VARCHAR',
  worker_id: 'VARCHAR',
  held_us: 'BIGINT',
  per_gpu_hour: 'DECIMAL(18,8)',
  currency: 'VARCHAR',
  cost: 'DECIMAL(28,10)',
}

/** The charges of a file that `writeIdle` wrote, as a SELECT for DuckDB. */
export function selectIdle(path: string): string {
  const columns = Object.entries(COLUMNS).map(([name, type]) => `'${name}': '${type}'`)
  return `SELECT *, starts_at AS billed_at, NULL AS account, false AS late
    FROM read_csv(${literal(path)}, header = false, auto_detect = false, delim = ',', quote = '"', escape = '"',
      nullstr = '\\N', allow_quoted_nulls = false, buffer_size = 4194304, columns = {${columns.join(', ')}})`
}

/** As lines of the file. */
async function idleWithin({ pool, analyst }: Sources, { from, to }: Range, prices: readonly Price[]): Promise<string> {
  const spans = await spansWithin(pool, { from, to })
  if (spans.length > MOST_SPANS) throw new TooLarge('Its GPUs have changed too often: ask without what was idle.')
  const pieces = atConstantPrices(partsWithin({ from, to }, 'DAY', [{ from, minutes: 0 }]), to, prices)
  const ends = new Map(pieces.map((piece) => [piece.from, wholeSecond(piece.to)]))
  const { rows } = await analyst.ask(fleetQuestion(spans, pieces, { isAsBilled: true }))
  const lines = rows.map(readAmounts).flatMap((amounts) => {
    const { from: begin, model, worker, idleUs } = amounts
    if (idleUs === 0) return []
    const price = priceAt(prices, model, begin)
    const money = price ? [price.perGpuHour, price.currency, costOf([amounts], prices)[0]?.amount ?? '0'] : NO_MONEY
    const values = [instant(begin), instant(ends.get(begin) ?? to), quoted(model), quoted(worker), idleUs, ...money]
    return [`${values.join(',')}\n`]
  })
  return lines.join('')
}

const NO_MONEY = ['\\N', '\\N', '\\N']

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

function instant(at: number): string {
  return new Date(at).toISOString().replace('T', ' ').replace('Z', '')
}

/** FOCUS tells instants to the second: of the day that goes on, the next. */
function wholeSecond(at: number): number {
  return Math.ceil(at / 1000) * 1000
}
