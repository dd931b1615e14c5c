// What a shim before this one has written of the run's log, for a command that went on without it.
import { createReadStream } from 'node:fs'
import { truncate } from 'node:fs/promises'
import { Transform } from 'node:stream'
import type { LogRecord } from '@constellation/platform/events/log-record.ts'

/** Where the log goes on. */
export interface EarlierLog {
  seq: number
  /** Of all streams, and of the command's output. */
  lines: number
  stdoutLines: number
  outputBytes: number
  atLineStart: boolean
}

export const NO_LOG: EarlierLog = { seq: 0, lines: 0, stdoutLines: 0, outputBytes: 0, atLineStart: true }

const NEWLINE = 10

/** Reads the spool, and cuts off a record that was not written to its end. */
export async function takeUpLog(path: string): Promise<EarlierLog> {
  let log = NO_LOG
  let rest = Buffer.alloc(0)
  let wholeBytes = 0
  for await (const block of createReadStream(path)) {
    let bytes = Buffer.concat([rest, block])
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE)) {
      log = withRecord(log, JSON.parse(bytes.toString('utf8', 0, end)))
      wholeBytes += end + 1
      bytes = bytes.subarray(end + 1)
    }
    rest = bytes
  }
  if (rest.length > 0) await truncate(path, wholeBytes)
  return log
}

function withRecord(log: EarlierLog, { stream, text }: Pick<LogRecord, 'stream' | 'text'>): EarlierLog {
  const newlines = text.split('\n').length - 1
  const isOutput = stream === 'stdout'
  return {
    seq: log.seq + 1,
    lines: log.lines + newlines,
    stdoutLines: log.stdoutLines + (isOutput ? newlines : 0),
    outputBytes: log.outputBytes + (isOutput ? Buffer.byteLength(text) : 0),
    atLineStart: text === '' ? log.atLineStart : text.endsWith('\n'),
  }
}

/** Leaves out so many lines, which are in the log already. A line that was cut off in the middle comes again as a whole. */
export function behindLines(lines: number): Transform {
  let left = lines
  return new Transform({
    transform(piece: Buffer, _, done) {
      let from = 0
      for (; left > 0; left--) {
        const end = piece.indexOf(NEWLINE, from)
        if (end === -1) return done()
        from = end + 1
      }
      done(null, piece.subarray(from))
    },
  })
}
