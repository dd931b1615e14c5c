// How much memory processes hold, watched while something goes on.
import { readFileSync } from 'node:fs'

/** In MiB; 0 where the process is gone. */
function residentMb(pid: number | undefined): number {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024)
  } catch {
    return 0
  }
}

export interface MemoryWatch {
  /** The first and the most that each held, in MiB. */
  stop(): Record<string, { first: number; most: number }>
}

/** `pids` is asked again and again, since parts are born and die. */
export function watchMemory(pids: () => Record<string, number | undefined>): MemoryWatch {
  const held: Record<string, { first: number; most: number }> = {}
  const look = () => {
    for (const [name, pid] of Object.entries(pids())) {
      const now = residentMb(pid)
      const known = held[name]
      if (known) known.most = Math.max(known.most, now)
      else if (now > 0) held[name] = { first: now, most: now }
    }
  }
  look()
  const timer = setInterval(look, 200)
  return {
    stop() {
      clearInterval(timer)
      return held
    },
  }
}
