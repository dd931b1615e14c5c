// Exports are written one at a time, beside all else that the service does: the rows by DuckDB, in a thread.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '@constellation/platform/log.ts'
import { type Regular, regularly } from '@constellation/platform/regularly.ts'
import type { Pool } from 'pg'
import type { Analyst } from '../lake/ask.ts'
import type { Bucket } from '../lake/bucket.ts'
import { readManifest } from '../lake/manifest.ts'
import { isOfLedger } from '../lake/of-ledger.ts'
import { type Claimed, claimExport, failExport, finishExport, releaseExport, renewClaim } from './claim-export.ts'
import { fileOf, removeExpired } from './files.ts'
import { FORMS } from './formats.ts'
import { gatherRows } from './gather-rows.ts'
import { TooLarge, writeInThread } from './write-in-thread.ts'

const LOOK_MS = 1_000
const RENEW_MS = 2_000
const SWEEP_MS = 60_000

interface Options {
  pool: Pool
  /** Of the lake. */
  directory: string
  /** Where it is kept, if not in the directory alone. */
  bucket?: Bucket | undefined
  /** Tells what nobody held. */
  analyst: Pick<Analyst, 'ask'>
  log: Logger
}

/** Writes exports, and removes those that are expired, until stopped. What is being written then is given back. */
export function startExporting(options: Options): Regular {
  const { pool, directory, bucket, log } = options
  const stopping = new AbortController()
  const writing = regularly(LOOK_MS, 'write an export', log, async () => {
    while (!stopping.signal.aborted && (await writeNext(options, stopping.signal)));
  })
  const sweeping = regularly(SWEEP_MS, 'remove old exports', log, () => removeExpired(pool, directory, bucket))
  return {
    async stop() {
      stopping.abort()
      await Promise.all([writing.stop(), sweeping.stop()])
    },
  }
}

/** Writes the next export, and returns whether there was one; `stop` breaks off, and gives it back. */
export async function writeNext(options: Options, stop?: AbortSignal): Promise<boolean> {
  const { pool, directory, log } = options
  // While the lake is made anew they wait: to begin one would be an attempt that can only fail.
  if (!(await isOfLedger(pool, await readManifest(directory)))) return false
  const claimed = await claimExport(pool)
  if (!claimed) return false
  const lost = new AbortController()
  let progress = 0
  const renewing = regularly(RENEW_MS, 'say that an export is being written', log, async () => {
    if (!(await renewClaim(pool, claimed, progress))) lost.abort()
  })
  const signal = stop ? AbortSignal.any([stop, lost.signal]) : lost.signal
  try {
    const file = await write(options, claimed, signal, (part) => {
      progress = part
    })
    await finishExport(pool, claimed, file)
  } catch (error) {
    if (stop?.aborted) await releaseExport(pool, claimed)
    else if (!lost.signal.aborted) await noteFailure(options, claimed, error)
  } finally {
    await renewing.stop()
  }
  return true
}

async function write(
  { pool, directory, bucket, analyst }: Options,
  claimed: Claimed,
  signal: AbortSignal,
  tell: (progress: number) => void,
) {
  const path = join(directory, fileOf(claimed))
  await mkdir(join(path, '..'), { recursive: true })
  const rows = await gatherRows({ pool, directory, analyst }, claimed)
  try {
    signal.throwIfAborted()
    const task = { directory, path, select: rows.select, writer: FORMS[claimed.format].writer }
    const written = await writeInThread(task, signal, tell)
    await bucket?.upload(fileOf(claimed), path)
    return { ...written, completeFrom: rows.completeFrom }
  } finally {
    await rows.release()
  }
}

async function noteFailure({ pool, log }: Options, claimed: Claimed, error: unknown): Promise<void> {
  log.warn({ err: error, export: claimed.id }, 'an export could not be written')
  const isFinal = error instanceof TooLarge
  const problem = isFinal ? error.message : 'It could not be written.'
  await failExport(pool, claimed, { problem, isFinal })
}
