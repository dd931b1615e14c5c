// Chunks of a stored log, written into a terminal one after the other.
import type { ChunkFragment } from '../generated/documents.ts'
import { beginHere, createTerminal, type Terminal } from './terminal/screen.ts'
import { skipTo, write } from './terminal/terminal.ts'
import { words } from './words.ts'

/** What a chunk must tell; `at` is an instant as the server writes it. */
export type Chunk = Pick<ChunkFragment, 'seq' | 'at' | 'stream' | 'text' | 'firstLine'>

/** A terminal that chunks are written into. */
export interface ChunkWriter {
  terminal: Terminal
  /** The last chunk that was written. */
  seq: number
  /** The line that its terminal is to begin with: what is written before that only sets the colours. */
  begin: number
}

/** A writer that has written nothing yet, from line `begin` on, of a log whose first chunk that is read is this one. */
export function createWriter(
  begin = 0,
  first: Pick<Chunk, 'seq' | 'firstLine'> = { seq: 0, firstLine: 0 },
): ChunkWriter {
  return { terminal: createTerminal(first.firstLine), seq: first.seq - 1, begin }
}

/** Writes a chunk. Where some are missing before it, a line says so. */
export function writeChunk(writer: ChunkWriter, chunk: Chunk): void {
  const { terminal } = writer
  const output = { text: chunk.text, stream: chunk.stream, at: Date.parse(chunk.at) }
  if (chunk.seq > writer.seq + 1) {
    skipTo(terminal, terminal.feeds)
    write(terminal, { ...output, text: words.missing(chunk.firstLine - terminal.feeds), stream: 'SYSTEM' })
    skipTo(terminal, chunk.firstLine)
  }
  const before = terminal.feeds < writer.begin ? firstLines(chunk.text, writer.begin - chunk.firstLine) : ''
  if (before !== '') {
    write(terminal, { ...output, text: before })
    if (terminal.feeds >= writer.begin) beginHere(terminal)
  }
  write(terminal, { ...output, text: chunk.text.slice(before.length) })
  writer.seq = chunk.seq
}

/** A text up to the end of its line number `count`, from 1. */
export function firstLines(text: string, count: number): string {
  let end = 0
  for (let left = count; left > 0; left--) {
    end = text.indexOf('\n', end) + 1
    if (end === 0) return text
  }
  return text.slice(0, end)
}
