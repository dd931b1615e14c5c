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
/** The place of the effective capabilities, and the bit of one of them. */
const EFFECTIVE = 0
const CAP_SETGID = 1 << 6

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
  must('prctl', prctl(option, 1, 0, 0, 0))
}

/** Whom a process acts as. */
export interface Identity {
  uid: number
  gid: number
  /** The further groups that it is in. */
  groups: readonly number[]
}

/**
 * Does something, at once, with another's groups, which what is started meanwhile keeps: Node would take them away from
 * a process that it starts as another user, and may not while we forgo the right to. For root alone.
 */
export function withGroupsOf<T>({ gid, groups }: Identity, act: () => T): T {
  const setGroup = libc.func('int setresgid(unsigned int, unsigned int, unsigned int)')
  const before = process.getgroups?.() ?? []
  let rights: Uint32Array | undefined
  try {
    process.setgroups?.([...groups])
    must('setresgid', setGroup(gid, gid, ROOT))
    rights = readCapabilities()
    writeCapabilities(rights.with(EFFECTIVE, (rights[EFFECTIVE] ?? 0) & ~CAP_SETGID))
    return act()
  } finally {
    if (rights) writeCapabilities(rights)
    must('setresgid', setGroup(ROOT, ROOT, ROOT))
    process.setgroups?.(before)
  }
}

/** This thread's capabilities: effective, permitted and inheritable, then the same of the higher numbers. */
function readCapabilities(): Uint32Array {
  const sets = new Uint32Array(6)
  must('capget', libc.func('int capget(_Inout_ uint32_t *, _Out_ uint32_t *)')(capabilityHeader(), sets))
  return sets
}

function writeCapabilities(sets: Uint32Array): void {
  must('capset', libc.func('int capset(_Inout_ uint32_t *, uint32_t *)')(capabilityHeader(), sets))
}

/** The version of the layout, and this thread. */
function capabilityHeader(): Uint32Array {
  return Uint32Array.of(0x20080522, 0)
}

function must(call: string, done: number): void {
  if (done !== 0) throw new Error(`${call} failed with errno ${koffi.errno()}`)
}

/**
 * Does something, at once, with no more rights to files than another user has. For root alone. It stays root to all
 * others, who cannot signal it.
 */
export function lookAs<T>({ uid, gid, groups }: Identity, look: () => T): T {
  const before = process.getgroups?.() ?? []
  try {
    process.setgroups?.([...groups])
    process.setegid?.(gid)
    process.seteuid?.(uid)
    return look()
  } finally {
    process.seteuid?.(ROOT)
    process.setegid?.(ROOT)
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
