// The lines of a log that can be scrolled through: those that were loaded, and behind them the end as it is written.
import type { Part } from './part.ts'
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
  /** How many lines before the first that was loaded are drawn over by those that were. */
  above: number
  /** How many of the last that were loaded are drawn over by what comes behind them. */
  below: number
}

/** A pane that shows what is written into this terminal. */
export function createPane(end = createTerminal()): Pane {
  const first = endsFirst({ end })
  return { loaded: [], from: first, to: first, characters: 0, end, attached: true, above: 0, below: 0 }
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
  const above = drawnOver(pane)
  const taken = takeOldest(pane.end, KEPT_END)
  if (pane.attached) {
    if (pane.loaded.length === 0) pane.above = above
    append(pane, taken)
    pane.to = endsFirst(pane)
    if (pane.loaded.length === 0) pane.from = pane.to
  }
  trim(pane, reading)
}

/** Puts the lines from number `from` on before those that are there, which may be drawn over some of them. */
export function prepend(pane: Pane, { lines, above, below }: Part, from: number, reading: number): void {
  const over = below + drawnOver(pane)
  const first = Math.min(pane.from, lineAt(pane, 0)?.number ?? pane.from)
  const kept = Math.max(0, lines.length - over)
  const before = lines.slice(0, kept).filter(({ number }) => number < first)
  putUnder(pane, lines.slice(kept), Math.max(0, over - lines.length))
  pane.above = Math.max(above, over - lines.length)
  pane.loaded = [...before, ...pane.loaded]
  pane.characters += charactersOf(before)
  pane.from = Math.min(pane.from, from)
  trim(pane, reading)
}

/** Puts the lines before number `to` behind those that are there, up to the end. */
export function extend(pane: Pane, { lines, above, below }: Part, to: number, reading: number): void {
  if (pane.attached) return
  const end = endsFirst(pane)
  joinBehind(pane, above, () => {
    const last = pane.loaded.at(-1)?.number ?? -1
    append(
      pane,
      lines.filter(({ number }) => number > last && number < end),
    )
  })
  pane.below = below
  pane.to = Math.min(Math.max(pane.to, to), end)
  if (pane.to === end) {
    joinBehind(pane, pane.end.above, () => {
      pane.attached = true
    })
  }
  trim(pane, reading)
}

/** Shows the lines from number `from` to before `to` in place of what is there. */
export function replace(pane: Pane, part: Part, from: number, to: number): void {
  pane.loaded = []
  pane.characters = 0
  pane.from = from
  pane.to = from
  pane.above = part.above
  pane.below = 0
  pane.attached = false
  extend(pane, part, to, from)
}

/** Shows the end alone. */
export function showEnd(pane: Pane): void {
  if (pane.attached) return
  pane.loaded = []
  pane.characters = 0
  pane.from = endsFirst(pane)
  pane.to = pane.from
  pane.attached = true
  pane.below = 0
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

/** The number of the line that the end began with. */
function endsFirst({ end }: Pick<Pane, 'end'>): number {
  return (end.lines[0]?.number ?? 0) + end.above
}

/** How many lines before all that are there are drawn over by those. */
function drawnOver(pane: Pane): number {
  return pane.attached && pane.from === endsFirst(pane) ? pane.end.above : pane.above
}

/** Has `join` put behind the lines that were loaded what is drawn over the last of them. */
function joinBehind(pane: Pane, above: number, join: () => void): void {
  const place = Math.max(0, pane.loaded.length - pane.below - above)
  const under = pane.loaded.splice(place)
  pane.characters -= charactersOf(under)
  pane.below = 0
  join()
  putUnder(pane, under, place)
}

/** Where nothing is drawn over them, lines stay as they were: `under` are those of the places from `place` on. */
function putUnder(pane: Pane, under: readonly Line[], place: number): void {
  for (const [index, line] of under.entries()) {
    const over = lineAt(pane, place + index)
    if (over?.width !== 0) continue
    const at = place + index - pane.loaded.length
    const [lines, counted] = at < 0 ? [pane.loaded, pane] : [pane.end.lines, pane.end]
    lines[at < 0 ? place + index : at] = { ...line, number: over.number }
    counted.characters += line.width
  }
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
  pane.above = 0
}

function dropBehind(pane: Pane): void {
  let count = pane.loaded.length
  while (isOverfull(count, pane.characters)) pane.characters -= pane.loaded[--count]?.width ?? 0
  pane.loaded.length = count
  pane.to = (pane.loaded.at(-1)?.number ?? pane.from - 1) + 1
  pane.attached = false
  pane.below = 0
}

function isOverfull(lines: number, characters: number): boolean {
  return lines > 0 && (lines > KEPT.lines * 0.8 || characters > KEPT.characters * 0.8)
}

function charactersOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { width }) => sum + width, 0)
}
