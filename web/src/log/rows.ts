// The rows that are drawn: a line, or the part of one that stands in a row.
import type { Ranges } from './find/pattern.ts'
import { type Line, part, type Segment } from './terminal/line.ts'
import { type Rows, rowsOf } from './wrap.ts'

/** The same part of the same line is the same object, so that what is drawn of it stays. */
export interface Row {
  line: Line
  /** From which to before which character of the line. */
  from: number
  to: number
  isFirst: boolean
  isLast: boolean
}

/** A piece of a row that looks the same throughout. */
export interface Piece extends Segment {
  isMarked: boolean
}

const made = new WeakMap<Line, { columns: number; rows: readonly Row[] }>()

/** The rows from `first` to before `end`. `columns` is infinite where lines do not wrap. */
export function rowsBetween(
  { first, end }: { first: number; end: number },
  rows: Rows,
  lineAt: (index: number) => Line | undefined,
  columns: number,
): Row[] {
  const found: Row[] = []
  for (let index = rows.lineOf(first); rows.rowOf(index) < end; index++) {
    const line = lineAt(index)
    if (!line) break
    const top = rows.rowOf(index)
    found.push(...rowsOfLine(line, columns).filter((_, row) => top + row >= first && top + row < end))
  }
  return found
}

function rowsOfLine(line: Line, columns: number): readonly Row[] {
  const known = made.get(line)
  if (known?.columns === columns) return known.rows
  const starts = rowsOf(line, columns)
  const rows = starts.map((from, index) => {
    const to = starts[index + 1] ?? line.width
    return { line, from, to, isFirst: index === 0, isLast: index === starts.length - 1 }
  })
  made.set(line, { columns, rows })
  return rows
}

/** A row's pieces, those within `ranges` of the line marked. */
export function piecesOf({ line, from, to }: Row, ranges: Ranges = []): Piece[] {
  const places = [from, ...ranges.filter((place) => place > from && place < to), to]
  return places.slice(0, -1).flatMap((start, index) => {
    const isMarked = ranges.some(
      (place, which) => which % 2 === 0 && place <= start && (ranges[which + 1] ?? 0) > start,
    )
    return part(line.segments, start, places[index + 1] ?? to).map((segment) => ({ ...segment, isMarked }))
  })
}
