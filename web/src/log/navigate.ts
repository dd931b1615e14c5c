// Going about in a log: lines that are not loaded are, and what is read stays where it is.
import { type Accessor, createSignal } from 'solid-js'
import type { Graph } from '../shared/graph.ts'
import { extend, holds, lineAt, prepend, replace, showEnd, totalOf } from './pane.ts'
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
}

/** `reading` is the line that must stay. */
export function createNavigation(graph: Graph, log: RunLog, reading: () => number | undefined): Navigation {
  const [busy, setBusy] = createSignal(false)
  const [failed, setFailed] = createSignal(false)
  let latest = 0

  /** Reads lines and takes them up, unless something else is wanted by then. */
  const read = async (from: number, to: number, take: (lines: Awaited<ReturnType<typeof readLines>>) => void) => {
    const mine = ++latest
    setBusy(true)
    setFailed(false)
    try {
      const lines = await readLines(graph, log.runId, from, to)
      if (mine !== latest) return false
      take(lines)
      log.changed()
      return true
    } catch {
      if (mine === latest) setFailed(true)
      return false
    } finally {
      if (mine === latest) setBusy(false)
    }
  }
  const more = (edge: 'first' | 'last') => {
    if (busy() || failed()) return
    const { pane } = log
    const first = lineAt(pane, 0)?.number ?? 0
    const last = pane.loaded.at(-1)?.number ?? 0
    if (edge === 'last') void read(last + 1, last + 1 + PAGE_LINES, (lines) => extend(pane, lines, reading() ?? last))
    else if (first > 0) {
      void read(Math.max(0, first - PAGE_LINES), first, (lines) => prepend(pane, lines, reading() ?? first))
    }
  }
  const load = async (wanted: number) => {
    const { pane } = log
    const number = Math.min(wanted, totalOf(pane) - 1)
    if (holds(pane, number)) return true
    const from = Math.max(0, number - PAGE_LINES / 2)
    return read(from, from + PAGE_LINES, (lines) => replace(pane, lines))
  }
  const toEnd = () => {
    latest++
    setBusy(false)
    setFailed(false)
    showEnd(log.pane)
    log.changed()
  }
  return { more, load, toEnd, busy, failed }
}
