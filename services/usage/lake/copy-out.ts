// Rows leave PostgreSQL as CSV, which is the quickest way from there into DuckDB.
import { type FileHandle, open } from 'node:fs/promises'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { to } from 'pg-copy-streams'

/**
 * Writes what the SELECT gives to a file that `rowsOfCsv` reads; returns how many rows. It may hold no parameters.
 * @throws Error where the disk takes no more; the connection is good for other statements then
 */
export async function copyOut(client: PoolClient, select: string, path: string): Promise<number> {
  const handle = await open(path, 'w')
  try {
    const rows = client.query(to(`COPY (${select}) TO STDOUT (FORMAT csv, NULL '\\N')`))
    const sink = writeInto(handle)
    await pipeline(rows, sink.stream)
    if (sink.fault()) throw sink.fault()
    return rows.rowCount
  } finally {
    await handle.close()
  }
}

/** Rows come in small pieces, and go to the disk in large ones: to write is dear by the piece. */
const PIECE = 1 << 20

/** Goes on to take what comes after a fault: a COPY that nobody reads to its end would hold up its connection for ever. */
function writeInto(handle: FileHandle): { stream: Writable; fault(): Error | undefined } {
  let fault: Error | undefined
  let chunks: Buffer[] = []
  let size = 0
  const flush = async () => {
    const piece = Buffer.concat(chunks)
    chunks = []
    size = 0
    if (fault) return
    await handle.appendFile(piece).catch((error) => {
      fault = error
    })
  }
  return {
    stream: new Writable({
      highWaterMark: PIECE,
      write(chunk: Buffer, _, done) {
        chunks.push(chunk)
        size += chunk.length
        if (size < PIECE) done()
        else void flush().then(() => done())
      },
      final: (done) => void flush().then(() => done()),
    }),
    fault: () => fault,
  }
}
