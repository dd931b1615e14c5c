// Going about in a log: lines that are not loaded are, and what is read stays where it is.
import { type Accessor, createSignal } from 'solid-js'
import type { Graph } from '../shared/graph.ts'
import { countOf, extend, holds, prepend, replace, showEnd, totalOf } from './pane.ts'
import type { Part } from './part.ts'
import { readLines } from './read-lines.ts'
import type { RunLog } from './run-log.ts'

/** How many lines are loaded at a time. */
const PAGE_LINES = 2000

export interface Navigation {
  /** Loads the lines beyond what is loaded. */
  more: (edge: 'first' | 'last') => void
  /** Sees to it that a line is loaded. False where something else was wanted meanwhile, or it could not be. */
  load: (number: number) => Promise<boolean>
  toEnd: () => void
  busy: Accessor<boolean>
  failed: Accessor<boolean>
  tryAgain: () => void
}

/** `reading` is the line that must stay. */
export function createNavigation(graph: Graph, log: RunLog, reading: () => number | undefined): Navigation {
  const [busy, setBusy] = createSignal(false)
  const [failed, setFailed] = createSignal(false)
  let latest = 0
  let again = () => {}

  /** Reads lines and takes them up, unless something else is wanted by then. */
  const read = async (from: number, to: number, take: (part: Part) => void) => {
    const mine = ++latest
    setBusy(true)
    setFailed(false)
    try {
      const part = await readLines(graph, log.runId, from, to)
      if (mine !== latest) return false
      setBusy(false)
      take(part)
      log.changed()
      return true
    } catch {
      if (mine !== latest) return false
      again = () => void read(from, to, take)
      setBusy(false)
      setFailed(true)
      return false
    }
  }
  const { pane } = log
  const earlier = async () => {
    const { from: first } = pane
    const from = Math.max(0, first - PAGE_LINES)
    const count = countOf(pane)
    const isDone = await read(from, first, (part) => prepend(pane, part, from, reading() ?? first))
    // All that was there has been drawn over.
    if (isDone && countOf(pane) === count && from > 0) await earlier()
  }
  const later = async () => {
    const { to: last } = pane
    const to = last + PAGE_LINES
    const count = countOf(pane)
    const isDone = await read(last, to, (part) => extend(pane, part, to, reading() ?? last))
    if (isDone && countOf(pane) === count && !pane.attached) await later()
  }
  const more = (edge: 'first' | 'last') => {
    if (busy() || failed() || !log.ready()) return
    if (edge === 'last') void later()
    else if (pane.from > 0) void earlier()
  }
  const load = async (wanted: number) => {
    const number = Math.min(wanted, totalOf(pane) - 1)
    if (holds(pane, number)) return true
    const from = Math.max(0, number - PAGE_LINES / 2)
    return read(from, from + PAGE_LINES, (part) => replace(pane, part, from, from + PAGE_LINES))
  }
  const toEnd = () => {
    latest++
    setBusy(false)
    setFailed(false)
    showEnd(pane)
    log.changed()
  }
  return { more, load, toEnd, busy, failed, tryAgain: () => again() }
}
