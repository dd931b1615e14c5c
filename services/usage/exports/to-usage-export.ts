// A row of `exports` as the graph shows it.
import type { UsageExport } from '../generated/resolvers.ts'
import { firstInstant } from '../lake/retire.ts'
import type { ExportRow } from './export-row.ts'
import type { SignLink } from './sign-link.ts'

const number = (text: string | null) => (text === null ? null : Number(text))

/** With a link that was signed now, once there is a file. */
export function toUsageExport(row: ExportRow, sign: SignLink): UsageExport {
  const { id, format, requestedBy, question, state, progress, sha256, problem, createdAt, finishedAt, expiresAt } = row
  const link = state === 'DONE' && expiresAt ? sign(id, expiresAt) : null
  return {
    id,
    format,
    requestedBy,
    from: question.from,
    to: question.to,
    state,
    progress,
    rows: number(row.rows),
    bytes: number(row.bytes),
    sha256,
    problem,
    completeFrom: firstInstant(row.completeFrom),
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
    link: link?.path ?? null,
    linkExpiresAt: link?.expiresAt.toISOString() ?? null,
  }
}
