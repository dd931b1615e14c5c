// Rows of a table as a file: PostgreSQL's own text format, which every version reads, compressed.
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { PassThrough, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress, createZstdDecompress } from 'node:zlib'
import { type Client, escapeIdentifier } from 'pg'
import { from, to } from 'pg-copy-streams'
import type { Service } from '../services.ts'
import { type Compression, fileOf, type TablePart } from './manifest.ts'

/** Where a table's file is. */
export interface Place {
  folder: string
  service: Service
  compression: Compression
}

/** Writes what the transaction of `client` sees of the table. One without rows has no file. */
export async function writeTable(
  client: Client,
  place: Place,
  { name, columns, partitions }: Pick<TablePart, 'name' | 'columns' | 'partitions'>,
): Promise<TablePart> {
  const file = pathOf(place, name)
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const rows = client.query(to(`COPY (SELECT ${list(columns)} FROM ${qualified(place.service, name)}) TO STDOUT`))
  const measure = measured()
  await pipeline(
    rows,
    place.compression === 'zstd' ? createZstdCompress() : new PassThrough(),
    measure.stream,
    createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }),
  )
  if (rows.rowCount === 0) await rm(file)
  return { name, columns, partitions, rows: rows.rowCount, ...measure.result() }
}

/** @throws Error where the file is not there, or is another one than was written */
export async function verifyTable(place: Place, table: TablePart): Promise<void> {
  if (table.rows === 0) return
  const file = pathOf(place, table.name)
  const measure = measured()
  try {
    await pipeline(createReadStream(file), measure.stream, async (source) => {
      for await (const _ of source);
    })
  } catch (cause) {
    throw new Error(`${file} cannot be read.`, { cause })
  }
  const { bytes, sha256 } = measure.result()
  if (bytes !== table.bytes || sha256 !== table.sha256)
    throw new Error(`${file} is damaged: its checksum is another one.`)
}

/** @throws Error where the table did not take each row of it */
export async function loadTable(client: Client, place: Place, table: TablePart): Promise<void> {
  if (table.rows === 0) return
  const rows = client.query(from(`COPY ${qualified(place.service, table.name)} (${list(table.columns)}) FROM STDIN`))
  await pipeline(
    createReadStream(pathOf(place, table.name)),
    place.compression === 'zstd' ? createZstdDecompress() : new PassThrough(),
    rows,
  )
  if (rows.rowCount === table.rows) return
  throw new Error(`${place.service}.${table.name} has ${rows.rowCount} rows of the backup's ${table.rows}.`)
}

export function qualified(service: Service, name: string): string {
  return `${escapeIdentifier(service)}.${escapeIdentifier(name)}`
}

function list(columns: readonly string[]): string {
  return columns.map((column) => escapeIdentifier(column)).join(', ')
}

function pathOf({ folder, service, compression }: Place, table: string): string {
  return path.join(folder, fileOf(service, table, compression))
}

function measured(): { stream: Transform; result(): { bytes: number; sha256: string } } {
  const hash = createHash('sha256')
  let bytes = 0
  return {
    stream: new Transform({
      transform(chunk: Buffer, _, done) {
        hash.update(chunk)
        bytes += chunk.length
        done(null, chunk)
      },
    }),
    result: () => ({ bytes, sha256: hash.digest('hex') }),
  }
}
