// The lines of a log that can be scrolled through: those that were loaded, and behind them the end as it is written.
import type { Line } from './terminal/line.ts'
import { createTerminal, type Terminal } from './terminal/screen.ts'
import { takeOldest } from './terminal/terminal.ts'

/** What is kept to scroll through. A line takes about 200 bytes beside its characters. */
const KEPT = { lines: 50_000, characters: 8_000_000 }

/** What of it is the end, which is kept in any case. */
const KEPT_END = { lines: 5_000, characters: 2_000_000 }

export interface Pane {
  loaded: Line[]
  /** The numbers that were loaded, from the first to before the last; not each is a line, as some are drawn over. */
  from: number
  to: number
  /** How many characters `loaded` holds. */
  characters: number
  /** The end of the log, which grows. */
  end: Terminal
  /** Whether `end` follows right behind `loaded`, and is shown. */
  attached: boolean
}

/** A pane that shows what is written into this terminal. */
export function createPane(end = createTerminal()): Pane {
  const first = end.lines[0]?.number ?? 0
  return { loaded: [], from: first, to: first, characters: 0, end, attached: true }
}

/** How many lines there are to scroll through. */
export function countOf(pane: Pane): number {
  return pane.loaded.length + (pane.attached ? endCount(pane) : 0)
}

export function lineAt({ loaded, end, attached }: Pane, index: number): Line | undefined {
  return loaded[index] ?? (attached ? end.lines[index - loaded.length] : undefined)
}

/** How many lines the log has, as far as that is known. */
export function totalOf({ end }: Pane): number {
  const last = end.lines.at(-1)
  return last ? last.number + (last.width > 0 ? 1 : 0) : 0
}

/** The place of the last line whose number is at most this one, or of the first. */
export function indexOf(pane: Pane, number: number): number {
  let low = 0
  let high = countOf(pane) - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((lineAt(pane, middle)?.number ?? 0) <= number) low = middle
    else high = middle - 1
  }
  return low
}

/** Whether a line is there to be shown, or would be if it had not been drawn over. */
export function holds(pane: Pane, number: number): boolean {
  return number >= pane.from && number < (pane.attached ? totalOf(pane) : pane.to)
}

/** Keeps the end in its bounds after it has grown. `reading` is the line that must not go, if there is one. */
export function trimEnd(pane: Pane, reading: number | undefined): void {
  const taken = takeOldest(pane.end, KEPT_END)
  if (pane.attached) {
    append(pane, taken)
    pane.to = endsFirst(pane)
    if (pane.loaded.length === 0) pane.from = pane.to
  }
  trim(pane, reading)
}

/** Puts the lines from number `from` on before those that are there. */
export function prepend(pane: Pane, lines: readonly Line[], from: number, reading: number): void {
  const before = lines.filter(({ number }) => number < pane.from)
  pane.loaded = [...before, ...pane.loaded]
  pane.characters += charactersOf(before)
  pane.from = Math.min(pane.from, from)
  trim(pane, reading)
}

/** Puts the lines before number `to` behind those that are there, up to the end. */
export function extend(pane: Pane, lines: readonly Line[], to: number, reading: number): void {
  const end = endsFirst(pane)
  append(
    pane,
    lines.filter(({ number }) => number >= pane.to && number < end),
  )
  pane.to = Math.min(Math.max(pane.to, to), end)
  pane.attached = pane.to === end
  trim(pane, reading)
}

/** Shows the lines from number `from` to before `to` in place of what is there. */
export function replace(pane: Pane, lines: readonly Line[], from: number, to: number): void {
  pane.loaded = []
  pane.characters = 0
  pane.from = from
  pane.to = from
  extend(pane, lines, to, from)
}

/** Shows the end alone. */
export function showEnd(pane: Pane): void {
  if (pane.attached) return
  pane.loaded = []
  pane.characters = 0
  pane.from = endsFirst(pane)
  pane.to = pane.from
  pane.attached = true
}

/** Takes another terminal as the end, of which nothing is shown yet. */
export function takeEnd(pane: Pane, end: Terminal): void {
  pane.end = end
  pane.attached = false
  showEnd(pane)
}

function endCount({ end }: Pane): number {
  return end.lines.length - (end.lines.at(-1)?.width === 0 ? 1 : 0)
}

function endsFirst({ end }: Pane): number {
  return end.lines[0]?.number ?? 0
}

function append(pane: Pane, lines: readonly Line[]): void {
  for (const line of lines) pane.loaded.push(line)
  pane.characters += charactersOf(lines)
}

/** Lets go of lines, a fifth of what is kept at a time, on the side that is further from what is read. */
function trim(pane: Pane, reading: number | undefined): void {
  if (pane.loaded.length <= KEPT.lines && pane.characters <= KEPT.characters) return
  const place = reading === undefined ? pane.loaded.length : indexOf(pane, reading)
  if (place < pane.loaded.length / 2) dropBehind(pane)
  else dropBefore(pane)
}

function dropBefore(pane: Pane): void {
  let count = 0
  while (isOverfull(pane.loaded.length - count, pane.characters)) pane.characters -= pane.loaded[count++]?.width ?? 0
  pane.loaded.splice(0, count)
  pane.from = pane.loaded[0]?.number ?? pane.to
}

function dropBehind(pane: Pane): void {
  let count = pane.loaded.length
  while (isOverfull(count, pane.characters)) pane.characters -= pane.loaded[--count]?.width ?? 0
  pane.loaded.length = count
  pane.to = (pane.loaded.at(-1)?.number ?? pane.from - 1) + 1
  pane.attached = false
}

function isOverfull(lines: number, characters: number): boolean {
  return lines > 0 && (lines > KEPT.lines * 0.8 || characters > KEPT.characters * 0.8)
}

function charactersOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { width }) => sum + width, 0)
}
