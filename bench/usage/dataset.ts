// A ledger of synthetic runs, and the lake that follows it.
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { makeTestHome, removeTestHome } from '@constellation/local/test-home.ts'
import { openDatabase } from '@constellation/platform/database.ts'
import { createLogger } from '@constellation/platform/log.ts'
import { compactOne } from '@constellation/usage/lake/compact.ts'
import { openDuckDB } from '@constellation/usage/lake/duckdb.ts'
import { fill } from '@constellation/usage/lake/fill.ts'
import { readManifest } from '@constellation/usage/lake/manifest.ts'
import type { Pool } from 'pg'
import { cpuUsed } from '../queue/cpu.ts'
import { startServer } from '../queue/server.ts'
import { loadRuns } from './synthetic/load.ts'

/** For a machine with 16 GB that does little else: what PostgreSQL answers with is not to be held back. */
const SETTINGS = {
  shared_buffers: `'2GB'`,
  effective_cache_size: `'10GB'`,
  work_mem: `'256MB'`,
  max_wal_size: `'8GB'`,
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
  close(): Promise<void>
}

/** A PostgreSQL of its own with so many runs. */
export async function openDataset(runs: number, say: (line: string) => void): Promise<Dataset> {
  const home = await makeTestHome()
  const server = await startServer()
  const close = async () => {
    await server.close()
    await removeTestHome(home)
  }
  try {
    await server.restartWith(SETTINGS)
    const { adminUrl, urls } = await server.migrated('usage')
    await loadRuns(adminUrl, runs, say)
    const { pool, orm } = await openDatabase(urls.usage, { schema: 'usage', entities: [], log })
    return {
      runs,
      pid: server.pid,
      url: urls.usage,
      pool,
      directory: path.join(home, 'lake'),
      async close() {
        await orm.close(true)
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
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
  const duckdb = await openDuckDB(directory, { memoryMb: 256, threads: 1 })
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
