// Ends a log that its shim could not end: the shim was killed, or the disk was full.
import { createReadStream } from 'node:fs'
import { appendFile, truncate } from 'node:fs/promises'
import { type LogRecord, logRecord } from '@constellation/platform/events/log-record.ts'
import { decode } from '@constellation/platform/nats/nats.ts'
import { isDiskFull } from '../shim/disk.ts'
import type { RunExit } from '../shim/files.ts'
import type { Run } from '../worker.ts'

const NEWLINE = 10

/**
 * Adds what is missing: how much was lost, why the run ended, and the end. Returns how many records the log has, and
 * those of them for which the disk has no room.
 */
export async function completeLog(run: Run, exit: RunExit): Promise<{ logChunks: number; rest: Buffer[] }> {
  const { count, wholeBytes, last } = await survey(run.files.output)
  if (last?.end) return { logChunks: count, rest: [] }
  // What follows the last newline is a record that was cut off.
  await truncate(run.files.output, wholeBytes).catch(ignoreMissing)
  const lines = endOf(run, exit, count, last).map((record) => `${JSON.stringify(record)}\n`)
  const logChunks = count + lines.length
  try {
    await appendFile(run.files.output, lines.join(''), { mode: 0o600 })
    return { logChunks, rest: [] }
  } catch (error) {
    if (!isDiskFull(error)) throw error
    await truncate(run.files.output, wholeBytes).catch(ignoreMissing)
    return { logChunks, rest: lines.map((line) => Buffer.from(line.trimEnd())) }
  }
}

/** The records that end a log which has `count` already. */
function endOf({ spec }: Run, exit: RunExit, count: number, last: LogRecord | undefined): LogRecord[] {
  const { runId, epoch } = spec
  const common = { runId, epoch, at: new Date().toISOString(), stream: 'system' } as const
  const firstLine = last ? last.firstLine + last.text.split('\n').length - 1 : 0
  const gap = last && last.text !== '' && !last.text.endsWith('\n') ? '\n' : ''
  const lost = `${exit.lostBytes} bytes of output were dropped here, because the worker’s disk was full.`
  const sentences = [...(exit.lostBytes > 0 ? [lost] : []), ...(exit.reason === null ? [] : [exit.reason])]
  if (sentences.length === 0) sentences.push('The rest of the log was lost.')
  const text = `${gap}${sentences.join('\n')}\n`
  return [
    { ...common, seq: count, text, firstLine, end: false },
    { ...common, seq: count + 1, text: '', firstLine: firstLine + text.split('\n').length - 1, end: true },
  ]
}

/** Counts the whole lines of a spool, which may be larger than memory, and reads the last. */
async function survey(path: string): Promise<{ count: number; wholeBytes: number; last: LogRecord | undefined }> {
  let count = 0
  let wholeBytes = 0
  let position = 0
  let line: Buffer[] = []
  let lastLine: Buffer | undefined
  try {
    for await (const block of createReadStream(path)) {
      const bytes: Buffer = block
      let start = 0
      for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
        line.push(bytes.subarray(start, end))
        lastLine = Buffer.concat(line)
        line = []
        start = end + 1
        count += 1
        wholeBytes = position + start
      }
      line.push(bytes.subarray(start))
      position += bytes.length
    }
  } catch (error) {
    ignoreMissing(error)
  }
  const read = lastLine && decode(logRecord, lastLine)
  return { count, wholeBytes, last: read && 'value' in read ? read.value : undefined }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
}
