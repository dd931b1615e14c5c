// The statements on log_chunks.
import { query } from '@constellation/platform/database/database.ts'
import type { LogRecord } from '@constellation/platform/events/log-record.ts'
import type { Pool, PoolClient } from 'pg'
import type { Run } from '../entities.ts'

export interface StoredChunk {
  runId: string
  seq: number
  at: Date
  stream: LogRecord['stream']
  text: string
  firstLine: number
  end: boolean
}

/**
 * Stores records that come from the worker and the epoch of their run, and that belong to the log; the
 * others are left out, and so are those that are there already. Returns the stored ones, in order.
 */
export async function insertChunks<Sent extends LogRecord & { workerId: string }>(
  pool: Pool,
  records: readonly Sent[],
): Promise<Sent[]> {
  const rows = await query<{ n: number }>(
    pool,
    'insert-chunks',
    `WITH own AS (
       SELECT DISTINCT ON (c."runId", c.seq) c.*
       FROM jsonb_to_recordset($1) AS c (n integer, "runId" uuid, epoch integer, "workerId" text, seq integer, at timestamptz,
                                         stream text, text text, "firstLine" integer, "end" boolean)
       JOIN runs r ON r.id = c."runId" AND r.lease_epoch = c.epoch AND r.worker_id = c."workerId"
         AND (r.log_chunks IS NULL OR c.seq < r.log_chunks) AND r.log_expired_at IS NULL
       ORDER BY c."runId", c.seq, n
     ), stored AS (
       INSERT INTO log_chunks (run_id, seq, at, stream, text, first_line, is_end)
       SELECT "runId", seq, at, stream, text, "firstLine", "end" FROM own
       ON CONFLICT DO NOTHING
       RETURNING run_id, seq
     )
     SELECT n FROM own JOIN stored s ON s.run_id = own."runId" AND s.seq = own.seq ORDER BY n`,
    [JSON.stringify(records.map((record, n) => ({ ...record, n })))],
  )
  return rows.flatMap(({ n }) => records[n] ?? [])
}

/** The chunks of a run's log after `after`, in order, at most `first`. */
export async function readChunks(
  client: Pool | PoolClient,
  runId: string,
  after: number,
  first: number,
): Promise<StoredChunk[]> {
  return query(
    client,
    'read-chunks',
    `SELECT run_id AS "runId", seq, at, stream, text, first_line AS "firstLine", is_end AS "end"
     FROM log_chunks WHERE run_id = $1 AND seq > $2 ORDER BY seq LIMIT $3`,
    [runId, after, first],
  )
}

/**
 * The `seq` of the chunk that holds the beginning of a line, from 0; of the last chunk where the line is not written
 * yet, and -1 where nothing is. Lines grow with `seq`, so that halving finds it in a log of any length by the primary
 * key alone.
 */
export async function chunkOfLine(client: Pool | PoolClient, runId: string, line: number): Promise<number> {
  const [found] = await query<{ seq: number | null }>(
    client,
    'chunk-of-line',
    // low is a chunk that begins before the line does, and everything behind high begins after that.
    `WITH RECURSIVE search (low, high) AS (
       SELECT -1, (SELECT max(seq) FROM log_chunks WHERE run_id = $1)
       UNION ALL
       SELECT CASE WHEN c.first_line < $2 THEN c.seq ELSE s.low END,
              CASE WHEN c.first_line < $2 THEN s.high ELSE s.middle - 1 END
       FROM (SELECT low, high, (low + high + 1) / 2 AS middle FROM search WHERE low < high) s
       LEFT JOIN LATERAL (
         SELECT seq, first_line FROM log_chunks WHERE run_id = $1 AND seq BETWEEN s.middle AND s.high ORDER BY seq LIMIT 1
       ) c ON true
     ), before AS (SELECT max(low) AS seq FROM search)
     -- A chunk that ends with the newline before the line leaves it to the next one.
     SELECT CASE WHEN c.seq IS NULL OR (next.first_line = $2 AND right(c.text, 1) = E'\\n')
       THEN next.seq ELSE c.seq END AS seq
     FROM before
     LEFT JOIN log_chunks c ON c.run_id = $1 AND c.seq = before.seq
     LEFT JOIN LATERAL (
       SELECT seq, first_line FROM log_chunks WHERE run_id = $1 AND seq > before.seq ORDER BY seq LIMIT 1
     ) next ON true`,
    [runId, line],
  )
  return found?.seq ?? -1
}

/**
 * Ends the log of a run that its worker can no longer end: a sentence, and the end. Returns the records
 * added, and how many chunks the log has then.
 */
export async function closeLog(
  client: PoolClient,
  run: Pick<Run, 'id' | 'leaseEpoch'>,
  sentence: string,
): Promise<{ records: LogRecord[]; logChunks: number }> {
  const [last] = await query<{ seq: number; end: boolean; nextLine: number }>(
    client,
    'last-chunk',
    `SELECT seq, is_end AS "end", first_line + length(text) - length(replace(text, E'\\n', '')) AS "nextLine"
     FROM log_chunks WHERE run_id = $1 ORDER BY seq DESC LIMIT 1`,
    [run.id],
  )
  if (last?.end) return { records: [], logChunks: last.seq + 1 }
  const seq = (last?.seq ?? -1) + 1
  const firstLine = last?.nextLine ?? 0
  const common = { runId: run.id, epoch: run.leaseEpoch, at: new Date().toISOString(), stream: 'system' } as const
  const records: LogRecord[] = [
    { ...common, seq, text: `${sentence}\n`, firstLine, end: false },
    { ...common, seq: seq + 1, text: '', firstLine: firstLine + 1, end: true },
  ]
  await query(
    client,
    'close-log',
    `INSERT INTO log_chunks (run_id, seq, at, stream, text, first_line, is_end)
     SELECT "runId", seq, at, stream, text, "firstLine", "end"
     FROM jsonb_to_recordset($1) AS c ("runId" uuid, seq integer, at timestamptz, stream text, text text,
                                       "firstLine" integer, "end" boolean)`,
    [JSON.stringify(records)],
  )
  return { records, logChunks: seq + 2 }
}
