// Ends a log that its shim could not end: the shim was killed, or the disk was full.
import { createReadStream } from 'node:fs'
import { appendFile, truncate } from 'node:fs/promises'
import { type LogRecord, logRecord } from '@constellation/platform/events.ts'
import { decode } from '@constellation/platform/nats.ts'
import type { Run } from './worker.ts'

const NEWLINE = 10

/** Adds the reason and the end, where they are missing. Returns how many records the log has. */
export async function completeLog(run: Run, reason: string | null): Promise<number> {
  const { count, wholeBytes, last } = await survey(run.files.output)
  if (last?.end) return count
  // What follows the last newline is a record that was cut off.
  await truncate(run.files.output, wholeBytes).catch(ignoreMissing)
  const { runId, epoch } = run.spec
  const common = { runId, epoch, at: new Date().toISOString(), stream: 'system' } as const
  const firstLine = last ? last.firstLine + last.text.split('\n').length - 1 : 0
  const gap = last && last.text !== '' && !last.text.endsWith('\n') ? '\n' : ''
  const sentence = `${gap}${reason ?? 'The rest of the log was lost.'}\n`
  const records: LogRecord[] = [
    { ...common, seq: count, text: sentence, firstLine, end: false },
    { ...common, seq: count + 1, text: '', firstLine: firstLine + sentence.split('\n').length - 1, end: true },
  ]
  await appendFile(run.files.output, records.map((record) => `${JSON.stringify(record)}\n`).join(''), { mode: 0o600 })
  return count + records.length
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
