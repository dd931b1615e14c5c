// Where the working directories of commands that name none lie, and how they are removed.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

/** Where they lie when the users that commands run as cannot reach the worker's own directory. */
const OUTSIDE = '/var/lib/constellation'

/**
 * The directory below which runs of other users than the worker's, if there are any, have theirs: such a user must
 * be able to pass through all that is above it, and may read nothing there. `keep` tells which of what lies there
 * is still used.
 */
export function openScratch(home: string, others: boolean, keep: (name: string) => boolean): string {
  const inHome = join(home, 'scratch')
  if (!others) return inHome
  const key = createHash('sha256').update(home).digest('hex').slice(0, 12)
  const directory = othersMayPass(dirname(home)) ? inHome : join(OUTSIDE, `scratch-${key}`)
  mkdirSync(directory, { recursive: true })
  if (directory === inHome) chmodSync(home, 0o711)
  chmodSync(directory, 0o711)
  for (const name of readdirSync(directory)) {
    // What cannot be removed now is tried again at the next start.
    if (!keep(name)) void removeScratch(join(directory, name)).catch(() => undefined)
  }
  return directory
}

/** Leaves nothing where nothing is in it. */
export function closeScratch(directory: string): void {
  try {
    rmdirSync(directory)
  } catch {
    // Runs live on, or there never was one.
  }
}

/**
 * Removes what a user had. By `rm`, which goes from directory to directory by their handles: a removal by path
 * could be led elsewhere by whoever may still rename something in there.
 */
export async function removeScratch(directory: string): Promise<void> {
  if (existsSync(directory)) await promisify(execFile)('rm', ['-rf', '--one-file-system', '--', directory])
}

function othersMayPass(directory: string): boolean {
  for (let at = directory; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false
    if (at === dirname(at)) return true
  }
}
