// Who uses how much processor time: each program, and each kind of PostgreSQL's processes, some of which come and go.
import { readdirSync, readFileSync } from 'node:fs'

const LOOK_MS = 500
/** What a tick of /proc is on every Linux that people run, in milliseconds. */
const TICK_MS = 10

export interface CpuWatch {
  /** Milliseconds since the start, by name: `jobs`, or `PostgreSQL: constellation_jobs`. */
  used(): Record<string, number>
  stop(): void
}

/** `pids` are programs by their names; those below `postgres` are told apart by what their titles say they do. */
export function watchCpu(pids: Readonly<Record<string, number>>): CpuWatch {
  const used: Record<string, number> = {}
  const last = new Map<number, number>()
  const names = new Map(Object.entries(pids).map(([name, pid]) => [pid, name]))
  const look = (isFirst: boolean) => {
    for (const { pid, parent, ms } of processes()) {
      const name = parent === pids.postgres ? `PostgreSQL: ${kindOf(pid)}` : (names.get(pid) ?? names.get(parent))
      if (name === undefined) continue
      used[name] = (used[name] ?? 0) + (isFirst ? 0 : ms - (last.get(pid) ?? 0))
      last.set(pid, ms)
    }
  }
  look(true)
  const timer = setInterval(() => look(false), LOOK_MS)
  return {
    used() {
      look(false)
      return { ...used }
    },
    stop: () => clearInterval(timer),
  }
}

/** `postgres: constellation_jobs constellation 127.0.0.1(5432) idle`, or `postgres: io worker 1`. */
function kindOf(pid: number): string {
  const title =
    read(`/proc/${pid}/cmdline`)
      ?.split('\0')[0]
      ?.replace(/^postgres: /, '') ?? 'gone'
  const client = /^(\S+) \S+ [\d.]+\(\d+\)/.exec(title)
  return client?.[1] ?? title.replace(/ (\d+|constellation)$/, '').trim()
}

function processes(): { pid: number; parent: number; ms: number }[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const text = read(`/proc/${name}/stat`)
      if (text === undefined) return []
      // The program's name in brackets may hold anything, brackets too.
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
      const ms = (Number(fields[11]) + Number(fields[12])) * TICK_MS
      return [{ pid: Number(name), parent: Number(fields[1]), ms }]
    })
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // It has ended.
    return undefined
  }
}
