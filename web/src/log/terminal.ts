// A run's output as a terminal would show it: carriage returns and a moving cursor overwrite, colours colour.
import type { LogStream } from '../generated/documents.ts'
import { PLAIN, restyle, type TextStyle } from './style.ts'

interface Segment {
  readonly text: string
  readonly style: TextStyle
  readonly stream: LogStream
}

/** A line is replaced, never changed, so that the same object means the same line. */
export interface Line {
  /** From 0, counted over the whole log. */
  readonly number: number
  readonly segments: readonly Segment[]
}

export interface Terminal {
  /** The last lines, at most `keep` and a little. The last one may be unfinished. */
  readonly lines: Line[]
  /** How many lines before them were let go. */
  dropped: number
  readonly keep: number
  row: number
  column: number
  style: TextStyle
  /** The beginning of an escape sequence whose end has not come. */
  unfinished: string
}

/** What a program can write on one line before the rest of the line is left out, in characters. */
const LONGEST_LINE = 20_000

/** How far up the cursor goes, as in a screen of that many lines. */
const SCREEN_ROWS = 200

/** An escape sequence, a control character, or text up to the next of either. */
const TOKENS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
  /\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]*[^[\] -/]|[\x00-\x1a\x1c-\x1f\x7f]|[^\x00-\x1f\x7f]+|\x1b/g

// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with a control character
const UNFINISHED = /\x1b(?:[ -/]*|\[[0-?]*[ -/]*|\][^\x07\x1b]{0,4096}\x1b?)?$/

/** An empty terminal that keeps about `keep` lines; the first one has the number `firstLine`. */
export function createTerminal(keep: number, firstLine = 0): Terminal {
  return {
    lines: [{ number: firstLine, segments: [] }],
    dropped: firstLine,
    keep,
    row: 0,
    column: 0,
    style: PLAIN,
    unfinished: '',
  }
}

/** Writes a chunk, which may begin and end anywhere, even within an escape sequence. */
export function write(terminal: Terminal, chunk: string, stream: LogStream): void {
  let text = terminal.unfinished + chunk
  terminal.unfinished = UNFINISHED.exec(text)?.[0] ?? ''
  if (terminal.unfinished) text = text.slice(0, -terminal.unfinished.length)
  for (const [token] of text.matchAll(TOKENS)) {
    if (token >= ' ' && token !== '\x7f') put(terminal, token, stream)
    else if (token.startsWith('\x1b')) obey(terminal, token)
    else control(terminal, token, stream)
  }
  letGo(terminal)
}

/** True where nothing was written at all. */
export function isEmpty(terminal: Terminal): boolean {
  return terminal.lines.length === 1 && terminal.lines[0]?.segments.length === 0
}

function control(terminal: Terminal, letter: string, stream: LogStream): void {
  if (letter === '\n') newLine(terminal)
  else if (letter === '\r') terminal.column = 0
  else if (letter === '\b') terminal.column = Math.max(0, terminal.column - 1)
  else if (letter === '\t') put(terminal, ' '.repeat(8 - (terminal.column % 8)), stream)
}

function newLine(terminal: Terminal): void {
  terminal.column = 0
  terminal.row++
  if (terminal.row < terminal.lines.length) return
  terminal.lines.push({ number: (terminal.lines.at(-1)?.number ?? -1) + 1, segments: [] })
}

/** Writes text at the cursor, over what stands there. */
function put(terminal: Terminal, text: string, stream: LogStream): void {
  const fitting = text.slice(0, Math.max(0, LONGEST_LINE - terminal.column))
  if (fitting === '') return
  edit(terminal, (segments) => {
    const { column, style } = terminal
    const width = widthOf(segments)
    const gap = column > width ? [{ text: ' '.repeat(column - width), style: PLAIN, stream }] : []
    const before = column >= width ? segments : cut(segments, 0, column)
    const after = column + fitting.length >= width ? [] : cut(segments, column + fitting.length, width)
    return join([...before, ...gap, { text: fitting, style, stream }, ...after])
  })
  terminal.column += fitting.length
}

/** The escape sequences that move, erase or colour; the others are left out. */
function obey(terminal: Terminal, sequence: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with a control character
  const [, given = '', command] = /^\x1b\[([\d;:]*)([A-Za-z])$/.exec(sequence) ?? []
  if (command === undefined) return
  const parameters = given.split(/[;:]/).map(Number)
  const count = Math.max(1, parameters[0] ?? 1)
  switch (command) {
    case 'm':
      terminal.style = restyle(terminal.style, parameters)
      break
    case 'A':
      terminal.row = Math.max(0, terminal.lines.length - SCREEN_ROWS, terminal.row - count)
      break
    case 'B':
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
    case 'K':
      edit(terminal, (segments) => erase(segments, parameters[0] ?? 0, terminal.column))
      break
  }
}

/** 0: from the cursor on, 1: up to it, 2: all of the line. */
function erase(segments: readonly Segment[], what: number, column: number): readonly Segment[] {
  if (what === 2) return []
  if (what === 0) return cut(segments, 0, column)
  const width = Math.min(column + 1, widthOf(segments))
  return [{ text: ' '.repeat(width), style: PLAIN, stream: 'STDOUT' }, ...cut(segments, width, widthOf(segments))]
}

function edit(terminal: Terminal, change: (segments: readonly Segment[]) => readonly Segment[]): void {
  const line = terminal.lines[terminal.row]
  if (line) terminal.lines[terminal.row] = { number: line.number, segments: change(line.segments) }
}

/** Lets go of the oldest lines, many at a time, since each time moves all others. */
function letGo(terminal: Terminal): void {
  const excess = terminal.lines.length - terminal.keep
  if (excess < Math.max(1, terminal.keep / 10)) return
  terminal.lines.splice(0, excess)
  terminal.dropped += excess
  terminal.row = Math.max(0, terminal.row - excess)
}

function widthOf(segments: readonly Segment[]): number {
  return segments.reduce((width, segment) => width + segment.text.length, 0)
}

/** The part of a line from column `from` to before column `to`. */
function cut(segments: readonly Segment[], from: number, to: number): Segment[] {
  const parts: Segment[] = []
  let column = 0
  for (const segment of segments) {
    const text = segment.text.slice(Math.max(0, from - column), Math.max(0, to - column))
    if (text !== '') parts.push(text === segment.text ? segment : { ...segment, text })
    column += segment.text.length
  }
  return parts
}

/** Neighbours that look the same, as one. */
function join(segments: readonly Segment[]): readonly Segment[] {
  const joined: Segment[] = []
  for (const segment of segments) {
    const last = joined.at(-1)
    if (last && last.style === segment.style && last.stream === segment.stream)
      joined[joined.length - 1] = { ...last, text: last.text + segment.text }
    else joined.push(segment)
  }
  return joined
}
