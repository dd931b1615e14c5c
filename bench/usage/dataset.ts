// A ledger of synthetic runs, and the lake that follows it.
import { rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { makeTestHome, removeTestHome } from '@constellation/local/testing/test-home.ts'
import { openDatabase } from '@constellation/platform/database/database.ts'
import { createLogger } from '@constellation/platform/log.ts'
import { compactOne } from '@constellation/usage/lake/compact.ts'
import { openDuckDB } from '@constellation/usage/lake/duckdb.ts'
import { fill } from '@constellation/usage/lake/fill.ts'
import { readManifest } from '@constellation/usage/lake/manifest.ts'
import { MEMORY_MB } from '@constellation/usage/lake/start-lake.ts'
import type { Pool } from 'pg'
import { cpuUsed } from '../queue/cpu.ts'
import { startServer } from '../queue/server.ts'
import { loadRuns } from './synthetic/load.ts'

/** For a machine with 16 GB that does little else: what PostgreSQL answers with is not to be held back. */
const SETTINGS = {
  shared_buffers: `'2GB'`,
  effective_cache_size: `'10GB'`,
  work_mem: `'256MB'`,
  max_wal_size: `'2GB'`,
  random_page_cost: '1.1',
}

export interface Dataset {
  runs: number
  /** Of PostgreSQL. */
  pid: number
  /** As the usage service sees the database. */
  url: string
  pool: Pool
  /** The lake's directory; empty until it was filled. */
  directory: string
}

/** What a run takes on the disk, with its slices and their indexes, in bytes. */
const BYTES_A_RUN = 1_250

/**
 * A PostgreSQL of its own with so many runs, which is gone when `holdings` are released.
 * @throws Error where there is no room for it
 */
export async function openDataset(
  runs: number,
  holdings: AsyncDisposableStack,
  say: (line: string) => void,
): Promise<Dataset> {
  await checkRoom(runs)
  const home = await makeTestHome()
  holdings.defer(() => removeTestHome(home))
  const server = await startServer()
  holdings.defer(() => server.close())
  await server.restartWith(SETTINGS)
  const { adminUrl, urls } = await server.migrated('usage')
  await loadRuns(adminUrl, runs, say)
  const { pool, orm } = await openDatabase(urls.usage, { schema: 'usage', entities: [], log })
  holdings.defer(() => orm.close(true))
  return { runs, pid: server.pid, url: urls.usage, pool, directory: path.join(home, 'lake') }
}

async function checkRoom(runs: number): Promise<void> {
  const { bavail, bsize } = await statfs(tmpdir())
  const gigabytes = (bytes: number) => Math.ceil(bytes / 1e9)
  if (bavail * bsize > runs * BYTES_A_RUN) return
  const needs = `${gigabytes(runs * BYTES_A_RUN)} GB in ${tmpdir()}`
  throw new Error(`${runs} runs need ${needs}, and there are ${gigabytes(bavail * bsize)} GB.`)
}

export const log = createLogger('bench', 'warn')

export interface Filled {
  fillMs: number
  /** Processor time of the filling. */
  postgresMs: number
  serviceMs: number
  compactMs: number
  slices: number
  bytes: number
  files: number
}

/** Fills an empty lake from the ledger with the means that the service has, and puts its files together. */
export async function fillLake({ directory, pool, pid }: Dataset): Promise<Filled> {
  await rm(directory, { recursive: true, force: true })
  const duckdb = await openDuckDB(directory, { memoryMb: MEMORY_MB.write, threads: 1 })
  try {
    const lake = { directory, pool, duckdb }
    const began = performance.now()
    const before = cpuUsed(pid)
    await fill(lake)
    const filled = performance.now()
    const after = cpuUsed(pid)
    while (await compactOne(lake));
    const compacted = performance.now()
    const { files } = await readManifest(directory)
    const total = (column: 'rows' | 'bytes') => files.reduce((sum, file) => sum + file[column], 0)
    const used = { postgresMs: after.serverMs - before.serverMs, serviceMs: after.clientMs - before.clientMs }
    const times = { fillMs: filled - began, compactMs: compacted - filled }
    return { ...used, ...times, slices: total('rows'), bytes: total('bytes'), files: files.length }
  } finally {
    duckdb.closeSync()
  }
}
