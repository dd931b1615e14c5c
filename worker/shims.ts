// Starts shims, one of them always ahead: starting Node takes most of the time from a claim to the command's
// first instruction, and a shim that waits for its run has that behind it.
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, globSync, openSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Logger } from '@constellation/platform/log.ts'
import type { WorkerConfig } from './config.ts'
import type { RunFiles } from './shim/files.ts'

const SHIM = fileURLToPath(new URL('shim/main.ts', import.meta.url))

export interface Shims {
  /** Has a shim take up the run that is laid out in this directory. */
  start(files: RunFiles): ChildProcess
  /** Ends the one that waits. Those that have a run go on. */
  close(): void
}

interface Waiting {
  child: ChildProcess
  /** What it prints, which is nothing unless it breaks. */
  faults: string
}

export function openShims(config: Pick<WorkerConfig, 'WORKER_HOME' | 'inherited'>, log: Logger): Shims {
  let closed = false
  let count = 0
  // What a worker that was killed has left.
  for (const name of globSync('shim-*.faults', { cwd: config.WORKER_HOME })) rmSync(join(config.WORKER_HOME, name))
  let ahead = begin()

  /** The shim is in a session of its own and holds none of our files but its input, so that it outlives us. */
  function begin(): Waiting {
    const faults = join(config.WORKER_HOME, `shim-${process.pid}-${++count}.faults`)
    const output = openSync(faults, 'a', 0o600)
    try {
      const child = spawn(process.execPath, [SHIM], {
        detached: true,
        stdio: ['pipe', 'ignore', output],
        // Not our environment, which a command could read from its parent. The cache halves the time to start.
        env: { ...config.inherited, NODE_COMPILE_CACHE: join(config.WORKER_HOME, 'compile-cache') },
        cwd: config.WORKER_HOME,
      })
      child.on('error', (error) => log.error({ err: error }, 'a shim could not be started'))
      // A shim that is gone is found by whoever follows its run.
      child.stdin?.on('error', () => {})
      child.unref()
      return { child, faults }
    } finally {
      closeSync(output)
    }
  }

  return {
    start(files) {
      const { child, faults } = isAlive(ahead.child) ? ahead : begin()
      if (!closed) ahead = begin()
      try {
        renameSync(faults, files.faults)
      } catch (error) {
        // Somebody cleared it away; the run does not depend on it.
        log.warn({ err: error }, 'what a shim prints is not kept')
      }
      child.stdin?.end(files.directory)
      return child
    },
    close() {
      closed = true
      ahead.child.stdin?.end()
      rmSync(ahead.faults, { force: true })
    },
  }
}

function isAlive(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null
}
