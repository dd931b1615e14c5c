// Keeps what the gateway tells of changes and refusals: each record once, however often it comes.
import { type AuditRecord, auditRecord } from '@constellation/platform/events/audit-record.ts'
import { STREAMS, SUBJECTS } from '@constellation/platform/events/subjects.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { startConsumer } from '@constellation/platform/nats/consume.ts'
import { decode, type NatsLink } from '@constellation/platform/nats/nats.ts'
import type { Pool } from 'pg'
import { insertAuditRecords } from '../sql/audit-log.ts'

/** Stores what comes until stopped. */
export function startAuditStore({ pool, nats, log }: { pool: Pool; nats: NatsLink; log: Logger }) {
  return startConsumer({
    nats,
    log,
    stream: STREAMS.AUDIT.name,
    durable: 'jobs-audit',
    subject: SUBJECTS.audit,
    async handle(messages) {
      const records = messages.flatMap(({ data }) => read(data, log) ?? [])
      if (records.length > 0) await insertAuditRecords(pool, records)
    },
  })
}

/** Null for what is no record, as it never will be one. */
function read(data: Uint8Array, log: Logger): AuditRecord | null {
  const decoded = decode(auditRecord, data)
  if ('value' in decoded) return decoded.value
  log.error({ fault: decoded.fault }, 'a record of the audit log was left out')
  return null
}
