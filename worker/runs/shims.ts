// Starts shims, one of them always ahead: starting Node takes most of the time from a claim to the command's
// first instruction, and a shim that waits for its run has that behind it.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, globSync, openSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Logger } from '@constellation/platform/log.ts'
import type { WorkerConfig } from '../config.ts'
import { type Cgroup, makeGroups, removeGroups } from '../executors/cgroup.ts'
import { becomeSubreaper, reapAdopted } from '../executors/native.ts'
import { isOfOwnSession } from '../executors/process-tree.ts'
import type { RunFiles } from '../shim/files.ts'

const SHIM = fileURLToPath(new URL('../shim/main.ts', import.meta.url))

export interface Shims {
  /** Has a shim take up the run that is laid out in this directory. */
  start(files: RunFiles): ChildProcess
  /** True for a child that this worker has started, unlike one that a shim has left. */
  isOwn(pid: number): boolean
  /** Ends the one that waits. Those that have a run go on. */
  close(): Promise<void>
}

interface Waiting {
  child: ChildProcess
  /** What it prints, which is nothing unless it breaks. */
  faults: string
  /** The groups of processes that are its own. */
  groups: Cgroup[]
}

/** `cgroups` is where each gets groups of its own for what it starts. */
export function openShims(
  config: Pick<WorkerConfig, 'WORKER_HOME' | 'inherited'>,
  cgroups: readonly Cgroup[],
  log: Logger,
): Shims {
  let closed = false
  let count = 0
  const living = new Set<number>()
  // What a worker that was killed has left.
  for (const name of globSync('shim-*.faults', { cwd: config.WORKER_HOME })) rmSync(join(config.WORKER_HOME, name))
  const isOwn = (pid: number) => living.has(pid) || isOfOwnSession(pid)
  // Should a shim be killed, what it kept becomes this process's, to be found and ended.
  becomeSubreaper()
  process.on('SIGCHLD', () => reapAdopted(isOwn))
  let ahead = begin()

  /** The shim is in a session of its own and holds none of our files but its input, so that it outlives us. */
  function begin(): Waiting {
    const faults = join(config.WORKER_HOME, `shim-${process.pid}-${++count}.faults`)
    const groups = makeGroups(cgroups, `run-${randomUUID()}`)
    const output = openSync(faults, 'a', 0o600)
    try {
      const child = spawn(process.execPath, [SHIM, JSON.stringify(groups)], {
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
      const { pid } = child
      if (pid !== undefined) {
        living.add(pid)
        child.once('exit', () => living.delete(pid))
      }
      return { child, faults, groups }
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
    isOwn,
    async close() {
      closed = true
      const { child, faults, groups } = ahead
      if (isAlive(child)) {
        const ended = once(child, 'exit')
        child.kill('SIGKILL')
        await ended
      }
      rmSync(faults, { force: true })
      await removeGroups(groups)
    },
  }
}

function isAlive(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null
}
