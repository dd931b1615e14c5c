// Runs a command as a process on this machine, and finds and ends everything that it starts.
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, fchownSync, statSync } from 'node:fs'
import { Socket } from 'node:net'
import type { Limits, RunUser } from '../shim/files.ts'
import { type Cgroup, killGroups, leaveGroups, members, oomKills } from './cgroup.ts'
import { CannotStart, type Execution, type Exit } from './execution.ts'
import { becomeSubreaper, forgoPrivileges, lookAs, openPipe, reapAdopted, withGroupsOf } from './native.ts'
import { expectsSignal, killAll, livingTree, processesOf, sendSignal } from './process-tree.ts'

/** A command that is to run. */
export interface Command {
  command: readonly string[]
  shell: boolean
  environment: Record<string, string>
  workingDirectory: string
  /** Whom it runs as; null for this process's own user. */
  user: RunUser | null
  limits: Limits
  /** The groups that this process is in, and in which the command stays. Their limits are set. */
  cgroups: readonly Cgroup[]
}

/**
 * Starts a command in a session of its own. The calling process adopts whatever the command leaves
 * behind, so it must run nothing else.
 * @throws CannotStart
 */
export async function startProcess(command: Command): Promise<Execution> {
  becomeSubreaper()
  const out = openPipe()
  const err = openPipe()
  const child = await launch(command, out.writeEnd, err.writeEnd).finally(() => {
    closeSync(out.writeEnd)
    closeSync(err.writeEnd)
  })
  // The command was born in the groups, and stays. A kill of all that is in them must not be one of ourselves.
  const outside = leaveGroups(command.cgroups)
  const pid = child.pid ?? 0
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal, because: outOfMemory(command, exitCode) }))
  })
  process.on('SIGCHLD', () => reapAdopted((child) => child === pid))
  const find = () => livingParts(command, pid)
  return {
    place: { pid },
    stdout: new Socket({ fd: out.readEnd, readable: true, writable: false }),
    stderr: new Socket({ fd: err.readEnd, readable: true, writable: false }),
    exited,
    living: () => find().length,
    warn: (signal) => {
      const listening = find().filter((process) => expectsSignal(process, signal))
      for (const process of listening) sendSignal(process, signal)
      return listening.length > 0
    },
    terminate: () => {
      for (const process of find()) {
        sendSignal(process, 'SIGTERM')
        // A stopped process takes the first signal only once it goes on.
        sendSignal(process, 'SIGCONT')
      }
    },
    kill: () =>
      killAll(() => {
        if (outside) killGroups(command.cgroups)
        return find()
      }),
  }
}

/** By descent, by group, and by user: a process that gets away from one is found by another. */
function livingParts({ cgroups, user }: Command, pid: number): number[] {
  const own = user?.exclusive ? processesOf(user.uid) : []
  return [...new Set([...livingTree(process.pid, pid), ...members(cgroups), ...own])]
}

/** A command that did well although a part of it was killed has not ended of that. */
function outOfMemory({ cgroups, limits }: Command, exitCode: number | null): Exit['because'] {
  if (exitCode === 0 || oomKills(cgroups) === 0) return null
  const sentence =
    limits.memoryMb === null
      ? 'The machine ran out of memory, and the run was ended for what it used.'
      : `The run used more memory than its limit of ${limits.memoryMb} MiB.`
  return { outcome: 'OUT_OF_MEMORY', sentence }
}

/** Returns when the command's program has taken the place of the forked process. */
async function launch(command: Command, stdout: number, stderr: number): Promise<ChildProcess> {
  const { user } = command
  if (user) {
    forgoPrivileges()
    // It may open its output by name.
    for (const pipe of [stdout, stderr]) fchownSync(pipe, user.uid, user.gid)
  }
  try {
    const child = startAs(command, stdout, stderr)
    await once(child, 'spawn')
    return child
  } catch (error) {
    if (!isItsOwnFault(error)) throw error
    throw new CannotStart(`The command ${programOf(command)} ${explain(error, user)} on this worker.`, { cause: error })
  }
}

/** The forked process itself becomes the user: this one stays root, and no other of that user's can end it meanwhile. */
function startAs(command: Command, stdout: number, stderr: number): ChildProcess {
  const { workingDirectory, user } = command
  const start = (ids: Pick<SpawnOptions, 'uid' | 'gid'>) => spawnCommand(command, stdout, stderr, ids)
  const look = () => checkWorkingDirectory(workingDirectory, user)
  if (!user) {
    look()
    return start({})
  }
  lookAs(user, look)
  return withGroupsOf(user, () => start({ uid: user.uid, gid: user.gid }))
}

function spawnCommand(
  command: Command,
  stdout: number,
  stderr: number,
  ids: Pick<SpawnOptions, 'uid' | 'gid'>,
): ChildProcess {
  const { workingDirectory: cwd, environment: env, shell } = command
  const rest = shell ? ['-c', ...command.command] : command.command.slice(1)
  return spawn(programOf(command), rest, { cwd, env, detached: true, stdio: ['ignore', stdout, stderr], ...ids })
}

function programOf({ command: [program = ''], shell }: Command): string {
  return shell ? '/bin/sh' : program
}

function checkWorkingDirectory(path: string, user: RunUser | null): void {
  let isDirectory: boolean
  try {
    // The trailing dot takes the right to enter it.
    isDirectory = statSync(`${path}/.`).isDirectory()
  } catch (error) {
    throw new CannotStart(`The working directory ${path} ${explain(error, user)} on this worker.`, { cause: error })
  }
  if (!isDirectory) throw new CannotStart(`The working directory ${path} is not a directory on this worker.`)
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

function explain(error: unknown, user: RunUser | null): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return 'does not exist'
  if (code === 'EACCES') return `may not be run or entered${user ? ` by user ${user.uid}, whom commands run as,` : ''}`
  if (code === 'ENOTDIR') return 'is not a directory'
  if (code === 'E2BIG') return 'has too many or too long arguments'
  return `cannot be used (${error instanceof Error ? error.message : String(error)})`
}
