// How much processor time was used, and by whom.
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'

/** What a tick of /proc is on every Linux that people run, in milliseconds. */
const TICK_MS = 10

export interface Cpu {
  serverMs: number
  clientMs: number
}

/** Processor time so far: of all processes of this PostgreSQL, and of this process. NaN for the server where there is no /proc. */
export function cpuUsed(postmaster: number): Cpu {
  const { user, system } = process.cpuUsage()
  return { serverMs: treeCpuMs(postmaster), clientMs: (user + system) / 1000 }
}

/** Of a process and all that it has started, those that have ended too. NaN where there is no /proc. */
export function treeCpuMs(root: number): number {
  const parents = new Map<number, number>()
  const used = new Map<number, number>()
  for (const { pid, parent, ms } of processes()) {
    parents.set(pid, parent)
    used.set(pid, ms)
  }
  const belongs = (pid: number | undefined): boolean => pid !== undefined && (pid === root || belongs(parents.get(pid)))
  return used.size === 0 ? Number.NaN : [...used].reduce((sum, [pid, ms]) => (belongs(pid) ? sum + ms : sum), 0)
}

/** Watches how much of the machine is used by others than this process and what it has started; the result is a share of 1. */
export function watchOthers(): () => number {
  const before = { busy: busyMs(), own: treeCpuMs(process.pid), at: performance.now() }
  return () => {
    const busy = busyMs() - before.busy - (treeCpuMs(process.pid) - before.own)
    return Math.max(0, busy / ((performance.now() - before.at) * availableParallelism()))
  }
}

/** All processors together. */
function busyMs(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0)
}

interface Process {
  pid: number
  parent: number
  /** Its own time, and that of its children that have ended. */
  ms: number
}

function processes(): Process[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (readProcess(name) ?? []) : []))
}

/** Undefined for a process that is gone by now. */
function readProcess(pid: string): Process | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The program's name in brackets may hold anything, brackets too.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const [user, system, childUser, childSystem] = [11, 12, 13, 14].map((index) => Number(fields[index]))
    const ticks = (user ?? 0) + (system ?? 0) + (childUser ?? 0) + (childSystem ?? 0)
    return { pid: Number(pid), parent: Number(fields[1]), ms: ticks * TICK_MS }
  } catch {
    return undefined
  }
}
