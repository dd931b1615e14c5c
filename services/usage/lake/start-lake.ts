// The lake of the service: filled as the ledger grows, put together and swept by and by, and asked.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '@constellation/platform/log.ts'
import { regularly } from '@constellation/platform/regularly.ts'
import type { Pool } from 'pg'
import { type Analyst, startAnalyst } from './ask.ts'
import type { Bucket } from './bucket.ts'
import { compactOne } from './compact.ts'
import { openDuckDB } from './duckdb.ts'
import { fill } from './fill.ts'
import { retire } from './retire.ts'
import { pull, sweepBucket } from './share.ts'
import { sweep } from './sweep.ts'

/**
 * In MiB, those who write and those who ask. DuckDB takes up to twice as much, as what packs and unpacks files is not
 * counted and what was freed is kept for a while: with what else the service needs they stay below a gigabyte.
 */
export const MEMORY_MB = { write: 128, ask: 224 } as const
/** Until then new entries are read from PostgreSQL: small files cost more than that. */
const FILL_MS = 30_000
const COMPACT_MS = 60_000
const PULL_MS = 10_000

interface LakeOptions {
  /** A directory of its own, absolute; made where it is not there. */
  directory: string
  /** Where it is kept, if not in the directory alone. */
  bucket?: Bucket | undefined
  /** Files of earlier months go; 0 keeps all. */
  keepMonths?: number
  pool: Pool
  log: Logger
}

/** Starts to keep the lake and to answer from it, until stopped. */
export async function startLake({
  directory,
  bucket,
  keepMonths = 0,
  pool,
  log,
}: LakeOptions): Promise<{ analyst: Analyst; stop(): Promise<void> }> {
  await mkdir(directory, { recursive: true })
  // What a process that died has left aside.
  await rm(join(directory, 'tails'), { recursive: true, force: true })
  const duckdb = await openDuckDB(directory, { memoryMb: MEMORY_MB.write, threads: 1 })
  const lake = { directory, bucket, pool, duckdb }
  // What others have written is read a little later than what this process writes: the tail has it meanwhile.
  const pulling = bucket && regularly(PULL_MS, 'fetch the lake', log, () => pull(directory, bucket))
  const stopping = new AbortController()
  const filling = regularly(FILL_MS, 'fill the lake', log, () => fill(lake, { signal: stopping.signal }))
  const compacting = regularly(COMPACT_MS, 'put the files of the lake together', log, async () => {
    await retire(lake, keepMonths)
    while (!stopping.signal.aborted && (await compactOne(lake)));
    await sweep(directory)
    if (bucket) await sweepBucket(bucket)
  })
  const analyst = startAnalyst({ directory, pool, log, limits: { memoryMb: MEMORY_MB.ask, threads: 2 } })
  return {
    analyst,
    async stop() {
      stopping.abort()
      await Promise.all([filling.stop(), compacting.stop(), pulling?.stop(), analyst.stop()])
      duckdb.closeSync()
    },
  }
}
