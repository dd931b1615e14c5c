// What the thread that asks DuckDB is told, and what it answers.

import type { Resolution } from './sums.ts'
import type { Table } from './table.ts'

/** Sums that a question is asked of, those by hour also with what they had come to by its quarters. */
interface OfSums {
  resolution: Resolution
  quarters: boolean
  /** Whether it reads what says that runs start, too. */
  starts: boolean
  /** The days of UTC of which it needs slices too; all of its days where it is left out. */
  slices?: readonly string[]
}

/**
 * A SELECT from `slices`, whose columns are those of `columns.ts`, and where it says so from `sums` and `starts` too, whose
 * columns are those of `sums.ts`.
 */
export interface Question {
  select: string
  sums?: OfSums | undefined
  /** For `$1`, `$2` and so on. */
  values: readonly (string | number | boolean | null)[]
  /** The days of UTC that matter, both included: other files are not opened. */
  days?: { from: string; to: string } | undefined
}

/** Where the rows are: files, within the lake, and the tail. */
export interface Source {
  files: readonly string[]
  /** Files of sums and of starts, and those of the slices that they do not speak of. */
  sums?:
    | (Pick<OfSums, 'resolution' | 'quarters'> & {
        files: readonly string[]
        others: readonly string[]
        starts?: readonly string[] | undefined
      })
    | undefined
  tail: { id: string; csv: string }
}

export type ToThread =
  | { kind: 'ask'; id: number; question: Question; source: Source }
  | { kind: 'cancel'; id: number }
  | { kind: 'stop' }

/** A row as JSON has it: whole numbers above 2^31, decimals and instants are strings. */
export type Row = Readonly<Record<string, string | number | boolean | null>>

export type FromThread =
  | { kind: 'ready' }
  | { kind: 'rows'; id: number; table: Table }
  | { kind: 'failed'; id: number; message: string; cancelled: boolean }
