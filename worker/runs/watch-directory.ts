// Tells when something changes in a directory.
import { type FSWatcher, watch } from 'node:fs'

export interface DirectoryWatch {
  /** Resolves at the next change, and at least every second. Take it before you look, and wait for it after. */
  next(): Promise<void>
  /** Makes it look as if something had changed, for whoever waits. */
  tell(): void
  close(): void
}

/** Some file systems tell of no changes, and some ends, such as a process's, change no file. */
const LOOK_MS = 1_000

export function watchDirectory(path: string): DirectoryWatch {
  let changed = Promise.withResolvers<void>()
  const tell = () => {
    const { resolve } = changed
    changed = Promise.withResolvers()
    resolve()
  }
  const watcher = tryToWatch(path, tell)
  const timer = setInterval(tell, LOOK_MS)
  return {
    next: () => changed.promise,
    tell,
    close: () => {
      clearInterval(timer)
      watcher?.close()
      tell()
    },
  }
}

/** Without a watch, the look each second remains. */
function tryToWatch(path: string, tell: () => void): FSWatcher | undefined {
  try {
    return watch(path, tell).on('error', () => undefined)
  } catch {
    return undefined
  }
}
