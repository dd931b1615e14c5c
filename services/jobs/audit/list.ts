// The audit log by pages, the newest first. Who may read it, the rules say.
import { instant } from '@constellation/platform/events/event.ts'
import { pageOf, readCursor, rowsFor } from '@constellation/platform/pages.ts'
import * as v from 'valibot'
import type { Context } from '../context.ts'
import type { AuditFilter, AuditOutcome, AuditVia } from '../generated/resolvers.ts'
import { type AuditQuestion, type AuditRow, readAuditRecords } from '../sql/audit-log.ts'

const MOST = 500

const OUTCOMES: Readonly<Record<AuditOutcome, AuditRow['outcome']>> = {
  DONE: 'done',
  REFUSED: 'refused',
  FAILED: 'failed',
}
const OUTCOME_NAMES: Readonly<Record<AuditRow['outcome'], AuditOutcome>> = {
  done: 'DONE',
  refused: 'REFUSED',
  failed: 'FAILED',
}
const VIA_NAMES: Readonly<Record<AuditRow['via'], AuditVia>> = { http: 'HTTP', socket: 'SOCKET', rest: 'REST' }

/**
 * One page of at most `first` records after the cursor of the page before.
 * @throws ConstellationError BAD_USER_INPUT for a page or a cursor that cannot be
 */
export async function listAuditLog(
  { read }: Pick<Context, 'read'>,
  filter: AuditFilter | null | undefined,
  first: number,
  after: string | null | undefined,
) {
  const limit = rowsFor(first, MOST)
  const question = { ...wantedBy(filter ?? {}), after: after == null ? null : readCursor(cursor, after), limit }
  // No stored text holds a NUL, and PostgreSQL refuses to compare with one.
  const impossible = question.who?.includes('\0') || question.action?.includes('\0')
  const { nodes, pageInfo } = pageOf(
    impossible ? [] : await read((client) => readAuditRecords(client, question)),
    first,
    (row) => [row.at.toISOString(), row.id],
  )
  return { nodes: nodes.map(toRecord), pageInfo }
}

const cursor = v.tuple([instant, v.pipe(v.string(), v.uuid())])

function wantedBy({ who, action, outcome, from, to }: AuditFilter): Omit<AuditQuestion, 'after' | 'limit'> {
  return {
    who: who ?? null,
    action: action ?? null,
    outcome: outcome ? OUTCOMES[outcome] : null,
    from: from ?? null,
    to: to ?? null,
  }
}

function toRecord(row: AuditRow) {
  return { ...row, at: row.at.toISOString(), via: VIA_NAMES[row.via], outcome: OUTCOME_NAMES[row.outcome] }
}
