// Folders for work in progress, in the clone's cache.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'

const PREFIX = 'work-'

/**
 * A new folder, for the caller to remove.
 * @param {string} root
 */
export function workFolder(root) {
  const cache = path.join(root, '.cache')
  mkdirSync(cache, { recursive: true })
  return mkdtempSync(path.join(cache, PREFIX))
}

/**
 * Removes what set-ups that were killed have left. Only for the one that holds the clone's lock.
 * @param {string} root
 */
export function sweepWorkFolders(root) {
  const cache = path.join(root, '.cache')
  for (const name of readdirSync(cache).filter((entry) => entry.startsWith(PREFIX))) {
    rmSync(path.join(cache, name), { recursive: true, force: true })
  }
}
