// The checker: holds the journals against each other. A pure function, so that it can itself be tested.
//
//   I1  an acknowledged submit is exactly one job         I5  each subscriber sees a job's events 1…n in order
//   I2  every job ends, as it may, in time                I6  only legal moves, and no write below the present epoch
//   I3  no two runs of one job overlap                    I7  a log is whole, or says what is gone
//   I4  no two runs overlap on one GPU                    I8  usage is the sum of the intervals
import { checkEvents, checkViews } from './check-events.ts'
import { checkBindings, checkOverlaps } from './check-overlaps.ts'
import { checkLedger, checkLogs } from './check-remains.ts'
import { checkEnds, checkSubmits } from './check-submits.ts'
import type { History, Violation } from './history.ts'

/** Whatever the journals say that must not be, in the order of the invariants. */
export function check(history: History): Violation[] {
  return [
    ...checkSubmits(history),
    ...checkEnds(history),
    ...checkOverlaps(history),
    ...checkBindings(history),
    ...checkViews(history),
    ...checkEvents(history),
    ...checkLogs(history),
    ...checkLedger(history),
  ].toSorted((a, b) => a.invariant.localeCompare(b.invariant))
}

/** One line: the invariant and what was found. */
export function describe({ invariant, what }: Violation): string {
  return `${invariant} ${what}`
}
