// One worker at a time in one directory: two would both take over the runs that lie there.
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { lockFile } from './executors/native.ts'

/** Takes the directory for this process. The system releases it when the process ends, in whatever way. */
export function lockHome(home: string): { release(): void } {
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const file = openSync(join(home, 'worker.lock'), 'a', 0o600)
  if (!lockFile(file)) {
    closeSync(file)
    throw new Error(`Another worker is running in WORKER_HOME (${home}).`)
  }
  return { release: () => closeSync(file) }
}
