// Which processes there are, and which of them belong to a run.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { constants } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import type { ProcessIdentity } from '../shim/files.ts'

interface Process extends ProcessIdentity {
  parent: number
  group: number
  session: number
  zombie: boolean
}

const LINUX = process.platform === 'linux'
/** The kernel gives the namespace that a machine starts with the same number everywhere. */
const FIRST_NAMESPACE = 'pid:[4026531836]'

/** A name for the machine's present run, from one start to the next. */
export function bootId(): string {
  if (LINUX) return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  return execFileSync('sysctl', ['-n', 'kern.boottime'], { encoding: 'utf8' }).trim()
}

/** What tells this process apart from a later one of its number, or undefined when it has ended. */
export function identify(pid: number): ProcessIdentity | undefined {
  const found = LINUX ? readProcess(pid) : listProcesses().find((process) => process.pid === pid)
  return found && !found.zombie ? { pid, startedAt: found.startedAt } : undefined
}

export function isAlive(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startedAt === identity.startedAt
}

/**
 * The living processes that descend from `root`, and those of the process group `group`. Where `root`
 * is a subreaper, that is all that it ever started, whatever they did to get away.
 */
export function livingTree(root: number, group: number): number[] {
  const processes = listProcesses()
  const tree = new Set([root])
  // A child's entry may come before its parent's, so pass until nothing is added.
  for (let before = 0; before !== tree.size; ) {
    before = tree.size
    for (const { pid, parent } of processes) if (tree.has(parent)) tree.add(pid)
  }
  return processes
    .filter(({ pid, group: g, zombie }) => pid !== root && !zombie && (tree.has(pid) || g === group))
    .map(({ pid }) => pid)
}

/** The living processes that have this text as one of their environment's entries. Linux only; elsewhere none are found. */
export function processesWithEnvironment(entry: string): number[] {
  if (!LINUX) return []
  return processNumbers().filter((pid) => {
    if (pid === process.pid) return false
    const environment = readIfThere(`/proc/${pid}/environ`) ?? ''
    return environment.split('\0').includes(entry)
  })
}

/** The living processes of a user, by the number that they cannot change without further rights. Linux only. */
export function processesOf(uid: number): number[] {
  if (!LINUX) return []
  // Not by the owner of its directory: that is root for a process that forbids others to look into it.
  const line = new RegExp(`^Uid:\\t${uid}\\t`, 'm')
  return processNumbers().filter((pid) => {
    const status = readIfThere(`/proc/${pid}/status`) ?? ''
    return line.test(status) && !/^State:\t[ZX]/m.test(status)
  })
}

/** The living processes of the session that a process began, if that is still its own. */
export function processesOfSession({ pid, startedAt }: ProcessIdentity): number[] {
  const leader = identify(pid)
  // A number is given to nobody else while it is a session's, so it is another's only when that is over.
  if (leader && leader.startedAt !== startedAt) return []
  return listProcesses().flatMap((process) => (process.session === pid && !process.zombie ? [process.pid] : []))
}

/** True for a process of this one's session, which nothing from outside can come into. */
export function isOfOwnSession(pid: number): boolean {
  return readProcess(pid)?.session === readProcess(process.pid)?.session
}

/** A process and those that it descends from, nearest first; undefined where it has ended or may not be looked at. */
export function lineage(pid: number): ProcessIdentity[] | undefined {
  if (!LINUX) return undefined
  const found: ProcessIdentity[] = []
  for (let next = pid; next > 0; ) {
    const seen = readProcess(next)
    // An ancestor that ends meanwhile leaves its children to another one: what was found until then may be wrong.
    if (!seen || seen.zombie) return undefined
    found.push({ pid: next, startedAt: seen.startedAt })
    next = seen.parent
  }
  return found
}

/** The user of a process, by the number that it cannot change without further rights. */
export function userOf(pid: number): number | undefined {
  const [, uid] = /^Uid:\t(\d+)\t/m.exec(readIfThere(`/proc/${pid}/status`) ?? '') ?? []
  return uid === undefined ? undefined : Number(uid)
}

/** The paths of the groups of processes that a process is in, as proc(5) writes them; empty where they are not known. */
export function groupPathsOf(pid: number): string {
  return readIfThere(`/proc/${pid}/cgroup`) ?? ''
}

/** True where the numbers of processes that we see are the machine's own, as its drivers tell them. */
export function seesMachine(): boolean {
  if (!LINUX) return false
  try {
    return readlinkSync('/proc/self/ns/pid') === FIRST_NAMESPACE
  } catch {
    return false
  }
}

/** The living children of this process that it does not call its own, and all that descends from them. */
export function strayChildren(isOwn: (pid: number) => boolean): number[] {
  const strays = listProcesses().filter(({ pid, parent }) => parent === process.pid && !isOwn(pid))
  return strays.flatMap(({ pid, group, zombie }) => [...(zombie ? [] : [pid]), ...livingTree(pid, group)])
}

/** SIGKILLs whatever `find` finds, until it finds nothing. Waits for as long as a process cannot be killed. */
export async function killAll(find: () => number[]): Promise<void> {
  for (let pause = 2; ; pause = Math.min(pause * 2, 500)) {
    const pids = find()
    if (pids.length === 0) return
    for (const pid of pids) sendSignal(pid, 'SIGKILL')
    await delay(pause)
  }
}

/** True for a process that catches the signal, or waits for it: others, such as a shell around it, would die of it. */
export function expectsSignal(pid: number, signal: NodeJS.Signals): boolean {
  if (!LINUX) return true
  const status = readIfThere(`/proc/${pid}/status`) ?? ''
  const bit = 1n << BigInt(constants.signals[signal] - 1)
  return [...status.matchAll(/^Sig(?:Cgt|Blk):\s*([0-9a-f]+)$/gm)].some(
    ([, mask]) => (BigInt(`0x${mask}`) & bit) !== 0n,
  )
}

/** Signals a process that may have ended meanwhile. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    // A process that became another user's, such as one behind sudo, cannot be signalled.
    if (code !== 'ESRCH' && code !== 'EPERM') throw error
  }
}

function listProcesses(): Process[] {
  if (!LINUX) return listWithPs()
  return processNumbers().flatMap((pid) => readProcess(pid) ?? [])
}

function processNumbers(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger)
}

/** Reads /proc/<pid>/stat; the fields are those of proc(5), counted from the state, which follows the name. */
function readProcess(pid: number): Process | undefined {
  const stat = readIfThere(`/proc/${pid}/stat`)
  if (stat === undefined) return undefined
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state = 'Z', parent, group, session] = fields
  const startedAt = fields[19] ?? ''
  const zombie = state === 'Z' || state === 'X'
  return { pid, parent: Number(parent), group: Number(group), session: Number(session), zombie, startedAt }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // Ended since it was listed, or not ours to read.
    return undefined
  }
}

function listWithPs(): Process[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat=,lstart='], { encoding: 'utf8' })
  return table.split('\n').flatMap((line) => {
    const [, pid, parent, group, state, startedAt] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line) ?? []
    if (startedAt === undefined) return []
    return {
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      // What `ps` of macOS says of sessions is of no use.
      session: Number(group),
      zombie: state?.startsWith('Z') === true,
      startedAt,
    }
  })
}
