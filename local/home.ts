// The stack's home: the folder that holds its data, secrets and logs, used by one stack at a time.
import { chmod, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { tryLock } from './setup/lock.mjs'

/** Makes the home and its `logs` folder where they are missing. */
export async function makeHome(home: string): Promise<void> {
  await mkdir(home, { recursive: true })
  // PostgreSQL refuses to run as root, so the stack of root runs it as another user, who must be able to
  // pass through the home; every secret in it is a file that only its owner may read.
  await chmod(home, process.getuid?.() === 0 ? 0o711 : 0o700)
  await mkdir(path.join(home, 'logs'), { recursive: true, mode: 0o700 })
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
