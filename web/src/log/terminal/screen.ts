// The lines of a terminal and its cursor.
import { emptyLine, type Line, type Segment } from './line.ts'
import { PLAIN, type TextStyle } from './style.ts'

/** What of a line is kept, in characters. */
export const LONGEST_LINE = 10_000

export interface Terminal {
  /** The last one may be unfinished. */
  readonly lines: Line[]
  /** How many characters they hold. */
  characters: number
  /** How many line feeds were written, over the whole log. */
  feeds: number
  row: number
  column: number
  /** How many rows were put before the first one, as the cursor went to lines that were written before that. */
  above: number
  /** The row that counts as the first of the screen, where a program has asked for one. */
  top: number | undefined
  style: TextStyle
  /** The beginning of an escape sequence whose end has not come. */
  unfinished: string
}

/** An empty terminal for output that begins with line `firstLine`. */
export function createTerminal(firstLine = 0): Terminal {
  return {
    lines: [emptyLine(firstLine)],
    characters: 0,
    feeds: firstLine,
    row: 0,
    column: 0,
    above: 0,
    top: undefined,
    style: PLAIN,
    unfinished: '',
  }
}

/** Moves the cursor to the beginning of the next line. */
export function newLine(terminal: Terminal): void {
  terminal.column = 0
  terminal.row++
  terminal.feeds++
  if (terminal.row === terminal.lines.length) terminal.lines.push(emptyLine(terminal.feeds))
}

/** Moves the cursor up, to lines before the first one too where the log has some, as on a screen of so many rows. */
export function moveUp(terminal: Terminal, count: number, rows: number): void {
  const top = terminal.lines.length - rows
  const wanted = Math.max(top, terminal.row - count)
  const first = terminal.lines[0]?.number ?? 0
  for (let number = first - 1; number >= Math.max(0, first + wanted); number--) {
    terminal.lines.unshift(emptyLine(number))
    terminal.above++
  }
  terminal.row = Math.max(0, wanted)
}

/** Forgets all lines, and goes on in a first one of the present number. */
export function beginHere(terminal: Terminal): void {
  terminal.lines.splice(0, terminal.lines.length, emptyLine(terminal.feeds))
  Object.assign(terminal, { characters: 0, row: 0, column: 0, above: 0, top: undefined })
}

/** Begins a new line behind all others unless the last one is empty. */
export function beginLine(terminal: Terminal): void {
  terminal.row = terminal.lines.length - 1
  if (terminal.lines[terminal.row]?.width !== 0) newLine(terminal)
  terminal.column = 0
}

/** Replaces what stands in a row. */
export function edit(
  terminal: Terminal,
  row: number,
  segments: readonly Segment[],
  line: Omit<Line, 'segments'>,
): void {
  terminal.characters += line.width - (terminal.lines[row]?.width ?? 0)
  const { number, at, width, cut } = line
  terminal.lines[row] = { number, at, width, segments, cut }
}
