// Groups of processes that the kernel keeps together (cgroups): what is started in one stays in it whatever it does
// to get away, so that all of it is found, ended and held to limits. In version 2 one group does all; in version 1
// each controller has a hierarchy of its own.
import { mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

export type Controller = 'memory' | 'cpu'

/** A group in one hierarchy. */
export interface Cgroup {
  version: 1 | 2
  directory: string
  /** What it can hold its processes to. */
  controllers: Controller[]
  /** The group that the worker is in. */
  origin: string
}

/** How long a group may take to be free of processes that have ended. */
const REMOVAL = { tries: 50, pauseMs: 20 }
/** A period of the processors' time, in microseconds. */
const CPU_PERIOD_US = 100_000

/** A new group of this name in each of the parents. */
export function makeGroups(parents: readonly Cgroup[], name: string): Cgroup[] {
  return parents.map((parent) => {
    const directory = join(parent.directory, name)
    mkdirSync(directory)
    return { ...parent, directory }
  })
}

/** Moves this process into the groups: what it starts from here on is born in them. */
export function enterGroups(groups: readonly Cgroup[]): void {
  for (const { directory } of groups) writeFileSync(join(directory, 'cgroup.procs'), String(process.pid))
}

/** Moves this process back to where the worker is. What it has started stays. False where it could not. */
export function leaveGroups(groups: readonly Cgroup[]): boolean {
  return groups.map(({ origin }) => tryToWrite(join(origin, 'cgroup.procs'), String(process.pid))).every(Boolean)
}

/** Holds the groups to a limit on their memory, in MiB. False where none of them can. */
export function limitMemory(groups: readonly Cgroup[], memoryMb: number): boolean {
  return groups.some(({ version, directory, controllers }) => {
    if (!controllers.includes('memory')) return false
    const bytes = String(memoryMb * 2 ** 20)
    const limit = version === 1 ? 'memory.limit_in_bytes' : 'memory.max'
    if (!tryToWrite(join(directory, limit), bytes)) return false
    // What is over the limit would otherwise go on, slowly. Not every kernel counts what is swapped out.
    if (version === 1) tryToWrite(join(directory, 'memory.memsw.limit_in_bytes'), bytes)
    else tryToWrite(join(directory, 'memory.swap.max'), '0')
    // A run that has lost a part of itself is of no use. Version 1 cannot end all of it.
    tryToWrite(join(directory, 'memory.oom.group'), '1')
    return true
  })
}

/** Holds the groups to so many processors' time. False where none of them can. */
export function limitCpus(groups: readonly Cgroup[], cpus: number): boolean {
  return groups.some(({ version, directory, controllers }) => {
    if (!controllers.includes('cpu')) return false
    const quota = Math.max(1_000, Math.round(cpus * CPU_PERIOD_US))
    if (version === 2) return tryToWrite(join(directory, 'cpu.max'), `${quota} ${CPU_PERIOD_US}`)
    return (
      tryToWrite(join(directory, 'cpu.cfs_period_us'), String(CPU_PERIOD_US)) &&
      tryToWrite(join(directory, 'cpu.cfs_quota_us'), String(quota))
    )
  })
}

/** How many of the groups' processes the kernel has killed for want of memory. */
export function oomKills(groups: readonly Cgroup[]): number {
  const counts = groups
    .filter(({ controllers }) => controllers.includes('memory'))
    .map(({ version, directory }) => {
      const text = readIfThere(join(directory, version === 2 ? 'memory.events' : 'memory.oom_control'))
      return Number(/^oom_kill (\d+)$/m.exec(text)?.[1] ?? 0)
    })
  return Math.max(0, ...counts)
}

/** The processes in the groups, and in those that they have made below. This process is not one of them. */
export function members(groups: readonly Cgroup[]): number[] {
  const found = groups.flatMap(({ directory }) => withDescendants(directory)).flatMap(processesIn)
  return [...new Set(found)].filter((pid) => pid !== process.pid)
}

/** Kills all of the groups at once, where the kernel can do that: nothing escapes by starting others. */
export function killGroups(groups: readonly Cgroup[]): void {
  for (const { version, directory } of groups) if (version === 2) tryToWrite(join(directory, 'cgroup.kill'), '1')
}

/** Removes groups whose processes have ended. What cannot be removed now is removed at the worker's next start. */
export async function removeGroups(groups: readonly Cgroup[]): Promise<void> {
  for (const { directory } of groups) {
    for (let tries = 0; !removeTree(directory) && tries < REMOVAL.tries; tries++) await delay(REMOVAL.pauseMs)
  }
}

/** False where something of it is left. */
export function removeTree(directory: string): boolean {
  try {
    for (const group of withDescendants(directory).toReversed()) rmdirSync(group)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT'
  }
}

/** The group and all below it, parents first. */
function withDescendants(directory: string): string[] {
  try {
    const below = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    return [directory, ...below.flatMap(({ name }) => withDescendants(join(directory, name)))]
  } catch {
    return []
  }
}

function processesIn(directory: string): number[] {
  return readIfThere(join(directory, 'cgroup.procs')).split('\n').filter(Boolean).map(Number)
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function tryToWrite(path: string, value: string): boolean {
  try {
    writeFileSync(path, value)
    return true
  } catch {
    return false
  }
}
