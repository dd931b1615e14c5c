// From one match to the next, round and round.
import { placeOf } from './matches.ts'
import type { Match } from './scan.ts'

/** The line to go to from the match in line `current`, or, without one, from the first visible line. */
export function nextMatch(
  matches: readonly Match[],
  current: number | undefined,
  visible: number,
  direction: 1 | -1,
): number | undefined {
  const place = placeOf(matches, current ?? visible)
  const isFresh = current === undefined && direction === 1
  const next = isFresh ? place : place + direction
  return matches[(next + matches.length) % Math.max(1, matches.length)]?.number
}
