// The partitions of the roll-ups, one for each day (UTC): made before they are needed, put in order once their day is
// over, dropped when they are kept no longer. Several processes of the service may do so at once.
import { inTransaction, query } from '@constellation/platform/database/database.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { type Regular, regularly } from '@constellation/platform/regularly.ts'
import type { Pool } from 'pg'
import { DAY_MS } from './parts.ts'

const PERIOD_MS = 600_000
/** Nothing comes for a day any more when it has been over for this long, in milliseconds. */
const SETTLED_MS = 3_600_000
/** So many days after today have their partition already. */
const DAYS_AHEAD = 2
/** One makes or drops partitions at a time; a number that nobody else uses for an advisory lock. */
const LOCK = 6_118_402_773

/** A day, such as `2026-11-25`. */
export type Day = string

interface PartitionsOptions {
  pool: Pool
  /** For how many whole days roll-ups are kept; 0 for ever. */
  keepDays: number
  log: Logger
}

/** Tends the partitions at once, and then regularly until stopped. */
export function startPartitions({ pool, keepDays, log }: PartitionsOptions): Regular {
  const tend = async () => {
    const { dropped } = await tendPartitions(pool, keepDays, Date.now())
    if (dropped.length > 0) log.info({ days: dropped }, 'telemetry that is kept no longer was dropped')
  }
  const first = tend().catch((error: unknown) => log.warn({ err: error }, 'could not tend the partitions of telemetry'))
  const regular = regularly(PERIOD_MS, 'tend the partitions of telemetry', log, tend)
  return {
    async stop() {
      await first
      await regular.stop()
    },
  }
}

/** Makes the partitions around `now`, in milliseconds since 1970, drops those whose time is over, and puts the others in order. */
export async function tendPartitions(
  pool: Pool,
  keepDays: number,
  now: number,
): Promise<{ dropped: Day[]; ordered: Day[] }> {
  const days = Array.from({ length: DAYS_AHEAD + 2 }, (_, i) => dayOf(now + (i - 1) * DAY_MS))
  await makePartitions(pool, days)
  const firstKept = keepDays === 0 ? '' : dayOf(now - keepDays * DAY_MS)
  const today = dayOf(now - SETTLED_MS)
  const all = await partitions(pool)
  const old = all.filter(({ day }) => day < firstKept).map(({ day }) => day)
  for (const day of old) await alone(pool, `DROP TABLE IF EXISTS ${tableOf(day)}`)
  const unordered = all.filter(({ day, ordered }) => !ordered && day >= firstKept && day < today).map(({ day }) => day)
  for (const day of unordered) await alone(pool, orderStatement(day))
  return { dropped: old, ordered: unordered }
}

/** Makes those that are missing. */
export async function makePartitions(pool: Pool, days: readonly Day[]): Promise<void> {
  const known = new Set((await partitions(pool)).map(({ day }) => day))
  for (const day of days) {
    if (known.has(day)) continue
    const next = dayOf(Date.parse(day) + DAY_MS)
    await alone(
      pool,
      // Attached afterwards, as making it a partition at once would wait for all that read. A row changes some times
      // before it is complete: with room for that its page is written to, and no index.
      `DO $do$ BEGIN
         IF to_regclass('${tableOf(day)}') IS NULL THEN
           CREATE TABLE ${tableOf(day)} (LIKE gpu_rollups INCLUDING ALL) WITH (fillfactor = 80);
           ALTER TABLE gpu_rollups ATTACH PARTITION ${tableOf(day)}
             FOR VALUES FROM ('${day}T00:00:00Z') TO ('${next}T00:00:00Z');
         END IF;
       END $do$`,
    )
  }
}

/**
 * Rows lie in the order in which they came, all GPUs mixed: who reads one GPU's day reads every page of it. Afterwards
 * they lie by GPU, and the room for changes is given back.
 */
function orderStatement(day: Day): string {
  return `DO $do$ BEGIN
    IF to_regclass('${tableOf(day)}') IS NOT NULL THEN
      ALTER TABLE ${tableOf(day)} SET (fillfactor = 100);
      CLUSTER ${tableOf(day)} USING ${tableOf(day)}_gpu_id_bucket_run_id_key;
    END IF;
  END $do$`
}

/** The day of an instant, in milliseconds since 1970. */
export function dayOf(time: number): Day {
  return new Date(time).toISOString().slice(0, 10)
}

function tableOf(day: Day): string {
  return `gpu_rollups_${day.replaceAll('-', '')}`
}

/** The days that have a partition, and whether it was put in order. */
function partitions(pool: Pool): Promise<{ day: Day; ordered: boolean }[]> {
  return query<{ day: Day; ordered: boolean }>(
    pool,
    'rollup-partitions',
    `SELECT to_char(to_date(right(c.relname, 8), 'YYYYMMDD'), 'YYYY-MM-DD') AS day,
       EXISTS (SELECT FROM pg_index WHERE indrelid = c.oid AND indisclustered) AS ordered
     FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = 'gpu_rollups'::regclass ORDER BY 1`,
  )
}

/** Runs a statement while no other process does so, and gives up soon where it would hold up those who read and write. */
async function alone(pool: Pool, statement: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query(`SET LOCAL lock_timeout = '2s'`)
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK])
    await client.query(statement)
  })
}
