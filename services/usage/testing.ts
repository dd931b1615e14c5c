// For tests: a ledger of its own, and events of runs.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cloneDatabase } from '@constellation/local/testing.ts'
import { openDatabase } from '@constellation/platform/database/database.ts'
import type { Read } from '@constellation/platform/database/read-replica.ts'
import type { JobEvent } from '@constellation/platform/events/job-event.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import { createLogger } from '@constellation/platform/log.ts'
import type { Pool } from 'pg'
import { vi } from 'vitest'
import { createLinks } from './exports/sign-link.ts'
import { startAnalyst } from './lake/ask.ts'
import { openDuckDB } from './lake/duckdb.ts'
import { fill, type Lake } from './lake/fill.ts'

export const admin: Principal = { id: 'root', role: 'admin', accounts: [] }

/** Links to files, signed with a key of tests. */
export const links = createLinks('a secret of tests')

/** What a context needs beside a ledger and its lake, where nobody watches budgets. */
export const forTests = { sign: links.sign, budgets: { tell: async () => {} } }

export interface Ledger {
  pool: Pool
  read: Read
  /** The database's, of a user who reads what all services have. */
  adminUrl: string
  /** The service's own. */
  url: string
  empty(): Promise<void>
  close(): Promise<void>
}

/** An empty ledger in a database of its own. */
export async function openLedger(): Promise<Ledger> {
  const own = await cloneDatabase()
  const { pool, read, close } = await openDatabase(own.urls.usage, {
    schema: 'usage',
    entities: [],
    log: createLogger('test', 'silent'),
  })
  return {
    pool,
    read,
    adminUrl: own.adminUrl,
    url: own.urls.usage,
    async empty() {
      await pool.query(`TRUNCATE runs, run_gpus, slices, hourly, events, prices, closed_periods, stale_days, repricings,
        run_corrections, gpu_facts, worker_facts, exports, budgets, budget_holds CASCADE`)
      await pool.query('UPDATE budget_check SET holds_version = 0, checked_at = to_timestamp(0)')
    },
    async close() {
      await close()
      await own.drop()
    },
  }
}

/**
 * A lake of its own beside the ledger, empty, or one that is there, and whoever answers from it; what was entered is in the
 * next answer.
 */
export async function openLake(pool: Pool, options: { mostBehind?: number; directory?: string } = {}) {
  const { mostBehind, directory = await mkdtemp(join(tmpdir(), 'lake-')) } = options
  const limits = { memoryMb: 128, threads: 2 }
  const duckdb = await openDuckDB(directory, limits)
  const analyst = startAnalyst({ directory, pool, log: createLogger('test', 'silent'), limits, tailMs: 0, mostBehind })
  return {
    lake: { directory, pool, duckdb },
    analyst,
    async close() {
      await analyst.stop()
      duckdb.closeSync()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** Returns when all that was under way in the server is over, also in the databases of other tests: files end there. */
export async function settle(pool: Pool): Promise<void> {
  const { rows } = await pool.query('SELECT pg_current_xact_id()::text AS id')
  const isOver = 'SELECT pg_snapshot_xmin(pg_current_snapshot()) > $1::xid8 AS over'
  await vi.waitFor(
    async () => {
      const [row] = (await pool.query(isOver, [rows[0].id])).rows
      if (!row.over) throw new Error('An earlier transaction is under way.')
    },
    { timeout: 20_000, interval: 20 },
  )
}

/** Fills the lake with all that was entered until now. */
export async function fillNow(lake: Lake) {
  await settle(lake.pool)
  return fill(lake)
}

export const uuid = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`

/** The instant so many seconds after noon of 31 January 2026. */
export const at = (seconds: number) => new Date(Date.UTC(2026, 0, 31, 12) + seconds * 1000).toISOString()

interface RunChanges {
  account?: string
  by?: string
  models?: readonly string[]
  state?: 'completed' | 'failed' | 'cancelled' | 'lost' | 'preempted'
  /** Of which job it is which attempt; by default the first of the `n`th. */
  attempt?: { job: number; number: number }
  utilisation?: number | undefined
  energyJoules?: number
  queuedFor?: number
}

/** The event of run `n`, from second `from` to `to`, on a GPU of each model; GPU `i` of a run is the `i`th there is. */
export function runEvent(n: number, from: number, to: number | null, changes: RunChanges = {}): JobEvent {
  const { account = 'team-a', by = 'alice', models = ['A100'], state = 'completed', queuedFor = 0 } = changes
  const { job, number } = changes.attempt ?? { job: n, number: 1 }
  const ended = to === null ? null : at(to)
  const now = ended === null ? 'running' : state
  // A job whose attempt came to nothing waits for the next.
  const jobState = now === 'lost' || now === 'preempted' ? 'queued' : now
  return {
    id: `jobs-${n}`,
    ts: at(from),
    type: `job.${jobState}`,
    job: {
      id: uuid(job),
      name: 'a job',
      state: jobState,
      version: 1,
      priority: 0,
      account,
      submittedBy: by,
      createdAt: at(from),
      startedAt: at(from),
      finishedAt: ended,
      reason: null,
      cancelRequested: false,
    },
    run: {
      id: uuid(1_000_000 + n),
      attempt: number,
      state: now,
      epoch: 1,
      workerId: 'w',
      queuedAt: at(from - queuedFor),
      startedAt: at(from),
      finishedAt: ended,
      meanUtilisationPercent: changes.utilisation,
      energyJoules: changes.energyJoules,
      gpus: models.map((model, i) => ({ id: uuid(9_000_000 + i), uuid: `GPU-${i}`, model, simulated: true })),
    },
  }
}
