// Chunks of a stored log, written into a terminal one after the other.
import type { ChunkFragment } from '../generated/documents.ts'
import { createTerminal, type Terminal } from './terminal/screen.ts'
import { skipTo, write } from './terminal/terminal.ts'
import { words } from './words.ts'

/** What a chunk must tell; `at` is an instant as the server writes it. */
export type Chunk = Pick<ChunkFragment, 'seq' | 'at' | 'stream' | 'text' | 'firstLine'>

/** A terminal that chunks are written into. */
export interface ChunkWriter {
  terminal: Terminal
  /** The last chunk that was written. */
  seq: number
}

/** A writer that has written nothing yet, of a log that is read behind chunk `after` and from line `firstLine` on. */
export function createWriter(firstLine = 0, after = -1): ChunkWriter {
  return { terminal: createTerminal(firstLine), seq: after }
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
  write(terminal, output)
  writer.seq = chunk.seq
}
