// The forms that a file of the ledger may have.
import type { UsageExportFormat } from '../generated/resolvers.ts'

interface Form {
  /** Who writes it: DuckDB, or Arrow's own writer. */
  writer: 'parquet' | 'csv' | 'arrow'
  /** Whether its rows are charges, in place of slices. */
  isFocus: boolean
  extension: string
  type: string
}

export const FORMS: Readonly<Record<UsageExportFormat, Form>> = {
  PARQUET: { writer: 'parquet', isFocus: false, extension: 'parquet', type: 'application/vnd.apache.parquet' },
  CSV: { writer: 'csv', isFocus: false, extension: 'csv', type: 'text/csv; charset=utf-8' },
  ARROW: { writer: 'arrow', isFocus: false, extension: 'arrow', type: 'application/vnd.apache.arrow.file' },
  FOCUS: { writer: 'csv', isFocus: true, extension: 'csv', type: 'text/csv; charset=utf-8' },
  FOCUS_PARQUET: { writer: 'parquet', isFocus: true, extension: 'parquet', type: 'application/vnd.apache.parquet' },
}
