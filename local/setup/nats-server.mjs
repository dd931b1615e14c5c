// Finds nats-server, or fetches it into the clone's cache.

import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, copyFileSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fromDebian, fromRelease } from './nats-sources.mjs'
import { findProgram } from './programs.mjs'
import { SetupError } from './steps.mjs'
import { workFolder } from './work-folder.mjs'

/** Everything that the services use is in this version. */
const LEAST = { major: 2, minor: 9 }

/** @type {import('./prepare.mjs').Step} */
export const natsServer = {
  title: 'Fetching nats-server',
  isNeeded: (root) => findNatsServer(root) === undefined,
  run: fetchNatsServer,
}

/**
 * The program on the PATH if it is recent enough, else the one in the clone's cache.
 * @param {string} root
 * @returns {string | undefined}
 */
export function findNatsServer(root) {
  const installed = findProgram('nats-server')
  if (installed && isRecent(installed)) return installed
  return findProgram(cachedProgram(root))
}

/** @param {string} root */
function cachedProgram(root) {
  return path.join(root, '.cache', 'nats-server', 'nats-server')
}

/** @param {string} program */
function isRecent(program) {
  try {
    const said = execFileSync(program, ['--version'], { encoding: 'utf8', stdio: 'pipe', timeout: 5_000 })
    const [, major = 0, minor = 0] = (/v(\d+)\.(\d+)/.exec(said) ?? []).map(Number)
    return major > LEAST.major || (major === LEAST.major && minor >= LEAST.minor)
  } catch {
    return false
  }
}

/** @param {string} root @param {(text: string) => void} note */
async function fetchNatsServer(root, note) {
  const work = workFolder(root)
  try {
    /** @type {string[]} */
    const faults = []
    for (const source of [fromDebian, fromRelease]) {
      const result = await source(work, note)
      if ('program' in result && isRecent(result.program)) {
        keep(root, result.program)
        return result.from
      }
      faults.push(
        'fault' in result ? result.fault : `${result.from} has a nats-server that does not run here or is too old`,
      )
    }
    throw new SetupError(
      `nats-server could not be fetched:\n${faults.map((fault) => `- ${fault}`).join('\n')}\n` +
        `Put nats-server ${LEAST.major}.${LEAST.minor} or later on the PATH (https://github.com/nats-io/nats-server/releases, ` +
        '`apt install nats-server` or `brew install nats-server`), or set NATS_URL to a server of your own; then try again.',
    )
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Puts the program in the cache in one move, as another process may look for it now. @param {string} root @param {string} program */
function keep(root, program) {
  const target = cachedProgram(root)
  const draft = `${target}.${randomBytes(4).toString('hex')}`
  mkdirSync(path.dirname(target), { recursive: true })
  copyFileSync(program, draft)
  chmodSync(draft, 0o755)
  renameSync(draft, target)
}
