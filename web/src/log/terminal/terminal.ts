// A run's output as a terminal would show it: carriage returns and a moving cursor overwrite, colours colour.
import type { LogStream } from '../../generated/documents.ts'
import { join, type Line, part, type Segment } from './line.ts'
import { beginLine, edit, LONGEST_LINE, newLine, type Terminal } from './screen.ts'
import { obey } from './sequences.ts'
import { PLAIN } from './style.ts'

/** A piece of output: `at` is in milliseconds since 1970. */
export interface Output {
  text: string
  stream: LogStream
  at: number
}

/** Into how many pieces of different looks a line may fall before it loses its colours. */
const MOST_SEGMENTS = 400

/** An escape sequence, a control character of one or two bytes, or text up to the next of either. */
const TOKENS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
  /[^\x00-\x1f\x7f-\x9f]+|[\x00-\x1a\x1c-\x1f\x7f-\x9f]|\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]P_^X][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]*[^[\]P_^X -/]|\x1b/g

// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with a control character
const UNFINISHED = /\x1b(?:[ -/]*|\[[0-?]{0,256}[ -/]{0,16}|[\]P_^X][^\x07\x1b]{0,4096}\x1b?)$/

/** Characters that would turn the direction of text around, or break lines where none were written. */
const TURNING = /[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** Writes a piece, which may begin and end anywhere, even within an escape sequence. */
export function write(terminal: Terminal, { text: written, stream, at }: Output): void {
  let text = terminal.unfinished + written
  terminal.unfinished = text.lastIndexOf('\x1b') < 0 ? '' : (UNFINISHED.exec(text)?.[0] ?? '')
  if (terminal.unfinished) text = text.slice(0, -terminal.unfinished.length)
  for (const [token] of text.replace(TURNING, named).matchAll(TOKENS)) {
    const code = token.charCodeAt(0)
    if (code === 0x1b) obey(terminal, token, stream)
    else if (code >= 0xa0 || (code >= 0x20 && code < 0x7f)) put(terminal, token, stream, at)
    else control(terminal, token, stream, at)
  }
}

/** True where nothing was written at all. */
export function isEmpty({ lines }: Terminal): boolean {
  return lines.length === 1 && lines[0]?.width === 0
}

/** Takes the oldest lines out where there are a tenth more of them, or of their characters, than are to be kept. */
export function takeOldest(terminal: Terminal, keep: { lines: number; characters: number }): Line[] {
  const { lines } = terminal
  const isOver = (count: number, characters: number, by: number) =>
    count > keep.lines * by || (characters > keep.characters * by && count > 1)
  if (!isOver(lines.length, terminal.characters, 1.1)) return []
  let count = 0
  let characters = terminal.characters
  while (isOver(lines.length - count, characters, 1)) characters -= lines[count++]?.width ?? 0
  return takeFirst(terminal, count)
}

/** Takes that many of the oldest lines out. */
export function takeFirst(terminal: Terminal, count: number): Line[] {
  const taken = terminal.lines.splice(0, count)
  for (const { width } of taken) terminal.characters -= width
  terminal.row = Math.max(0, terminal.row - count)
  terminal.above = 0
  if (terminal.top !== undefined) terminal.top = Math.max(0, terminal.top - count)
  return taken
}

/** Goes on with line `firstLine`: what was written between is missing. */
export function skipTo(terminal: Terminal, firstLine: number): void {
  beginLine(terminal)
  terminal.feeds = Math.max(terminal.feeds, firstLine)
  const line = terminal.lines[terminal.row]
  if (line) terminal.lines[terminal.row] = { ...line, number: terminal.feeds }
  terminal.style = PLAIN
  terminal.unfinished = ''
}

function control(terminal: Terminal, letter: string, stream: LogStream, at: number): void {
  if (letter === '\n') newLine(terminal)
  else if (letter === '\r') terminal.column = 0
  else if (letter === '\b') terminal.column = Math.max(0, terminal.column - 1)
  else if (letter === '\t') put(terminal, ' '.repeat(8 - (terminal.column % 8)), stream, at)
}

/** Writes text at the cursor, over what stands there. */
function put(terminal: Terminal, text: string, stream: LogStream, at: number): void {
  const { row, column, style } = terminal
  const line = terminal.lines[row]
  if (!line) return
  const room = Math.max(0, LONGEST_LINE - column)
  const segment = { text: text.length > room ? text.slice(0, room) : text, style, stream }
  const end = column + segment.text.length
  const next = {
    number: line.number,
    at: line.at || at,
    width: segment.text === '' ? line.width : Math.max(line.width, end),
    cut: line.cut + text.length - segment.text.length,
  }
  edit(terminal, row, segment.text === '' ? line.segments : withText(line, column, segment), next)
  terminal.column = end
}

function withText({ segments, width }: Line, column: number, segment: Segment): readonly Segment[] {
  if (width === 0 && column === 0) return [segment]
  if (column === width) return bounded(appended(segments, segment))
  const end = column + segment.text.length
  const gap = column > width ? [{ ...segment, text: ' '.repeat(column - width), style: PLAIN }] : []
  const before = column >= width ? segments : part(segments, 0, column)
  const after = end >= width ? [] : part(segments, end, width)
  return bounded(join([...before, ...gap, segment, ...after]))
}

function appended(segments: readonly Segment[], segment: Segment): readonly Segment[] {
  const last = segments.at(-1)
  if (last?.style !== segment.style || last.stream !== segment.stream) return [...segments, segment]
  return [...segments.slice(0, -1), { ...segment, text: last.text + segment.text }]
}

/** Output that changes its colour with each letter must not make a line endlessly slow. */
function bounded(segments: readonly Segment[]): readonly Segment[] {
  const [first] = segments
  if (segments.length <= MOST_SEGMENTS || !first) return segments
  return [{ ...first, style: PLAIN, text: segments.map(({ text }) => text).join('') }]
}

function named(character: string): string {
  return `<U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`
}
