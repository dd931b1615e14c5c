// The statements on audit_log, to which rows are only added.

import { query } from '@constellation/platform/database/database.ts'
import type { AuditRecord } from '@constellation/platform/events/audit-record.ts'
import type { Pool, PoolClient } from 'pg'

/** Those that are there already are left out. */
export async function insertAuditRecords(pool: Pool, records: readonly AuditRecord[]): Promise<void> {
  await query(
    pool,
    'insert-audit-records',
    `INSERT INTO audit_log (id, at, who, role, address, via, action, targets, arguments, outcome, error, request_id, count)
     SELECT id, at, who, role, address, via, action, targets, arguments, outcome, error, "requestId", count
     FROM jsonb_to_recordset($1) AS r (id uuid, at timestamptz, who text, role text, address text, via text, action text,
                                       targets text[], arguments jsonb, outcome text, error text, "requestId" text,
                                       count integer)
     ON CONFLICT DO NOTHING`,
    // PostgreSQL stores neither a NUL nor half a character.
    [
      JSON.stringify(records)
        .replaceAll('\\u0000', '\\ufffd')
        .replace(/\\ud[89a-f][0-9a-f]{2}/gi, '\\ufffd'),
    ],
  )
}

export interface AuditRow extends Omit<AuditRecord, 'at' | 'arguments'> {
  at: Date
  arguments: string
}

/** Which records are wanted; null is any. Those from `from` on and before `to`, and behind those of a page before. */
export interface AuditQuestion {
  who: string | null
  action: string | null
  outcome: AuditRecord['outcome'] | null
  from: string | null
  to: string | null
  after: readonly [at: string, id: string] | null
  limit: number
}

/** The newest first. */
export async function readAuditRecords(client: Pool | PoolClient, wanted: AuditQuestion): Promise<AuditRow[]> {
  const { who, action, outcome, from, to, after, limit } = wanted
  const asked = [
    { sql: 'who = ?', values: [who] },
    { sql: 'action = ?', values: [action] },
    { sql: 'outcome = ?', values: [outcome] },
    { sql: 'at >= ?', values: [from] },
    { sql: 'at < ?', values: [to] },
    { sql: '(at, id) < (?, ?)', values: after ?? [null] },
  ].filter(({ values }) => values[0] !== null)
  let count = 0
  const where = asked.map(({ sql }) => sql.replace(/\?/g, () => `$${++count}`)).join(' AND ')
  return query<AuditRow>(
    client,
    // Planned anew each time: what is wanted decides which index tells.
    null,
    `SELECT id, at, who, role, address, via, action, targets, arguments::text, outcome, error, request_id AS "requestId",
            count
     FROM audit_log WHERE ${where || 'true'} ORDER BY at DESC, id DESC LIMIT $${++count}`,
    [...asked.flatMap(({ values }) => values), limit],
  )
}
