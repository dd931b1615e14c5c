// Processor time of one process to the nanosecond, where the ticks of /proc/<pid>/stat are too coarse for short rounds.
import { readdirSync, readFileSync } from 'node:fs'

/** Of all its threads that run still, in milliseconds; NaN where there is no /proc. */
export function cpuMs(pid: number): number {
  try {
    const threads = readdirSync(`/proc/${pid}/task`)
    return threads.reduce((sum, thread) => sum + threadMs(`/proc/${pid}/task/${thread}/schedstat`), 0)
  } catch {
    return Number.NaN
  }
}

/** The first of the numbers is how long it ran, in nanoseconds. */
function threadMs(file: string): number {
  return Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6
}
