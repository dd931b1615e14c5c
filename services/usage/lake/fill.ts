// The lake follows the ledger: what transactions have entered since the last time becomes files, and days of which a
// slice was replaced are written anew. Going by transactions, nothing is lost that commits late, and nothing comes twice.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DuckDBInstance } from '@duckdb/node-api'
import type { Pool, PoolClient } from 'pg'
import type { Bucket } from './bucket.ts'
import { rowsOfCsv } from './columns.ts'
import { withLock } from './lock.ts'
import { type Manifest, readManifest } from './manifest.ts'
import { isOfLedger } from './of-ledger.ts'
import { nextState, publish } from './publish.ts'
import { type News, readNews } from './read-news.ts'
import { pull } from './share.ts'
import { goOn, type Reached } from './step.ts'
import { writeFiles } from './write-files.ts'

export interface Lake {
  /** A directory of its own, absolute. */
  directory: string
  pool: Pool
  /** Writes the files. */
  duckdb: DuckDBInstance
  /** Where the lake is kept, if not in the directory alone, which has copies then. */
  bucket?: Bucket | undefined
  reached?: Reached
}

interface FillOptions {
  /** So many rows are a step, and fit into what the service gives DuckDB. Each step is a state of the lake. */
  mostRows?: number
  /** Ends the filling after the step that is under way. */
  signal?: AbortSignal
}

const MOST_ROWS = 250_000

/** Brings the lake up to the ledger; null where it is, or where another process is at it. */
export async function fill(lake: Lake, options: FillOptions = {}): Promise<Manifest | null> {
  const { directory, bucket } = lake
  return withLock(lake, async (client) => {
    if (bucket) await pull(directory, bucket)
    const before = await readManifest(directory)
    await mkdir(join(directory, 'staging'), { recursive: true })
    const after = await inSteps(lake, client, await goOnFrom(lake, client, before), options)
    return after.version > before.version ? after : null
  })
}

/** The state that is there; one without files, and by a new name, where those are of another ledger. */
async function goOnFrom(lake: Lake, client: PoolClient, before: Manifest): Promise<Manifest> {
  if (await isOfLedger(client, before)) return before
  const { ledger: _, ...others } = before
  return publish(lake, { ...others, version: nextState(before).version, upTo: '0', files: [] }, [])
}

/** One step after the other: while the rows of one become files, PostgreSQL gives those of the next. */
async function inSteps(
  lake: Lake,
  client: PoolClient,
  before: Manifest,
  { mostRows = MOST_ROWS, signal }: FillOptions,
): Promise<Manifest> {
  const { reached = goOn } = lake
  let state = before
  let step: Step | undefined = readStep(lake, client, before, mostRows)
  while (step) {
    const { csv, reading }: Step = step
    let next: Step | undefined
    try {
      const news = await reading
      reached('the entries are read')
      if (news.rows === 0 && news.staleDays.length === 0) return state
      if (news.isMore && !signal?.aborted) next = readStep(lake, client, { ...before, upTo: news.upTo }, mostRows)
      state = await writeStep(lake, state, news, csv)
    } catch (error) {
      if (next) await giveUp(next)
      throw error
    } finally {
      await rm(csv, { force: true })
    }
    step = next
  }
  return state
}

interface Step {
  csv: string
  reading: Promise<News>
}

function readStep({ directory }: Lake, client: PoolClient, from: Manifest, mostRows: number): Step {
  const csv = join(directory, 'staging', `${nextState(from).name}.csv`)
  const reading = readNews(client, from, csv, mostRows)
  // Whoever waits for it hears of it, which may be later.
  reading.catch(() => {})
  return { csv, reading }
}

async function giveUp({ csv, reading }: Step): Promise<void> {
  await reading.catch(() => {})
  await rm(csv, { force: true })
}

async function writeStep(lake: Lake, before: Manifest, { rows, upTo, staleDays }: News, csv: string) {
  const { version, name } = nextState(before)
  const files = rows > 0 ? await writeFiles(lake, name, rowsOfCsv(csv)) : []
  const kept = before.files.filter(({ day }) => !staleDays.includes(day))
  return publish(lake, { ...before, version, upTo, files: [...kept, ...files] }, files)
}
