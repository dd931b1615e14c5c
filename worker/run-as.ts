// Whom commands run as: RUN_AS of the worker's settings.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { lookAs, withGroupsOf } from './executors/native.ts'
import type { RunUser } from './shim/files.ts'

/** What RUN_AS names. */
type RunAs =
  /** A user of the machine's, whose every run is the same to the system. */
  | { kind: 'user'; user: RunUser; environment: Record<string, string> }
  /** Numbers of which each job gets one of its own, so that none can touch what is another's. */
  | { kind: 'range'; first: number; last: number }

/** A run's user, and what its environment says of it; what that leaves out is the run's scratch directory. */
export interface ChosenUser {
  user: RunUser
  environment: Record<string, string>
}

export interface Users {
  /** True where commands run as others than the worker's user. */
  areOthers: boolean
  /** The user of a new run of this job, where none of the living runs may have it; undefined where it is the worker's own. */
  choose(jobId: string, living: Iterable<RunUser | null>): ChosenUser | undefined
}

/** More than that are not started at a time. */
const MOST_STARTING = 1_000

/** @throws Error when commands cannot run as that user here */
export function openUsers(setting: string | undefined): Users {
  const runAs = setting === undefined || setting === 'root' ? undefined : readRunAs(setting)
  if (!runAs) return { areOthers: false, choose: () => undefined }
  checkRights(runAs)
  if (runAs.kind === 'user') return { areOthers: true, choose: () => runAs }
  const { first, last } = runAs
  const size = last - first + 1
  /** Whose run is being started, and is not yet among the living. */
  const starting = new Map<number, string>()
  return {
    areOthers: true,
    choose: (jobId, living) => {
      const taken = new Set(Array.from(living, (user) => user?.uid))
      for (const uid of starting.keys()) if (taken.has(uid) || starting.size > MOST_STARTING) starting.delete(uid)
      // The same for each attempt of a job, which may go on with the files of the one before.
      const usual = createHash('sha256').update(jobId).digest().readUInt32BE()
      for (let tries = 0; tries < size; tries++) {
        const uid = first + ((usual + tries) % size)
        if (taken.has(uid) || (starting.get(uid) ?? jobId) !== jobId) continue
        starting.set(uid, jobId)
        return ofItsOwn(uid)
      }
      throw new Error(`every user of RUN_AS (${setting}) has a run.`)
    },
  }
}

function ofItsOwn(uid: number): ChosenUser {
  const name = `run-${uid}`
  return {
    user: { uid, gid: uid, groups: [], exclusive: true },
    environment: { USER: name, LOGNAME: name, SHELL: '/bin/sh' },
  }
}

function readRunAs(setting: string): RunAs {
  const [, first, separator, second] = /^(\d+)([:-])(\d+)$/.exec(setting) ?? []
  if (separator === '-') return { kind: 'range', first: Number(first), last: Number(second) }
  const gid = separator === ':' ? Number(second) : undefined
  const entry = lookUp('passwd', first ?? setting)
  const [name = '', , uid = first, ownGid, , home = '', shell = '/bin/sh'] = entry ?? []
  if (uid === undefined) throw new Error(`RUN_AS names ${setting}, and this machine has no such user.`)
  const user = { uid: Number(uid), gid: gid ?? Number(ownGid), exclusive: false }
  const groups = gid === undefined ? groupsOf(name) : [gid]
  const environment = { SHELL: shell, ...(name === '' ? {} : { USER: name, LOGNAME: name }) }
  const ownsHome = home !== '' && statSync(home, { throwIfNoEntry: false })?.uid === user.uid
  return {
    kind: 'user',
    user: { ...user, groups },
    environment: { ...environment, ...(ownsHome ? { HOME: home } : {}) },
  }
}

/** The fields of an entry of one of the system's tables, wherever the system has it from. */
function lookUp(table: 'passwd', key: string): string[] | undefined {
  try {
    return execFileSync('getent', [table, key], { encoding: 'utf8', stdio: 'pipe' }).trim().split(':')
  } catch {
    return undefined // No such entry.
  }
}

function groupsOf(name: string): number[] {
  return execFileSync('id', ['-G', name], { encoding: 'utf8', stdio: 'pipe' }).trim().split(' ').map(Number)
}

/** It is known at the start, and not by the first run, where the worker may not do this. */
function checkRights(runAs: RunAs): void {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new Error('RUN_AS lets commands run as another user, which takes Linux and a worker of root.')
  }
  const users = runAs.kind === 'user' ? [runAs.user] : [ofItsOwn(runAs.first).user, ofItsOwn(runAs.last).user]
  for (const user of users) {
    if (user.uid === 0) throw new Error('RUN_AS must not be root by its number.')
    try {
      lookAs(user, () => undefined)
      withGroupsOf(user, () => undefined)
    } catch (error) {
      throw new Error(`Commands cannot run as user ${user.uid} here, as RUN_AS says.`, { cause: error })
    }
  }
}
