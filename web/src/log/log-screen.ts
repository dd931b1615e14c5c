// The part of a log that is on the screen, and the following of its end.
import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js'
import type { RunLog } from './run-log.ts'
import { isEmpty, type Line } from './terminal.ts'
import { drawnLines, followsAfterScroll, LINE_HEIGHT } from './window.ts'

/** What is drawn, as of the last frame. */
interface Shown {
  /** How many lines there are to scroll through, and how many before them were let go. */
  count: number
  dropped: number
  /** The lines that are in the document, and the place of the first of them among all. */
  lines: readonly Line[]
  first: number
  empty: boolean
}

export interface LogScreen {
  shown: Accessor<Shown>
  following: Accessor<boolean>
  toEnd: () => void
  onScroll: () => void
  /** Says which element scrolls. */
  attach: (element: HTMLElement) => void
}

/** Follows the end of the log until the reader scrolls up. */
export function createLogScreen(log: RunLog): LogScreen {
  const [view, setView] = createSignal({ top: 0, height: 0 })
  const [following, setFollowing] = createSignal(true)
  let box: HTMLElement | undefined

  const shown = createMemo(() => {
    log.version()
    const { lines, dropped } = log.terminal()
    const unfinished = lines.at(-1)?.segments.length === 0 ? 1 : 0
    const count = lines.length - unfinished
    const { first, end } = drawnLines(view(), count)
    return { count, dropped, first, lines: lines.slice(first, end), empty: isEmpty(log.terminal()) }
  })
  const onScroll = () => {
    if (!box) return
    const next = { top: box.scrollTop, height: box.clientHeight }
    setFollowing((now) => followsAfterScroll(now, view().top, next, box?.scrollHeight ?? 0))
    setView(next)
  }
  const toEnd = () => {
    setFollowing(true)
    if (box) box.scrollTop = box.scrollHeight
  }
  const resized = new ResizeObserver(() => {
    if (box) setView({ top: box.scrollTop, height: box.clientHeight })
    if (following()) toEnd()
  })
  onCleanup(() => resized.disconnect())

  createEffect(() => shown().count >= 0 && following() && toEnd())
  // Lines that were let go above must not move what is being read.
  createEffect(
    on(
      () => shown().dropped,
      (dropped, before = dropped) => {
        if (box && !following()) box.scrollTop -= (dropped - before) * LINE_HEIGHT
      },
    ),
  )
  const attach = (element: HTMLElement) => {
    box = element
    resized.observe(element)
  }
  return { shown, following, toEnd, onScroll, attach }
}
