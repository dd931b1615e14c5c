// Reads a result of DuckDB's into columns that can be handed to another thread at no cost.
import {
  type DuckDBDataChunk,
  DuckDBDecimal128Vector,
  type DuckDBResult,
  DuckDBTypeId,
  DuckDBUUIDValue,
  JsonDuckDBValueConverter,
} from '@duckdb/node-api'
import type { Column, Table } from './table.ts'

/** Those that a number of JavaScript's holds exactly. */
const NUMBERS: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.BOOLEAN,
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.DOUBLE,
])

/** All of the result. The column's names must differ. */
export async function readTable(result: DuckDBResult): Promise<Table> {
  const chunks = await result.fetchAllChunks()
  const length = chunks.reduce((sum, { rowCount }) => sum + rowCount, 0)
  const columns: Record<string, Column> = {}
  for (const [i, name] of result.columnNames().entries()) {
    const type = result.columnTypeId(i)
    if (type === DuckDBTypeId.BIGINT || NUMBERS.has(type)) columns[name] = readNumbers(chunks, i, length, type)
    else columns[name] = readDecimals(chunks, i, length) ?? readTexts(chunks, i, length, type)
  }
  return { length, columns }
}

/** What of a table is moved and not copied. */
export function buffersOf({ columns }: Table): ArrayBufferLike[] {
  return Object.values(columns).flatMap((column) => {
    if (column.kind === 'texts') return [column.codes.buffer]
    const numbers = column.kind === 'numbers' ? [column.values.buffer] : [column.high.buffer, column.low.buffer]
    return [...numbers, column.isNull.buffer]
  })
}

function readNumbers(chunks: readonly DuckDBDataChunk[], index: number, length: number, type: DuckDBTypeId): Column {
  const isNull = new Uint8Array(length)
  const [whole, others] = [new BigInt64Array(length), new Float64Array(length)]
  let row = 0
  const take = (value: unknown) => {
    if (value === null) isNull[row] = 1
    else if (typeof value === 'bigint') whole[row] = value
    else others[row] = Number(value)
    row += 1
  }
  for (const chunk of chunks) chunk.visitColumnValues(index, take)
  const values = type === DuckDBTypeId.BIGINT ? whole : others
  return { kind: 'numbers', values, isNull, isBoolean: type === DuckDBTypeId.BOOLEAN }
}

/** Sums of decimals, which DuckDB keeps in 128 bits; undefined for other columns. */
function readDecimals(chunks: readonly DuckDBDataChunk[], index: number, length: number): Column | undefined {
  const isNull = new Uint8Array(length)
  const [high, low] = [new BigInt64Array(length), new BigUint64Array(length)]
  let scale = 0
  let row = 0
  for (const chunk of chunks) {
    const vector = chunk.getColumnVector(index)
    if (!(vector instanceof DuckDBDecimal128Vector)) return undefined
    scale = vector.type.scale
    for (let i = 0; i < vector.itemCount; i++, row++) {
      const units = vector.getScaledValue(i)
      if (units === null) isNull[row] = 1
      // Typed arrays keep the lowest 64 bits of what they are given.
      else [high[row], low[row]] = [units >> 64n, units]
    }
  }
  return { kind: 'decimals', high, low, isNull, scale }
}

function readTexts(chunks: readonly DuckDBDataChunk[], index: number, length: number, type: DuckDBTypeId): Column {
  const codes = new Uint32Array(length)
  const texts: (string | null)[] = []
  const known = new Map<string | bigint | null, number>()
  let row = 0
  const take = (value: unknown) => {
    // An id is written out the first time that it comes.
    const isId = value instanceof DuckDBUUIDValue
    const key = isId ? value.hugeint : typeof value === 'string' || value === null ? value : JSON.stringify(value)
    let code = known.get(key)
    if (code === undefined) {
      code = texts.push(typeof key === 'bigint' ? String(value) : key) - 1
      known.set(key, code)
    }
    codes[row] = code
    row += 1
  }
  for (const chunk of chunks) {
    if (type === DuckDBTypeId.VARCHAR || type === DuckDBTypeId.UUID) chunk.visitColumnValues(index, take)
    else for (const value of chunk.convertColumnValues(index, JsonDuckDBValueConverter)) take(value)
  }
  return { kind: 'texts', codes, texts }
}
