// A lock file that names its holder, so that one left behind by a killed process is known to be stale.
import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { processIdentity } from './process-identity.mjs'

/** @typedef {{ pid: number, identity: string, since: string }} Holder */

/** Attempts at taking over a stale lock that others want too. */
const ATTEMPTS = 20

/**
 * Takes the lock, or says who holds it. The lock ends with `release`, or with this process.
 * @param {string} file in a folder that is there
 * @returns {{ release: () => void } | { holder: Holder }}
 */
export function tryLock(file) {
  const mine = JSON.stringify({
    pid: process.pid,
    identity: processIdentity(process.pid),
    since: new Date().toISOString(),
    nonce: randomBytes(8).toString('hex'),
  })
  const draft = `${file}.${randomBytes(8).toString('hex')}`
  writeFileSync(draft, mine, { mode: 0o600 })
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (linkIfFree(draft, file)) return { release: () => release(file, mine) }
      const held = readText(file)
      const holder = held === undefined ? undefined : liveHolder(held)
      if (holder) return { holder }
      if (held !== undefined) dropStale(file, held)
    }
  } finally {
    rmSync(draft, { force: true })
  }
  throw new Error(`The lock ${file} changes hands too fast. Remove it if no other process uses it.`)
}

/** A link appears with its whole content at once, which a new file does not. @param {string} draft @param {string} file */
function linkIfFree(draft, file) {
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false
    throw error
  }
}

/** @param {string} text @returns {Holder | undefined} */
function liveHolder(text) {
  try {
    const holder = JSON.parse(text)
    return Number.isInteger(holder.pid) && processIdentity(holder.pid) === holder.identity ? holder : undefined
  } catch {
    return undefined // Not of our writing: nobody holds it.
  }
}

/** Moves the stale lock away, and puts back what is not the one that was read. @param {string} file @param {string} stale */
function dropStale(file, stale) {
  const aside = `${file}.${randomBytes(8).toString('hex')}`
  try {
    renameSync(file, aside)
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return
    throw error
  }
  if (readText(aside) !== stale) linkIfFree(aside, file)
  rmSync(aside, { force: true })
}

/** @param {string} file @param {string} mine */
function release(file, mine) {
  if (readText(file) === mine) rmSync(file, { force: true })
}

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return undefined
    throw error
  }
}
