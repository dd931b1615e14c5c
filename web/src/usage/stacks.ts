// Usage by parts of time as stacks of bars: the largest few by themselves, and all others as one.
import type { UsageGrain } from '../generated/documents.ts'
import { nextStart, startOf } from './calendar.ts'
import type { Stretch } from './range.ts'

/** More colours than these nobody tells apart. */
export const MOST_LAYERS = 6

/** How much of `key` there was in the part of time that begins at `start` (milliseconds). */
export interface Cell {
  start: number
  key: string
  amount: number
}

/** The amount of all keys in a part of time; `provisional` while it may still grow. */
export interface Sum {
  start: number
  amount: number
  provisional: boolean
}

export interface Stack extends Sum {
  /** By layer, others last where there are any. */
  layers: readonly number[]
}

export interface Stacks {
  keys: readonly string[]
  /** Whether there is a layer more than keys. */
  hasOthers: boolean
  stacks: readonly Stack[]
}

/**
 * Stacks for each of `starts`. `ranked` are the keys, the largest first. What the cells leave of a part's sum belongs to
 * others: of very many keys only the largest cells are known.
 */
export function stack(
  starts: readonly number[],
  ranked: readonly string[],
  cells: readonly Cell[],
  sums: readonly Sum[],
): Stacks {
  // One key more needs no room that others would not.
  const keys = ranked.slice(0, ranked.length === MOST_LAYERS + 1 ? MOST_LAYERS + 1 : MOST_LAYERS)
  const hasOthers = ranked.length > keys.length
  const amounts = new Map(cells.map(({ start, key, amount }) => [`${start} ${key}`, amount]))
  const sumOf = new Map(sums.map((sum) => [sum.start, sum]))
  const stacks = starts.map((start) => {
    const { amount = 0, provisional = false } = sumOf.get(start) ?? {}
    const named = keys.map((key) => Math.max(0, amounts.get(`${start} ${key}`) ?? 0))
    const others = Math.max(0, amount - named.reduce((a, b) => a + b, 0))
    return { start, amount, provisional, layers: hasOthers ? [...named, others] : named }
  })
  return { keys, hasOthers, stacks }
}

/**
 * The beginnings of all parts of the stretch up to now, also of those in which nothing was used, and of those in which
 * the server found something. All time begins with the first of these.
 */
export function startsWithin(
  { from, to }: Stretch,
  grain: UsageGrain,
  found: readonly number[],
  now: number,
): number[] {
  const first = from ?? Math.min(...found, now)
  const end = Math.min(to, Math.max(now, first + 1))
  const starts = new Set(found)
  for (let at = startOf(first, grain); at < end; at = nextStart(at, grain)) starts.add(at)
  return [...starts].toSorted((a, b) => a - b)
}
