// A row of `exports`, as it is read.
import type { UsageExportFormat, UsageExportState } from '../generated/resolvers.ts'
import type { Asked } from '../report/asked.ts'

/** What was asked for. Whose runs whoever asked might see is what it was then. */
export interface ExportWanted extends Pick<Asked, 'range' | 'filter' | 'sees'> {
  /** As they were given, for whoever looks. */
  from: string | null
  to: string | null
  /** Whether capacity that nobody held is among the charges. */
  withIdle: boolean
}

export interface ExportRow {
  id: string
  requestedBy: string
  format: UsageExportFormat
  question: ExportWanted
  state: UsageExportState
  progress: number
  claim: string | null
  rows: string | null
  bytes: string | null
  sha256: string | null
  problem: string | null
  /** A day of UTC. */
  completeFrom: string | null
  createdAt: Date
  finishedAt: Date | null
  expiresAt: Date | null
}

export const EXPORT = `id, requested_by AS "requestedBy", format, question, state, progress, claim, rows, bytes, sha256,
  problem, complete_from::text AS "completeFrom", created_at AS "createdAt", finished_at AS "finishedAt", expires_at AS "expiresAt"`

/** How long it is kept once it has ended. */
export const KEPT = `interval '24 hours'`
