// Makes a run's log of what the command writes: numbered pieces of text. No clock and no files here.
import type { LogRecord } from '@constellation/platform/events/log-record.ts'
import { type EarlierLog, NO_LOG } from './earlier-log.ts'
import { createMasker, mask } from './mask.ts'

type Stream = LogRecord['stream']

/** A record before it is stamped with its run and its time. */
export type Chunk = Pick<LogRecord, 'seq' | 'stream' | 'text' | 'firstLine' | 'end'>

export interface Chunker {
  /** Takes output as it came from a pipe. Whatever fills a chunk is emitted at once, the rest waits for `flush`. */
  take(stream: 'stdout' | 'stderr', bytes: Uint8Array): void
  /** Emits what waits. */
  flush(): void
  /** True when nothing waits. */
  idle(): boolean
  /** Adds a line of the worker's own. */
  say(sentence: string): void
  /** Emits what waits, tells how much was dropped, and ends the log. Returns how many chunks it has. */
  end(): number
}

/** `outputBytes` is how much of the output the chunk holds, or tells the loss of. */
type Emit = (chunk: Chunk, outputBytes: number) => void

interface ChunkerOptions {
  /** How many bytes of output are kept. */
  limitBytes: number
  /** Values that must not appear in the log. */
  secrets?: readonly string[]
  /** True while nothing can be stored: output is dropped then, and the log says so where it goes on. */
  isFull?: () => boolean
  /** What the log has already. */
  earlier?: EarlierLog
}

/** The most that a chunk holds, in bytes of UTF-8. */
const CHUNK_BYTES = 65_536

/**
 * Cuts output into chunks that never split a character. Bytes that are no UTF-8, and NUL, which
 * PostgreSQL cannot store as text, become U+FFFD. Once `limitBytes` of output are emitted the rest is
 * dropped, and the log says so.
 */
export function createChunker(options: ChunkerOptions, emit: Emit): Chunker {
  const { limitBytes, secrets = [], isFull = () => false, earlier = NO_LOG } = options
  const readers = { stdout: createReader(secrets), stderr: createReader(secrets) }
  /** Text that waits, the stream that wrote first coming first. */
  const waiting = new Map<'stdout' | 'stderr', string>()
  const scratch = new Uint8Array(CHUNK_BYTES)
  const encoder = new TextEncoder()
  const log = numberChunks(emit, earlier)
  let kept = earlier.outputBytes
  let dropped = 0
  /** How much was dropped because nothing could be stored, and is not yet told. */
  let lost = 0

  /** Emits the front of `text` that fits in a chunk and under the limit, and returns the rest. */
  const cut = (stream: 'stdout' | 'stderr', text: string): string => {
    const room = scratch.subarray(0, Math.min(CHUNK_BYTES, limitBytes - kept))
    const { read, written } = encoder.encodeInto(text, room)
    if (written > 0) log.add(stream, text.slice(0, read), written)
    kept += written
    if (read === text.length || room.length === CHUNK_BYTES) return text.slice(read)
    // A character that straddles the limit must not let a smaller one in after it.
    kept = limitBytes
    const first = dropped === 0
    dropped += Buffer.byteLength(text.slice(read))
    if (first) log.say(`The log is full: it holds the first ${limitBytes} bytes of output. What follows is not kept.`)
    return ''
  }

  const takeText = (stream: 'stdout' | 'stderr', text: string) => {
    if (text === '') return
    if (isFull()) {
      lost += Buffer.byteLength(text)
      return
    }
    tellLost()
    if (kept >= limitBytes && dropped > 0) {
      dropped += Buffer.byteLength(text)
      return
    }
    let rest = (waiting.get(stream) ?? '') + text.replaceAll('\0', '\uFFFD')
    // A UTF-16 unit is at least one byte, so this is never too early, and at most three, so memory stays bounded.
    while (rest.length >= CHUNK_BYTES) rest = cut(stream, rest)
    if (rest === '') waiting.delete(stream)
    else waiting.set(stream, rest)
  }

  const flush = () => {
    for (const [stream, text] of waiting) for (let rest = text; rest !== ''; ) rest = cut(stream, rest)
    waiting.clear()
  }

  const tellLost = () => {
    if (lost === 0) return
    flush()
    log.say(`${lost} bytes of output were dropped here, because the worker’s disk was full.`, lost)
    lost = 0
  }

  return {
    take: (stream, bytes) => takeText(stream, readers[stream].read(bytes)),
    flush,
    idle: () => waiting.size === 0,
    say: (sentence) => {
      flush()
      log.say(mask(secrets, sentence))
    },
    end: () => {
      takeText('stdout', readers.stdout.end())
      takeText('stderr', readers.stderr.end())
      flush()
      tellLost()
      if (dropped > 0) log.say(`${dropped} bytes of output were dropped.`, dropped)
      return log.end()
    },
  }
}

/** Numbers chunks, and counts the lines before each. */
function numberChunks(emit: Emit, earlier: EarlierLog) {
  let { seq, lines, atLineStart } = earlier
  const add = (stream: Stream, text: string, outputBytes: number, end = false) => {
    emit({ seq, stream, text, firstLine: lines, end }, outputBytes)
    seq += 1
    lines += countNewlines(text)
    if (text !== '') atLineStart = text.endsWith('\n')
  }
  return {
    add: (stream: Stream, text: string, outputBytes: number) => add(stream, text, outputBytes),
    /** Adds a line of the worker's own, which begins where a line begins. */
    say: (sentence: string, outputBytes = 0) => add('system', `${atLineStart ? '' : '\n'}${sentence}\n`, outputBytes),
    /** Adds the end, and returns how many chunks there are. */
    end: () => {
      add('system', '', 0, true)
      return seq
    },
  }
}

/** Makes text without secrets of one stream's bytes. What is dropped later passes here all the same: it may begin a secret. */
function createReader(secrets: readonly string[]) {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const masker = createMasker(secrets)
  return {
    read: (bytes: Uint8Array) => masker.take(decoder.decode(bytes, { stream: true })),
    end: () => masker.take(decoder.decode()) + masker.end(),
  }
}

function countNewlines(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1
  return count
}
