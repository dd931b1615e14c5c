// Where lines wrap. The page breaks them itself, at a column as a terminal does: every row is as high as any other.
import { type Line, textOf } from './terminal/line.ts'

/** The rows that lines take up, one below the other. */
export interface Rows {
  count: number
  /** The first row of a line. */
  rowOf: (index: number) => number
  /** The line that a row belongs to. */
  lineOf: (row: number) => number
}

/** Rows of lines that do not wrap. */
export function unwrapped(count: number): Rows {
  return { count, rowOf: (index) => index, lineOf: (row) => row }
}

/** Rows of `count` lines on a screen of so many columns. */
export function wrapped(count: number, lineAt: (index: number) => Line | undefined, columns: number): Rows {
  const starts = new Int32Array(count + 1)
  for (let index = 0; index < count; index++) {
    const line = lineAt(index)
    starts[index + 1] = (starts[index] ?? 0) + (line ? rowsOf(line, columns).length : 1)
  }
  return {
    count: starts[count] ?? 0,
    rowOf: (index) => starts[index] ?? 0,
    lineOf: (row) => lastAtMost(starts, row),
  }
}

const ONE_ROW: readonly number[] = [0]
const computed = new WeakMap<Line, { columns: number; starts: readonly number[] }>()

/** Where the rows of a line begin, as places in its text. */
export function rowsOf(line: Line, columns: number): readonly number[] {
  // No character is wider than two columns.
  if (line.width * 2 <= columns) return ONE_ROW
  const known = computed.get(line)
  if (known?.columns === columns) return known.starts
  const starts = breaks(textOf(line), columns)
  computed.set(line, { columns, starts })
  return starts
}

function breaks(text: string, columns: number): readonly number[] {
  if (/^[\x20-\x7e]*$/.test(text)) {
    return Array.from({ length: Math.max(1, Math.ceil(text.length / columns)) }, (_, row) => row * columns)
  }
  const starts = [0]
  let [place, column] = [0, 0]
  for (const character of text) {
    const width = columnsOf(character)
    if (column + width > columns) {
      starts.push(place)
      column = 0
    }
    column += width
    place += character.length
  }
  return starts
}

/** Marks and joiners stand on the letter before them; what is drawn in a square takes two columns. */
function columnsOf(character: string): number {
  if (/[\p{M}\p{Cf}]/u.test(character)) return 0
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
    character,
  )
    ? 2
    : 1
}

function lastAtMost(starts: Int32Array, row: number): number {
  let low = 0
  let high = Math.max(0, starts.length - 2)
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((starts[middle] ?? 0) <= row) low = middle
    else high = middle - 1
  }
  return low
}
