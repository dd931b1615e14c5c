// Looking up matches, which are in the order of their lines.
import type { Match } from './scan.ts'

/** The match of a line, by its number. */
export function matchOf(matches: readonly Match[], number: number): Match | undefined {
  const index = placeOf(matches, number)
  return matches[index]?.number === number ? matches[index] : undefined
}

/** The first match at or behind a line: its place among all, which is their count where there is none. */
export function placeOf(matches: readonly Match[], number: number): number {
  let low = 0
  let high = matches.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((matches[middle]?.number ?? 0) < number) low = middle + 1
    else high = middle
  }
  return low
}
