// The parts' log files: `<home>/logs/<name>.log`.
import { closeSync, openSync, readSync, renameSync, statSync } from 'node:fs'
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
