// Lines from anywhere in a log, however long it is.
import { type ChunkFragment, RunLogPageDocument } from '../generated/documents.ts'
import type { Graph } from '../shared/graph.ts'
import { type ChunkWriter, createWriter, firstLines, writeChunk } from './chunks.ts'
import { NOTHING, type Part, partOf } from './part.ts'

/** How much is asked for at a time, in characters, as far as that can be told beforehand. */
const PAGE_CHARACTERS = 262_144

/** A chunk holds at most 64 KiB; whether it is full is not known before the first page. */
const FIRST_PAGE = 4
const MOST_CHUNKS = 500

/** Lines that are longer than all of this are not read to their end, in characters. */
const MOST_CHARACTERS = 8_000_000

/** The lines of a run's log from number `from` to before `to`, as they stand there. @throws where the server fails */
export async function readLines({ uncached }: Graph, runId: string, from: number, to: number): Promise<Part> {
  let after = -1
  let first = FIRST_PAGE
  let characters = 0
  let writer: ChunkWriter | undefined
  while (true) {
    const variables = { runId, after, fromLine: from, first }
    const { data, error } = await uncached.query(RunLogPageDocument, variables).toPromise()
    if (!data?.run) throw error ?? new Error('The run is there no longer.')
    const { chunks, ended } = data.run.log
    for (const chunk of chunks) {
      writer ??= createWriter(from, chunk)
      // What comes behind may draw over these lines; it does so where it is shown itself.
      writeChunk(writer, { ...chunk, text: firstLines(chunk.text, to - chunk.firstLine) })
      characters += chunk.text.length
    }
    after = chunks.at(-1)?.seq ?? after
    const isEnough = (writer?.terminal.feeds ?? 0) >= to || characters > MOST_CHARACTERS
    if (ended || isEnough || chunks.length === 0) break
    first = nextPage(chunks)
  }
  return writer && writer.terminal.feeds >= from ? partOf(writer.terminal, to) : NOTHING
}

/** How many chunks to ask for after these: many where they are small. */
export function nextPage(chunks: readonly Pick<ChunkFragment, 'text'>[]): number {
  const characters = chunks.reduce((sum, { text }) => sum + text.length, 0)
  const mean = Math.max(1, characters / Math.max(1, chunks.length))
  return Math.min(MOST_CHUNKS, Math.max(1, Math.floor(PAGE_CHARACTERS / mean)))
}
