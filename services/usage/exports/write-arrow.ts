// Arrow's file format, which DuckDB cannot write by itself: its rows become record batches, one after the other.
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  DuckDBDecimalValue,
  type DuckDBResult,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api'
import {
  AsyncByteQueue,
  Bool,
  type Data,
  type DataType,
  Decimal,
  Field,
  Int8,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
  TimestampMicrosecond,
  Utf8,
  vectorFromArray,
} from 'apache-arrow'

/** Rows of a batch, at the least where there are more: few enough to be held, and enough to be read quickly. */
const BATCH_ROWS = 32_768

/** Writes a result to a file; `wrote` hears of the rows of each batch, and breaks off where it throws. */
export async function writeArrow(result: DuckDBResult, path: string, wrote: (rows: number) => void): Promise<void> {
  await pipeline(Readable.from(toFile(result, wrote)), createWriteStream(path))
}

/** The bytes of the file; the next are made when these were taken. */
async function* toFile(result: DuckDBResult, wrote: (rows: number) => void): AsyncGenerator<Uint8Array> {
  const columns = result.columnNames().map((name, i) => ({ name, ...columnOf(result.columnType(i)) }))
  const schema = new Schema(columns.map(({ name, type }) => new Field(name, type, true)))
  const pieces: Uint8Array[] = []
  const sink = new AsyncByteQueue()
  // The queue itself takes whatever comes however slow the disk is.
  sink.write = (piece) => void pieces.push(Buffer.from(piece as Uint8Array))
  const writer = new RecordBatchFileWriter()
  writer.reset(sink, schema)
  for await (const { values, rows } of batches(result, columns.length)) {
    const children = columns.map(({ toData }, i) => toData(values[i] ?? []))
    writer.write(new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: rows, children })))
    wrote(rows)
    yield Buffer.concat(pieces.splice(0))
  }
  writer.finish()
  yield Buffer.concat(pieces.splice(0))
}

async function* batches(result: DuckDBResult, columns: number) {
  let values: DuckDBValue[][] = Array.from({ length: columns }, () => [])
  let rows = 0
  for await (const chunk of result) {
    rows += chunk.rowCount
    for (const [i, column] of values.entries()) for (const value of chunk.getColumnValues(i)) column.push(value)
    if (rows < BATCH_ROWS) continue
    yield { values, rows }
    values = Array.from({ length: columns }, () => [])
    rows = 0
  }
  if (rows > 0) yield { values, rows }
}

interface Column {
  type: DataType
  toData(values: readonly DuckDBValue[]): Data
}

function columnOf(type: DuckDBType): Column {
  switch (type.typeId) {
    case DuckDBTypeId.TINYINT:
      return fixed(new Int8(), Int8Array, (given) => makeData(given), Number)
    case DuckDBTypeId.INTEGER:
      return fixed(new Int32(), Int32Array, (given) => makeData(given), Number)
    case DuckDBTypeId.BIGINT:
      return fixed(new Int64(), BigInt64Array, (given) => makeData(given), toBigInt)
    case DuckDBTypeId.TIMESTAMP:
      return fixed(
        new TimestampMicrosecond(),
        BigInt64Array,
        (given) => makeData(given),
        (value) => (value instanceof DuckDBTimestampValue ? value.micros : 0n),
      )
    case DuckDBTypeId.DECIMAL:
      return decimal(new Decimal(type.scale, type.width))
    case DuckDBTypeId.BOOLEAN:
      return { type: new Bool(), toData: (values) => dataOf(vectorFromArray(values, new Bool())) }
    default:
      // UUIDs too: Arrow has no type for them that all readers know.
      return text()
  }
}

type Fixed = Int8Array | Int32Array | BigInt64Array

interface Given<Type, Values> {
  type: Type
  length: number
  nullCount: number
  nullBitmap: Uint8Array
  data: Values
}

/** A column whose values are all of one length. */
function fixed<Type extends DataType, Values extends Fixed>(
  type: Type,
  array: new (length: number) => Values,
  make: (given: Given<Type, Values>) => Data,
  read: (value: DuckDBValue) => Values[number],
): Column {
  return {
    type,
    toData(values) {
      const data = new array(values.length)
      for (const [i, value] of values.entries()) if (value !== null) data[i] = read(value)
      return make({ type, length: values.length, ...nullsOf(values), data })
    },
  }
}

/** The bytes of all texts, one after the other, and where each begins. */
function text(): Column {
  const type = new Utf8()
  return {
    type,
    toData(values) {
      const texts = values.map((value) => (value === null ? '' : String(value)))
      const valueOffsets = new Int32Array(values.length + 1)
      for (const [i, one] of texts.entries()) valueOffsets[i + 1] = (valueOffsets[i] ?? 0) + Buffer.byteLength(one)
      const data = Buffer.from(texts.join(''))
      return makeData({ type, length: values.length, ...nullsOf(values), valueOffsets, data })
    },
  }
}

/** Of 128 bits, the lower 64 first. */
function decimal(type: Decimal): Column {
  return {
    type,
    toData(values) {
      const halves = new BigInt64Array(2 * values.length)
      for (const [i, value] of values.entries()) {
        if (!(value instanceof DuckDBDecimalValue)) continue
        halves[2 * i] = BigInt.asIntN(64, value.value)
        halves[2 * i + 1] = value.value >> 64n
      }
      return makeData({ type, length: values.length, ...nullsOf(values), data: new Uint32Array(halves.buffer) })
    },
  }
}

function nullsOf(values: readonly DuckDBValue[]): { nullCount: number; nullBitmap: Uint8Array } {
  const nullBitmap = new Uint8Array(Math.ceil(values.length / 8))
  let nullCount = 0
  for (const [i, value] of values.entries()) {
    if (value === null) nullCount += 1
    else nullBitmap[i >> 3] = (nullBitmap[i >> 3] ?? 0) | (1 << (i & 7))
  }
  return { nullCount, nullBitmap }
}

function toBigInt(value: DuckDBValue): bigint {
  return typeof value === 'bigint' ? value : BigInt(String(value))
}

function dataOf({ data }: { data: readonly Data[] }): Data {
  const [only] = data
  if (!only) throw new Error('A column has values.')
  return only
}
