// Reads a result of DuckDB's into columns that can be handed to another thread at no cost.
import { type DuckDBResult, DuckDBTypeId, JsonDuckDBValueConverter } from '@duckdb/node-api'
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
    if (type === DuckDBTypeId.BIGINT || NUMBERS.has(type)) {
      columns[name] = readNumbers(
        chunks.map((chunk) => chunk.getColumnValues(i)),
        length,
        type,
      )
    } else {
      columns[name] = readTexts(
        chunks.map((chunk) =>
          type === DuckDBTypeId.VARCHAR
            ? chunk.getColumnValues(i)
            : chunk.convertColumnValues(i, JsonDuckDBValueConverter),
        ),
        length,
      )
    }
  }
  return { length, columns }
}

/** What of a table is moved and not copied. */
export function buffersOf({ columns }: Table): ArrayBufferLike[] {
  return Object.values(columns).flatMap((column) =>
    column.kind === 'numbers' ? [column.values.buffer, column.isNull.buffer] : [column.codes.buffer],
  )
}

function readNumbers(chunks: readonly (readonly unknown[])[], length: number, type: DuckDBTypeId): Column {
  const isNull = new Uint8Array(length)
  const [whole, others] = [new BigInt64Array(length), new Float64Array(length)]
  let row = 0
  for (const chunk of chunks) {
    for (const value of chunk) {
      if (value === null) isNull[row] = 1
      else if (typeof value === 'bigint') whole[row] = value
      else others[row] = Number(value)
      row += 1
    }
  }
  const values = type === DuckDBTypeId.BIGINT ? whole : others
  return { kind: 'numbers', values, isNull, isBoolean: type === DuckDBTypeId.BOOLEAN }
}

function readTexts(chunks: readonly (readonly unknown[])[], length: number): Column {
  const codes = new Uint32Array(length)
  const texts: (string | null)[] = []
  const known = new Map<string | null, number>()
  let row = 0
  for (const chunk of chunks) {
    for (const value of chunk) {
      const text = typeof value === 'string' || value === null ? value : JSON.stringify(value)
      const code = known.get(text) ?? texts.push(text) - 1
      known.set(text, code)
      codes[row] = code
      row += 1
    }
  }
  return { kind: 'texts', codes, texts }
}
