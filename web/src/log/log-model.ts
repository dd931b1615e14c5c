// Everything about the log of one attempt that its view draws: what is shown of it, what is found in it, where one is.
import { type Accessor, createEffect, createMemo, createSignal, on } from 'solid-js'
import { useGraph } from '../shared/graph.ts'
import { type ChosenLines, createChosenLines } from './chosen-lines.ts'
import { logAddress } from './download.ts'
import { createFind, type Find } from './find/find.ts'
import { nextMatch } from './find/next-match.ts'
import { linesFound, linesOfPane } from './lines.ts'
import type { Measures } from './log-rows.tsx'
import { createLogScreen, type LogScreen } from './log-screen.ts'
import { createNavigation, type Navigation } from './navigate.ts'
import { totalOf } from './pane.ts'
import type { LineRange } from './place.ts'
import { readLines } from './read-lines.ts'
import { createRunLog, type RunLog } from './run-log.ts'
import { wraps } from './settings.ts'
import { textOf } from './terminal/line.ts'

/** The most that is copied at once, in lines. */
const MOST_COPIED = 50_000

export interface LogModel {
  log: RunLog
  find: Find
  screen: LogScreen
  navigation: Navigation
  chosen: ChosenLines
  setMeasures: (measures: Measures) => void
  /** How many lines the log has. */
  total: Accessor<number>
  /** How many of them are new since the end was let go. */
  newLines: Accessor<number>
  goTo: (number: number) => Promise<void>
  toEnd: () => void
  /** The line of the match that was gone to last. */
  current: Accessor<number | undefined>
  /** Goes to the next match or the one before. */
  step: (direction: 1 | -1) => void
  textOfRange: (range: LineRange) => Promise<string>
}

export function createLogModel(props: { jobId: string; runId: string; attempt: number }): LogModel {
  const { jobId, runId, attempt } = props
  const graph = useGraph()
  const log = createRunLog(runId, () => screen.reading())
  const find = createFind({ address: logAddress(jobId, attempt), attempt })
  const [measures, setMeasures] = createSignal<Measures>({ character: 8, gutter: 0 })
  const lines = createMemo(() => {
    if (find.isFilter()) return find.version() >= 0 ? linesFound(find.lines) : linesFound([])
    log.version()
    return linesOfPane(log.pane)
  })
  const screen = createLogScreen({
    lines,
    columns: (width) => (wraps() ? columnsIn(width, measures()) : Number.POSITIVE_INFINITY),
    onNearEdge: (edge) => find.isFilter() || navigation.more(edge),
  })
  const navigation = createNavigation(graph, log, screen.reading)
  const total = createMemo(() => (log.version() >= 0 ? totalOf(log.pane) : 0))
  const goTo = async (number: number) => {
    if (find.isFilter() || (await navigation.load(number))) screen.show(number)
  }
  const toEnd = () => {
    if (!find.isFilter()) navigation.toEnd()
    screen.follow()
  }
  const textOfRange = async ({ from, to }: LineRange) => {
    const found = await readLines(graph, runId, from, Math.min(to + 1, from + MOST_COPIED))
    return found.lines.flatMap((line) => (line.number < from ? [] : `${textOf(line)}\n`)).join('')
  }
  const chosen = createChosenLines(attempt)
  goToChosen(chosen, { log, screen, total, goTo })
  const newLines = countNew(screen, total)
  const steps = createSteps(find, screen, goTo)
  return { log, find, screen, navigation, chosen, setMeasures, total, newLines, goTo, toEnd, textOfRange, ...steps }
}

/** The lines that the address names are gone to once they are written, and when others are named. */
function goToChosen(
  chosen: ChosenLines,
  { log, screen, total, goTo }: Pick<LogModel, 'log' | 'screen' | 'total' | 'goTo'>,
): void {
  const isWritten = createMemo(() => log.ready() && (log.status() === 'ended' || total() > (chosen.range()?.from ?? 0)))
  createEffect(
    on([isWritten, chosen.range], ([written, range]) => {
      const visible = screen.visible()
      const isInView = visible && range && range.from >= visible.from && range.from <= visible.to
      if (written && range && !isInView) void goTo(range.from)
    }),
  )
}

function countNew(screen: LogScreen, total: Accessor<number>): Accessor<number> {
  const known = createMemo<number>((before) => (screen.following() ? total() : before), 0)
  return () => total() - known()
}

function createSteps(find: Find, screen: LogScreen, goTo: (number: number) => Promise<void>) {
  const [current, setCurrent] = createSignal<number>()
  createEffect(on([find.wanted, find.isOpen], () => setCurrent(undefined), { defer: true }))
  const step = (direction: 1 | -1) => {
    const next = nextMatch(find.matches, current(), screen.visible()?.from ?? 0, direction)
    if (next === undefined) return
    setCurrent(next)
    void goTo(next)
  }
  return { current, step }
}

/** How many characters fit in a row, before a small margin at its end. */
function columnsIn(width: number, { character, gutter }: Measures): number {
  return Math.max(20, Math.floor((width - gutter - character) / character))
}
