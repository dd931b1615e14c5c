// The thread that writes one file and ends. Rows go from DuckDB to the disk; only Arrow's pass through here, in batches.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { DuckDBConnection } from '@duckdb/node-api'
import { literal } from '../lake/columns.ts'
import { openConnection } from '../lake/duckdb.ts'
import type { Written } from './claim-export.ts'
import { writeArrow } from './write-arrow.ts'
import type { FromWriter, Task } from './write-in-thread.ts'

const LOOK_MS = 250
const COPY_AS = { parquet: 'FORMAT parquet, COMPRESSION zstd', csv: 'FORMAT csv, HEADER' }

const { directory, path, select, writer, most }: Task = workerData
const say = (message: FromWriter) => parentPort?.postMessage(message)

const { instance, connection } = await openConnection(directory, { memoryMb: 256, threads: 1 })
let cancelled = false
parentPort?.on('message', () => {
  cancelled = true
  connection.interrupt()
})
try {
  const total = await countRows(connection)
  if (total > most.rows) say({ kind: 'too large', message: `It would have ${total} rows, and may have ${most.rows}.` })
  else await write(total)
} finally {
  connection.closeSync()
  instance.closeSync()
  parentPort?.close()
}

async function write(total: number): Promise<void> {
  let rows = 0
  let bytes = 0
  const look = setInterval(async () => {
    const part = writer === 'arrow' ? rows / Math.max(total, 1) : connection.progress.percentage / 100
    say({ kind: 'progress', part: Math.min(Math.max(part, 0), 0.99) })
    bytes = await stat(path).then(
      ({ size }) => size,
      () => 0,
    )
    if (bytes > most.bytes) connection.interrupt()
  }, LOOK_MS)
  try {
    if (cancelled) throw new Error('It was called off.')
    if (writer === 'arrow') {
      const result = await connection.stream(select)
      await writeArrow(result, path, (more) => {
        rows += more
        if (cancelled || bytes > most.bytes) throw new Error('It was broken off.')
      })
    } else {
      const copied = await connection.run(`COPY (${select}) TO ${literal(path)} (${COPY_AS[writer]})`)
      rows = copied.rowsChanged
    }
    const file = await settle(path)
    bytes = file.bytes
    // A disk may take much between two looks.
    if (bytes > most.bytes) throw new Error('It has become too large.')
    say({ kind: 'written', file: { rows, ...file } })
  } catch (error) {
    if (bytes <= most.bytes) throw error
    say({ kind: 'too large', message: `It would have more than ${most.bytes} bytes, which is the most.` })
  } finally {
    clearInterval(look)
  }
}

async function countRows(asking: DuckDBConnection): Promise<number> {
  const counted = await asking.runAndReadAll(`SELECT count(*) FROM (${select})`)
  return Number(counted.getRows()[0]?.[0])
}

/** The file is on the disk for good after this. */
async function settle(file: string): Promise<Omit<Written, 'rows'>> {
  const handle = await open(file, 'r')
  await handle.sync().finally(() => handle.close())
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return { bytes: (await stat(file)).size, sha256: hash.digest('hex') }
}
