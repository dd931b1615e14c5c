// What DuckDB has answered, column by column: as objects, tens of thousands of rows would take longer to hand from thread
// to thread, and more memory while they are kept, than it took to find them.
import type { Row } from './question.ts'

/**
 * Numbers, decimals as whole numbers of 128 bits whose unit is 10^-`scale`, or texts that are told once each. What is not
 * there of the first two is null by `isNull`.
 */
export type Column =
  | { kind: 'numbers'; values: Float64Array | BigInt64Array; isNull: Uint8Array; isBoolean: boolean }
  | { kind: 'decimals'; high: BigInt64Array; low: BigUint64Array; isNull: Uint8Array; scale: number }
  | { kind: 'texts'; codes: Uint32Array; texts: readonly (string | null)[] }

export interface Table {
  length: number
  columns: Readonly<Record<string, Column>>
}

/** As JSON has it: whole numbers that may be above 2^31, decimals and instants are strings. */
function cellOf(column: Column, row: number): Row[string] {
  if (column.kind === 'texts') return column.texts[column.codes[row] ?? 0] ?? null
  if (column.isNull[row] === 1) return null
  if (column.kind === 'decimals') return decimalText(unitsOf(column, row), column.scale)
  const value = column.values[row] ?? 0
  if (column.isBoolean) return value !== 0
  return typeof value === 'bigint' ? String(value) : value
}

type Decimals = Extract<Column, { kind: 'decimals' }>

function unitsOf({ high, low }: Decimals, row: number): bigint {
  return ((high[row] ?? 0n) << 64n) | (low[row] ?? 0n)
}

function decimalText(units: bigint, scale: number): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
  return units < 0n ? `-${text}` : text
}

/** One row of it. */
export function rowAt({ columns }: Table, row: number): Row {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, cellOf(column, row)]))
}

/** All rows; only for what has few. */
export function rowsOf({ columns, length }: Table): Row[] {
  const all = Object.entries(columns)
  return Array.from({ length }, (_, i) => {
    const row: Record<string, Row[string]> = {}
    for (const [name, column] of all) row[name] = cellOf(column, i)
    return row
  })
}

/** The numbers of a column, 0 where there is none; to compare rows by. */
export function numbersOf({ columns, length }: Table, name: string): ArrayLike<number> {
  const column = columns[name]
  if (column?.kind === 'decimals') {
    return Float64Array.from(column.low, (_, row) => Number(unitsOf(column, row)) / 10 ** column.scale)
  }
  if (column?.kind !== 'numbers') return new Float64Array(length)
  return column.values instanceof Float64Array ? column.values : Float64Array.from(column.values, Number)
}

/** Of each row the place of its text among those of the column, in the order of their characters; nothing comes first. */
export function ranksOf({ columns, length }: Table, name: string): ArrayLike<number> {
  const column = columns[name]
  if (column?.kind !== 'texts') return new Uint32Array(length)
  const { texts, codes } = column
  const order = texts
    .map((text, code) => ({ text: text ?? '', code }))
    .sort(({ text: a }, { text: b }) => compare(a, b))
  const ranks = new Uint32Array(texts.length)
  for (const [i, { code, text }] of order.entries()) {
    const before = order[i - 1]
    ranks[code] = before?.text === text ? (ranks[before.code] ?? 0) : i
  }
  return codes.map((code) => ranks[code] ?? 0)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
