// What escape sequences do: those that move, erase or colour. The others are left out.
import type { LogStream } from '../../generated/documents.ts'
import { part, type Segment, widthOf } from './line.ts'
import { beginLine, edit, LONGEST_LINE, moveUp, type Terminal } from './screen.ts'
import { PLAIN, restyle, type TextStyle } from './style.ts'

/** How far up the cursor goes, as on a screen of that many lines. What is further up never changes again. */
export const SCREEN_ROWS = 200

/** Obeys one whole escape sequence. */
export function obey(terminal: Terminal, sequence: string, stream: LogStream): void {
  const restyled = looks.get(terminal.style)?.get(sequence)
  if (restyled) {
    terminal.style = restyled
    return
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with a control character
  const [, given = '', command] = /^\x1b\[([\d;:]*)([A-Za-z])$/.exec(sequence) ?? []
  if (command === undefined) return
  const parameters = given.split(/[;:]/, 32).map(Number)
  const [first = 0, second = 1] = parameters
  if (command === 'm') terminal.style = remember(terminal.style, sequence, restyle(terminal.style, parameters))
  else if (command === 'K') eraseInLine(terminal, terminal.row, first, stream)
  else if (command === 'J') eraseInScreen(terminal, first, stream)
  else if (command === 'H' || command === 'f') moveTo(terminal, Math.max(1, first), Math.max(1, second))
  else move(terminal, command, Math.max(1, first))
}

/** Looks by the one before and the sequence between, so that the same look is the same object, and soon found. */
let looks = new Map<TextStyle, Map<string, TextStyle>>()
let remembered = 0
const MOST_REMEMBERED = 5000

function remember(before: TextStyle, sequence: string, after: TextStyle): TextStyle {
  if (remembered >= MOST_REMEMBERED) {
    looks = new Map()
    remembered = 0
  }
  remembered++
  const known = looks.get(before)
  if (known) known.set(sequence, after)
  else looks.set(before, new Map([[sequence, after]]))
  return after
}

function move(terminal: Terminal, command: string, count: number): void {
  switch (command) {
    case 'A':
    case 'F':
      moveUp(terminal, count, SCREEN_ROWS)
      break
    case 'B':
    case 'E':
      terminal.row = Math.min(terminal.lines.length - 1, terminal.row + count)
      break
    case 'C':
      terminal.column = Math.min(LONGEST_LINE, terminal.column + count)
      break
    case 'D':
      terminal.column = Math.max(0, terminal.column - count)
      break
    case 'G':
      terminal.column = Math.min(LONGEST_LINE, count - 1)
      break
  }
  if (command === 'E' || command === 'F') terminal.column = 0
}

/** The program does not know the log before it: its screen begins where it first asks for one. */
function moveTo(terminal: Terminal, row: number, column: number): void {
  if (terminal.top === undefined) {
    beginLine(terminal)
    terminal.top = terminal.row
  }
  const top = Math.max(firstRow(terminal), terminal.top)
  terminal.row = Math.min(terminal.lines.length - 1, top + row - 1)
  terminal.column = Math.min(LONGEST_LINE, column - 1)
}

function firstRow({ lines }: Terminal): number {
  return Math.max(0, lines.length - SCREEN_ROWS)
}

/** 0: from the cursor on, 1: up to it, 2: all of the line. */
function eraseInLine(terminal: Terminal, row: number, what: number, stream: LogStream): void {
  const line = terminal.lines[row]
  if (!line) return
  const { segments } = line
  const { column } = terminal
  if (what === 2) edit(terminal, row, [], { ...line, width: 0, cut: 0 })
  else if (what === 1) edit(terminal, row, blanked(segments, column, stream), { ...line, width: line.width })
  else if (what === 0)
    edit(terminal, row, part(segments, 0, column), { ...line, width: Math.min(line.width, column), cut: 0 })
}

function blanked(segments: readonly Segment[], column: number, stream: LogStream): readonly Segment[] {
  const width = Math.min(column + 1, widthOf(segments))
  if (width === 0) return []
  return [{ text: ' '.repeat(width), style: PLAIN, stream }, ...part(segments, width, widthOf(segments))]
}

/** 0: from the cursor on. All of the screen: what stood there stays readable above a new one. */
function eraseInScreen(terminal: Terminal, what: number, stream: LogStream): void {
  if (what === 0) {
    eraseInLine(terminal, terminal.row, 0, stream)
    for (let row = terminal.row + 1; row < terminal.lines.length; row++) eraseInLine(terminal, row, 2, stream)
  } else if (what === 2 || what === 3) {
    beginLine(terminal)
    terminal.top = terminal.row
  }
}
