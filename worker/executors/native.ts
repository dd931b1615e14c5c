// The few calls of the C library that Node does not offer.
import { readFileSync } from 'node:fs'
import koffi from 'koffi'

const LINUX = process.platform === 'linux'
const PR_SET_CHILD_SUBREAPER = 36
const PR_SET_NO_NEW_PRIVS = 38
const O_CLOEXEC = 0o2000000
const WNOHANG = 1
const LOCK_EX_NB = 2 | 4
const ROOT = 0

const libc = koffi.load(null)

/** Orphans among our descendants become our children, so that none is lost. Does nothing where there is no such call. */
export function becomeSubreaper(): void {
  if (LINUX) control(PR_SET_CHILD_SUBREAPER)
}

/** What this thread starts from here on gains no rights by running a program, such as `sudo`. It cannot be undone. */
export function forgoPrivileges(): void {
  control(PR_SET_NO_NEW_PRIVS)
}

function control(option: number): void {
  const prctl = libc.func('int prctl(int, unsigned long, unsigned long, unsigned long, unsigned long)')
  if (prctl(option, 1, 0, 0, 0) !== 0) throw new Error(`prctl failed with errno ${koffi.errno()}`)
}

/** Whom a process acts as. */
export interface Identity {
  uid: number
  gid: number
  /** The further groups that it is in. */
  groups: readonly number[]
}

/**
 * Does something, at once, as another user: a program that is started meanwhile is that user's for good, and what
 * may be read or entered is what that user may. For root alone; it is root again afterwards, since a process keeps
 * the saved user that it had, which a program that it starts does not.
 */
export function actAs<T>({ uid, gid, groups }: Identity, act: () => T): T {
  const setUser = libc.func('int setresuid(unsigned int, unsigned int, unsigned int)')
  const setGroup = libc.func('int setresgid(unsigned int, unsigned int, unsigned int)')
  const must = (done: number) => {
    if (done !== 0) throw new Error(`The worker could not act as user ${uid}: errno ${koffi.errno()}`)
  }
  const before = process.getgroups?.() ?? []
  try {
    process.setgroups?.([...groups])
    must(setGroup(gid, gid, ROOT))
    must(setUser(uid, uid, ROOT))
    return act()
  } finally {
    must(setUser(ROOT, ROOT, ROOT))
    must(setGroup(ROOT, ROOT, ROOT))
    process.setgroups?.(before)
  }
}

/**
 * A pipe's file descriptors. Node would give a child sockets, which it cannot open again by name:
 * `echo >/dev/stderr` would fail.
 */
export function openPipe(): { readEnd: number; writeEnd: number } {
  const ends = new Int32Array(2)
  const failed = LINUX
    ? libc.func('int pipe2(_Out_ int *, int)')(ends, O_CLOEXEC)
    : libc.func('int pipe(_Out_ int *)')(ends)
  const [readEnd, writeEnd] = ends
  if (failed !== 0 || readEnd === undefined || writeEnd === undefined) {
    throw new Error(`No pipe could be made: errno ${koffi.errno()}`)
  }
  return { readEnd, writeEnd }
}

/** Takes the exit of every ended child but its own, whose exit Node itself takes. The others are orphans that we adopted. */
export function reapAdopted(isOwn: (pid: number) => boolean): void {
  if (!LINUX) return
  const waitpid = libc.func('int waitpid(int, void *, int)')
  for (const pid of children()) if (!isOwn(pid)) waitpid(pid, null, WNOHANG)
}

/** Locks an open file for this process alone, until it ends in whatever way. False when another one has it. */
export function lockFile(fd: number): boolean {
  return libc.func('int flock(int, int)')(fd, LOCK_EX_NB) === 0
}

function children(): number[] {
  try {
    return readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  } catch {
    // A kernel without this file: the orphans stay zombies until we end.
    return []
  }
}
