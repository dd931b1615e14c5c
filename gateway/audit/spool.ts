// The file in which records of the audit log wait for NATS, so that they outlive the process: a line for each, written
// and synced in batches, and emptied when all are sent. What was sent already may be in it; records have ids, and the
// service keeps each once.
import { type FileHandle, open, readFile, rename } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { auditRecord } from '@constellation/platform/events/audit-record.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { decode } from '@constellation/platform/nats/nats.ts'
import { toUnsent, type Unsent, type Waiting } from './waiting.ts'

/** With NATS there a record is sent within this time, in milliseconds, and then never written. */
const WRITE_AFTER_MS = 10
/** Lines, most of which may have been sent, after which the file is written anew. */
const MOST_LINES = 20_000
/** And text, in UTF-16 units. */
const MOST_TEXT = 128 * 2 ** 20

export interface Spool {
  /** To be called with each record that waits from now on. */
  put(unsent: Unsent): void
  /** To be called when some were sent. */
  sent(): void
  /** Writes what waits. */
  close(): Promise<void>
}

/**
 * Puts what an earlier process left in the file to what waits, and keeps what waits there from now on. One process has
 * the file.
 * @throws Error where the file cannot be read or written
 */
export async function openSpool(file: string, waiting: Waiting, log: Logger, mostLines = MOST_LINES): Promise<Spool> {
  for (const unsent of await readLeft(file, log)) waiting.put(unsent)
  let { handle, lines, size } = await writeAnew(file, waiting)
  const fresh = new Set<Unsent>()
  let writing: Promise<void> | undefined
  let wanted = false
  let failing = false

  /** One of three: so much was said that it is said anew, or nothing waits, or there is more to say. */
  async function write(): Promise<void> {
    const added = [...fresh].filter(waiting.has)
    const text = linesOf(added)
    if (lines + added.length > mostLines || size + text.length > MOST_TEXT) {
      await handle.close()
      ;({ handle, lines, size } = await writeAnew(file, waiting))
    } else if (waiting.size() === 0) {
      if (lines > 0) await handle.truncate(0)
      lines = 0
      size = 0
    } else if (added.length > 0) {
      await handle.appendFile(text)
      await handle.datasync()
      lines += added.length
      size += text.length
    }
    // Not those that came meanwhile; what was sent in between may go unwritten.
    for (const unsent of added) fresh.delete(unsent)
    for (const unsent of fresh) if (!waiting.has(unsent)) fresh.delete(unsent)
  }

  async function writeAll(): Promise<void> {
    await delay(WRITE_AFTER_MS)
    while (wanted) {
      wanted = false
      try {
        await write()
        failing = false
      } catch (error) {
        // What is in the file now, half a line perhaps, is not known.
        lines = Number.POSITIVE_INFINITY
        if (!failing) log.error({ err: error, file }, 'records of the audit log wait in memory alone')
        failing = true
      }
    }
  }

  function wake(): void {
    wanted = true
    writing ??= writeAll().finally(() => {
      writing = undefined
    })
  }

  return {
    put(unsent) {
      fresh.add(unsent)
      wake()
    },
    sent() {
      if (lines > 0) wake()
    },
    async close() {
      wake()
      await writing
      await handle.close()
    },
  }
}

/** The records in the file, oldest first; none where there is no file. What is no record, as after a crash, is left out. */
async function readLeft(file: string, log: Logger): Promise<Unsent[]> {
  const left: Unsent[] = []
  for (const line of (await readIfThere(file)).toString('utf8').split('\n')) {
    if (line === '') continue
    const decoded = decode(auditRecord, Buffer.from(line))
    if ('value' in decoded) left.push(toUnsent(decoded.value))
    else log.warn({ fault: decoded.fault }, 'a record that waited for the audit log cannot be read')
  }
  return left
}

async function readIfThere(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
}

/** The file with what waits and nothing else; whenever this ends, one of the two is there whole. */
async function writeAnew(file: string, waiting: Waiting): Promise<{ handle: FileHandle; lines: number; size: number }> {
  const all = waiting.first(Number.POSITIVE_INFINITY)
  const text = linesOf(all)
  const handle = await open(`${file}.new`, 'w', 0o600)
  try {
    await handle.writeFile(text)
    await handle.datasync()
  } finally {
    await handle.close()
  }
  await rename(`${file}.new`, file)
  return { handle: await open(file, 'a', 0o600), lines: all.length, size: text.length }
}

function linesOf(all: readonly Unsent[]): string {
  return all.map(({ text }) => `${text}\n`).join('')
}
