// Tables that fit the terminal. Pure.
import stringWidth from 'string-width'
import { fit, plain } from './text.ts'

export interface Column<Row> {
  title: string
  cell(row: Row): string
  align?: 'right'
  /** Where there is too little room, it is cut down to so many columns. */
  least?: number
  /** Where even the least is too wide, columns with a number go, the highest first. */
  givesWay?: number
  /** Colours what is already fitted. */
  paint?(text: string, row: Row): string
}

const GAP = '  '

/** The lines of a table, its titles first. `width` is null where nothing is to be cut. */
export function tableLines<Row>(all: readonly Column<Row>[], rows: readonly Row[], width: number | null): string[] {
  const columns = width === null ? all : kept(all, rows, width)
  const cells = rows.map((row) => columns.map(({ cell }) => plain(cell(row))))
  const wanted = columns.map((column) => widthOf(column, rows))
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

function widthOf<Row>({ title, cell }: Column<Row>, rows: readonly Row[]): number {
  return rows.reduce((most, row) => Math.max(most, stringWidth(plain(cell(row)))), stringWidth(title))
}

/** Without those that give way, one by one, until the others fit when they are cut as far as they may be. */
function kept<Row>(columns: readonly Column<Row>[], rows: readonly Row[], width: number): readonly Column<Row>[] {
  const least = columns.reduce(
    (sum, column) => sum + GAP.length + Math.min(widthOf(column, rows), column.least ?? Number.POSITIVE_INFINITY),
    -GAP.length,
  )
  const [first] = columns.filter(({ givesWay }) => givesWay).toSorted((a, b) => (b.givesWay ?? 0) - (a.givesWay ?? 0))
  return least <= width || !first
    ? columns
    : kept(
        columns.filter((column) => column !== first),
        rows,
        width,
      )
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
