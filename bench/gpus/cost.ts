// What a piece of work costs, done again and again.
import { readFileSync } from 'node:fs'
import { median } from '../queue/statistics.ts'

export interface Cost {
  /** Processor time in microseconds, of this process and of those that it started. */
  cpuUs: number
  wallUs: number
  /** Of the rounds: processor time. */
  leastUs: number
  mostUs: number
}

/** What a tick of /proc is on every Linux that people run, in microseconds. */
const TICK_US = 10_000

/** Of one time: the medians of several rounds of so many times, after one round that does not count. */
export async function costOf(
  { rounds, times }: { rounds: number; times: number },
  work: () => undefined | Promise<unknown>,
): Promise<Cost> {
  const measured: { cpu: number; wall: number }[] = []
  let children = 0
  for (let round = 0; round <= rounds; round++) {
    // Time of children is counted in ticks, so over all rounds together.
    if (round === 1) children = childrenUs()
    const [began, before] = [performance.now(), process.cpuUsage()]
    for (let i = 0; i < times; i++) {
      const promise = work()
      if (promise) await promise
    }
    const { user, system } = process.cpuUsage(before)
    if (round > 0) measured.push({ cpu: (user + system) / times, wall: ((performance.now() - began) * 1_000) / times })
  }
  const ofChildren = (childrenUs() - children) / (rounds * times)
  const own = measured.map(({ cpu }) => cpu)
  return {
    cpuUs: median(own) + ofChildren,
    wallUs: median(measured.map(({ wall }) => wall)),
    leastUs: Math.min(...own) + ofChildren,
    mostUs: Math.max(...own) + ofChildren,
  }
}

/** Processor time of children that have ended; NaN where there is no /proc. */
function childrenUs(): number {
  try {
    const text = readFileSync('/proc/self/stat', 'utf8')
    // The program's name in brackets may hold anything, brackets too.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[13]) + Number(fields[14])) * TICK_US
  } catch {
    return Number.NaN
  }
}
