// What DuckDB has answered about the GPUs becomes the graph's report.
import { MONEY_PLACES, scaled, unscaled } from '../decimal.ts'
import type { FleetDimension, FleetRow, FleetTime, Money, Price } from '../generated/resolvers.ts'

/** Of one model on one worker in a piece of time that begins with `from`, within the part that begins with `part`. */
export interface Amounts {
  part: number
  from: number
  model: string
  worker: string
  heldUs: number
  idleUs: number
  downUs: number
}

interface Wanted {
  prices: readonly Price[]
  groupBy: readonly FleetDimension[]
  isTotal: boolean
}

/** The amounts by what they are to be told apart by, the earliest first, then by names. */
export function toFleetReport(
  amounts: readonly Amounts[],
  { prices, groupBy, isTotal }: Wanted,
): { rows: FleetRow[]; total: FleetTime } {
  const groups = Map.groupBy(amounts, ({ part, model, worker }) =>
    JSON.stringify([
      isTotal ? null : part,
      groupBy.includes('MODEL') ? model : null,
      groupBy.includes('WORKER') ? worker : null,
    ]),
  )
  const rows = [...groups].map(([key, some]): FleetRow => {
    const [part, model, worker]: [number | null, string | null, string | null] = JSON.parse(key)
    return { start: part === null ? null : new Date(part).toISOString(), model, worker, time: toTime(some, prices) }
  })
  const isOne = isTotal && groupBy.length === 0
  return { rows: isOne ? [] : rows.toSorted(byStartAndName), total: toTime(amounts, prices) }
}

function byStartAndName(a: FleetRow, b: FleetRow): number {
  const key = ({ start, model, worker }: FleetRow) => [start, model, worker].map((part) => part ?? '').join('\0')
  return key(a) < key(b) ? -1 : 1
}

function toTime(amounts: readonly Amounts[], prices: readonly Price[]): FleetTime {
  const sum = (of: (amount: Amounts) => number) => amounts.reduce((total, amount) => total + of(amount), 0)
  const [held, idle, down] = [sum((a) => a.heldUs), sum((a) => a.idleUs), sum((a) => a.downUs)]
  return {
    capacityGpuSeconds: (held + idle + down) / 1_000_000,
    allocatedGpuSeconds: held / 1_000_000,
    idleGpuSeconds: idle / 1_000_000,
    downGpuSeconds: down / 1_000_000,
    idleCost: costOf(amounts, prices),
  }
}

/** Decimal places of a price. */
const PRICE_PLACES = 8
const US_OF_HOUR = 3_600_000_000n

/** What the idle time of these would have cost, exact. */
export function costOf(amounts: readonly Amounts[], prices: readonly Price[]): Money[] {
  const sums = new Map<string, bigint>()
  for (const { model, from, idleUs } of amounts) {
    const price = priceAt(prices, model, from)
    if (!price) continue
    const exact = BigInt(idleUs) * unscaled(price.perGpuHour, PRICE_PLACES) * 10n ** BigInt(MONEY_PLACES - PRICE_PLACES)
    sums.set(price.currency, (sums.get(price.currency) ?? 0n) + exact)
  }
  return [...sums]
    .map(([currency, exact]) => ({ currency, amount: scaled((exact + US_OF_HOUR / 2n) / US_OF_HOUR, MONEY_PLACES) }))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1))
}

/** The newest price of the model by then or, where it has none of its own, of every model. */
export function priceAt(prices: readonly Price[], model: string, at: number): Price | undefined {
  const valid = prices.filter(({ validFrom }) => Date.parse(validFrom) <= at)
  const newest = (name: string) =>
    valid.filter((price) => price.model === name).toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0]
  return newest(model) ?? newest('*')
}
