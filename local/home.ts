// The stack's home: the folder that holds its data, secrets and logs, used by one stack at a time.
import { constants, existsSync } from 'node:fs'
import { access, chmod, mkdir, readdir } from 'node:fs/promises'
import path from 'node:path'
import { tryLock } from './setup/lock.mjs'

/** What tells a home from any other folder. */
const OURS = ['secrets.json', 'postgres']

/** Makes the home and its `logs` folder where they are missing. */
export async function makeHome(home: string): Promise<void> {
  try {
    await makeFolder(home)
    const found = await readdir(home)
    // A folder with things of others in it is left as it is.
    if (found.length === 0 || found.some((name) => OURS.includes(name))) await guard(home)
    await makeFolder(path.join(home, 'logs'))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`${home} cannot be made or used: ${reason}. Set CONSTELLATION_HOME to a folder that can.`, {
      cause: error,
    })
  }
}

/** Holds where the gateway of the stack that runs answers, for programs of this machine that speak to it. */
export function urlFile(home: string): string {
  return path.join(home, 'gateway.url')
}

/** Holds the port of 127.0.0.1 on which each program tells its metrics, by its name. */
export function metricsFile(home: string): string {
  return path.join(home, 'metrics.json')
}

/** Makes a folder and those above it. Node's own `recursive` never returns where a file system takes none, as /proc. */
async function makeFolder(folder: string): Promise<void> {
  if (existsSync(folder)) return access(folder, constants.W_OK)
  const parent = path.dirname(folder)
  if (!existsSync(parent)) await makeFolder(parent)
  await mkdir(folder, { mode: 0o700 })
}

/**
 * PostgreSQL refuses to run as root, so the stack of root runs it as another user, who must be able to pass
 * through the home; every secret in it is a file that only its owner may read.
 */
async function guard(home: string): Promise<void> {
  await chmod(home, process.getuid?.() === 0 ? 0o711 : 0o700)
}

/**
 * Takes the home for this process until `release` is called or the process ends.
 * @throws Error naming the process that has it
 */
export function lockHome(home: string): { release(): void } {
  const lock = tryLock(path.join(home, 'stack.lock'))
  if ('release' in lock) return lock
  const { pid, since } = lock.holder
  throw new Error(
    `Another stack already uses ${home}: process ${pid}, since ${since}. Stop it, or set CONSTELLATION_HOME to another folder.`,
  )
}
