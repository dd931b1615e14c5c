// A line as it is drawn: pieces of text that look alike. All positions count UTF-16 units.
import type { LogStream } from '../../generated/documents.ts'
import type { TextStyle } from './style.ts'

export interface Segment {
  readonly text: string
  readonly style: TextStyle
  readonly stream: LogStream
}

/** A line is replaced, never changed, so that the same object means the same line. */
export interface Line {
  /** How many line feeds were written before it was begun: grows from line to line, and stays whatever is loaded. */
  readonly number: number
  /** When its first text was written, in milliseconds since 1970; 0 where that is not known. */
  readonly at: number
  readonly width: number
  readonly segments: readonly Segment[]
  /** How many characters of it are left out, as it is too long. */
  readonly cut: number
}

export function emptyLine(number: number): Line {
  return { number, at: 0, width: 0, segments: [], cut: 0 }
}

export function textOf({ segments }: Line): string {
  const [only] = segments
  return segments.length === 1 && only ? only.text : segments.map(({ text }) => text).join('')
}

export function widthOf(segments: readonly Segment[]): number {
  return segments.reduce((width, segment) => width + segment.text.length, 0)
}

/** The part of a line from column `from` to before column `to`. */
export function part(segments: readonly Segment[], from: number, to: number): Segment[] {
  const parts: Segment[] = []
  let column = 0
  for (const segment of segments) {
    if (column >= to) break
    const text = segment.text.slice(Math.max(0, from - column), Math.max(0, to - column))
    if (text !== '') parts.push(text === segment.text ? segment : { ...segment, text })
    column += segment.text.length
  }
  return parts
}

/** Neighbours that look the same, as one. */
export function join(segments: readonly Segment[]): readonly Segment[] {
  const joined: Segment[] = []
  for (const segment of segments) {
    const last = joined.at(-1)
    if (last && last.style === segment.style && last.stream === segment.stream)
      joined[joined.length - 1] = { ...last, text: last.text + segment.text }
    else joined.push(segment)
  }
  return joined
}
