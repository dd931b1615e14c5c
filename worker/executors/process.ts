// Runs a command as a process on this machine, and finds and ends everything that it starts.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, statSync } from 'node:fs'
import { Socket } from 'node:net'
import { CannotStart, type Execution, type Exit } from './execution.ts'
import { becomeSubreaper, openPipe, reapAdopted } from './native.ts'
import { killAll, livingTree, sendSignal } from './process-tree.ts'

/** A command that is to run. */
export interface Command {
  command: readonly string[]
  shell: boolean
  environment: Record<string, string>
  workingDirectory: string
}

/**
 * Starts a command in a session of its own. The calling process adopts whatever the command leaves
 * behind, so it must run nothing else.
 * @throws CannotStart
 */
export async function startProcess(command: Command): Promise<Execution> {
  becomeSubreaper()
  checkWorkingDirectory(command.workingDirectory)
  const out = openPipe()
  const err = openPipe()
  const child = await launch(command, out.writeEnd, err.writeEnd).finally(() => {
    closeSync(out.writeEnd)
    closeSync(err.writeEnd)
  })
  const pid = child.pid ?? 0
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal, because: null }))
  })
  process.on('SIGCHLD', () => reapAdopted(pid))
  const find = () => livingTree(process.pid, pid)
  return {
    place: { pid },
    stdout: new Socket({ fd: out.readEnd, readable: true, writable: false }),
    stderr: new Socket({ fd: err.readEnd, readable: true, writable: false }),
    exited,
    living: () => find().length,
    signal: (name) => sendSignal(pid, name),
    terminate: () => {
      for (const process of find()) {
        sendSignal(process, 'SIGTERM')
        // A stopped process takes the first signal only once it goes on.
        sendSignal(process, 'SIGCONT')
      }
    },
    kill: () => killAll(find),
  }
}

function checkWorkingDirectory(path: string): void {
  let isDirectory: boolean
  try {
    isDirectory = statSync(path).isDirectory()
  } catch (error) {
    throw new CannotStart(`The working directory ${path} ${explain(error)} on this worker.`, { cause: error })
  }
  if (!isDirectory) throw new CannotStart(`The working directory ${path} is not a directory on this worker.`)
}

/** Returns when the command's program has taken the place of the forked process. */
async function launch(command: Command, stdout: number, stderr: number): Promise<ChildProcess> {
  const [program = '', ...rest] = command.shell ? ['/bin/sh', '-c', ...command.command] : command.command
  try {
    const child = spawn(program, rest, {
      cwd: command.workingDirectory,
      env: command.environment,
      detached: true,
      stdio: ['ignore', stdout, stderr],
    })
    await once(child, 'spawn')
    return child
  } catch (error) {
    if (!isItsOwnFault(error)) throw error
    throw new CannotStart(`The command ${program} ${explain(error)} on this worker.`, { cause: error })
  }
}

const OWN_FAULTS = new Set([
  'ENOENT',
  'EACCES',
  'ENOTDIR',
  'EISDIR',
  'E2BIG',
  'ENOEXEC',
  'ELOOP',
  'ENAMETOOLONG',
  'EPERM',
])

/** False for a shortage of this machine, such as of memory or processes, which may pass. */
function isItsOwnFault(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && OWN_FAULTS.has(error.code)
}

function explain(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return 'does not exist'
  if (code === 'EACCES') return 'may not be run or entered'
  if (code === 'E2BIG') return 'has too many or too long arguments'
  return `cannot be used (${error instanceof Error ? error.message : String(error)})`
}
