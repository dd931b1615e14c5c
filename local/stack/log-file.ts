// The parts' log files: `<home>/logs/<name>.log`.
import { closeSync, createWriteStream, openSync, readSync, renameSync, statSync, type WriteStream } from 'node:fs'
import path from 'node:path'

/** A log that is larger than this at the start is kept as `.1`, and a new one begun. In bytes. */
const ROTATE_AT = 10 * 2 ** 20

/** How much of a log's end is read to find its last lines, in bytes. */
const TAIL = 8_192

export function logPath(home: string, name: string): string {
  return path.join(home, 'logs', `${name}.log`)
}

/** Opens the log for appending and returns its descriptor, for the caller to close. */
export function openLog(file: string): number {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > ROTATE_AT) renameSync(file, `${file}.1`)
  return openSync(file, 'a', 0o600)
}

/** The last lines of a log, of which `from` (a size in bytes) tells where to begin at the earliest. */
export function tailOfLog(file: string, lines: number, from = 0): string[] {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  const begin = Math.max(size - TAIL, Math.min(from, size))
  const buffer = Buffer.alloc(size - begin)
  const descriptor = openSync(file, 'r')
  try {
    readSync(descriptor, buffer, 0, buffer.length, begin)
  } finally {
    closeSync(descriptor)
  }
  return buffer.toString('utf8').trimEnd().split('\n').slice(-lines)
}

/** After a failure the log is opened again no sooner than this, in milliseconds. */
const REOPEN_AFTER_MS = 10_000

export interface LogWriter {
  /** False where it takes no more for now: `onRoom` is then called once it does. */
  write(text: string, onRoom: () => void): boolean
  /** Resolves when all is written that can be. */
  end(): Promise<void>
}

/**
 * Appends to a log. Where that fails, as on a disk that is full, lines are lost until it works again: neither who writes
 * them nor this process ends for it.
 */
export function openLogWriter(file: string, onFault: (error: Error) => void): LogWriter {
  let log: WriteStream | undefined = openStream()
  let failedAt = 0

  function openStream(): WriteStream {
    const stream = createWriteStream('', { fd: openLog(file) })
    stream.on('error', (error) => {
      if (log !== stream) return
      log = undefined
      fail(error)
    })
    return stream
  }

  function fail(error: Error): void {
    if (failedAt === 0) onFault(error)
    failedAt = performance.now()
  }

  function reopen(): void {
    try {
      log = openStream()
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)))
    }
  }

  return {
    write(text, onRoom) {
      if (!log && performance.now() - failedAt > REOPEN_AFTER_MS) reopen()
      if (!log || log.write(text)) return true
      const stream = log
      const goOn = () => {
        stream.off('drain', goOn).off('close', goOn)
        onRoom()
      }
      // It closes in place of draining where it fails.
      stream.once('drain', goOn).once('close', goOn)
      return false
    },
    async end() {
      const stream = log
      if (!stream) return
      await new Promise<void>((resolve) => stream.once('close', resolve).end())
    },
  }
}
