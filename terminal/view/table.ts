// Tables that fit the terminal. Pure.
import stringWidth from 'string-width'
import { fit, plain } from './text.ts'

export interface Column<Row> {
  title: string
  cell(row: Row): string
  align?: 'right'
  /** Where there is too little room, it is cut down to so many columns. */
  least?: number
  /** Colours what is already fitted. */
  paint?(text: string, row: Row): string
}

const GAP = '  '

/** The lines of a table, its titles first. `width` is null where nothing is to be cut. */
export function tableLines<Row>(columns: readonly Column<Row>[], rows: readonly Row[], width: number | null): string[] {
  const cells = rows.map((row) => columns.map(({ cell }) => plain(cell(row))))
  const wanted = columns.map(({ title }, at) =>
    Math.max(stringWidth(title), ...cells.map((line) => stringWidth(line[at] ?? ''))),
  )
  const widths = width === null ? wanted : shrunk(columns, wanted, width)
  const titles = columns.map(({ title, align }, at) => fit(title, widths[at] ?? 0, align))
  const lines = rows.map((row, line) =>
    columns
      .map(({ align, paint }, at) => {
        const text = fit(cells[line]?.[at] ?? '', widths[at] ?? 0, align)
        return paint ? paint(text, row) : text
      })
      .join(GAP)
      .trimEnd(),
  )
  return [titles.join(GAP).trimEnd(), ...lines]
}

/** Takes columns away from those that may be cut, always of the widest. */
function shrunk<Row>(columns: readonly Column<Row>[], wanted: readonly number[], width: number): number[] {
  const widths = [...wanted]
  const total = () => widths.reduce((sum, each) => sum + each, GAP.length * (widths.length - 1))
  while (total() > width) {
    const [widest] = widths
      .map((each, at) => ({ at, each, room: each - (columns[at]?.least ?? each) }))
      .filter(({ room }) => room > 0)
      .toSorted((a, b) => b.each - a.each)
    if (!widest) break
    widths[widest.at] = widest.each - 1
  }
  return widths
}
