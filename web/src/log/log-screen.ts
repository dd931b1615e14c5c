// The part of a log that is on the screen, and the following of its end.
import { type Accessor, batch, createEffect, createMemo, createSignal, onCleanup } from 'solid-js'
import type { Lines } from './lines.ts'
import { type Row, rowsBetween } from './rows.ts'
import { drawnRows, followsAfterScroll, lastTop, ROW_HEIGHT } from './window.ts'
import { unwrapped, wrapped } from './wrap.ts'

/** This close to the first or the last loaded line, in rows, others are loaded. */
const NEAR_EDGE = 200

/** The line that stays where it is, and how far below the upper edge, in pixels. */
interface Anchor {
  number: number
  offset: number
}

export interface LogScreen {
  /** The rows in the document, and how far down the first of them is. */
  drawn: Accessor<{ rows: readonly Row[]; offset: number }>
  fullHeight: Accessor<number>
  /** The numbers of the first and the last visible line. */
  visible: Accessor<{ from: number; to: number } | undefined>
  following: Accessor<boolean>
  /** The line that must stay, where the end is not followed. */
  reading: Accessor<number | undefined>
  follow: () => void
  letGo: () => void
  /** Puts a line in view, a third down. */
  show: (number: number) => void
  onScroll: () => void
  /** Says which element scrolls. */
  attach: (element: HTMLElement) => void
  /** Its inner width, in pixels. */
  width: Accessor<number>
}

interface Options {
  lines: Accessor<Lines>
  /** How many characters fit in a row; infinite where lines do not wrap. */
  columns: (width: number) => number
  onNearEdge: (edge: 'first' | 'last') => void
}

/** Follows the end of the log until the reader scrolls up. */
export function createLogScreen({ lines, columns, onNearEdge }: Options): LogScreen {
  const [size, setSize] = createSignal({ width: 0, height: 0 }, { equals: sameSize })
  const [following, setFollowing] = createSignal(true)
  const [anchor, setAnchor] = createSignal<Anchor>({ number: 0, offset: 0 })
  let box: HTMLElement | undefined
  /** Where the box was scrolled to when it was last looked at. */
  let seen = 0

  const columnCount = createMemo(() => columns(size().width))
  const rows = createMemo(() => {
    const { count, at } = lines()
    return Number.isFinite(columnCount()) ? wrapped(count, at, columnCount()) : unwrapped(count)
  })
  const top = createMemo(() => {
    const last = lastTop(rows().count, size().height)
    if (following()) return last
    const { number, offset } = anchor()
    return Math.min(last, Math.max(0, rows().rowOf(lines().indexOf(number)) * ROW_HEIGHT - offset))
  })
  const drawn = createMemo(() => {
    const range = drawnRows({ top: top(), height: size().height }, rows().count)
    return { rows: rowsBetween(range, rows(), lines().at, columnCount()), offset: range.first * ROW_HEIGHT }
  })
  const lineAtPixel = (pixel: number) =>
    lines().at(rows().lineOf(Math.min(rows().count - 1, Math.floor(pixel / ROW_HEIGHT))))
  const visible = createMemo(() => {
    const [from, to] = [lineAtPixel(top()), lineAtPixel(top() + Math.max(0, size().height - 1))]
    return from && to && { from: from.number, to: to.number }
  })
  /** Holds on to the line that is `at` pixels down. */
  const hold = (at: number) => {
    const index = rows().lineOf(Math.floor(at / ROW_HEIGHT))
    setAnchor({ number: lines().at(index)?.number ?? 0, offset: rows().rowOf(index) * ROW_HEIGHT - at })
  }
  const letGo = () => {
    if (!following() || lastTop(rows().count, size().height) === 0) return
    batch(() => {
      hold(top())
      setFollowing(false)
    })
  }
  const onScroll = () => {
    if (!box || Math.abs(box.scrollTop - seen) < 1) return
    const [before, now] = [seen, box.scrollTop]
    seen = now
    const { count } = rows()
    const follows = followsAfterScroll(following(), before, { top: now, height: box.clientHeight }, count * ROW_HEIGHT)
    batch(() => {
      hold(now)
      setFollowing(follows && lines().reachesEnd)
    })
  }
  // Others are loaded before one comes to the end of those that are, and where they would not fill the box.
  createEffect(() => {
    const [at, last] = [top(), lastTop(rows().count, size().height)]
    const isShort = last < NEAR_EDGE * ROW_HEIGHT
    if (at < NEAR_EDGE * ROW_HEIGHT && (isShort || !following())) onNearEdge('first')
    if (at > last - NEAR_EDGE * ROW_HEIGHT && !lines().reachesEnd) onNearEdge('last')
  })
  // What has changed above must not move what is being read: the box is scrolled along with it.
  createEffect(() => {
    const wanted = top()
    drawn()
    if (!box || (Math.abs(wanted - seen) < 1 && !following())) return
    if (Math.abs(box.scrollTop - wanted) >= 1) box.scrollTop = wanted
    seen = box.scrollTop
  })
  const resized = new ResizeObserver(() => box && setSize({ width: box.clientWidth, height: box.clientHeight }))
  onCleanup(() => resized.disconnect())

  return {
    drawn,
    fullHeight: () => rows().count * ROW_HEIGHT,
    visible,
    following,
    reading: () => (following() ? undefined : anchor().number),
    follow: () => setFollowing(true),
    letGo,
    show(number) {
      batch(() => {
        setAnchor({ number, offset: Math.floor(size().height / 3) })
        setFollowing(false)
      })
    },
    onScroll,
    attach(element) {
      box = element
      resized.observe(element)
      letGoOnWish(element, letGo)
    },
    width: () => size().width,
  }
}

/** The wish to scroll up is known before the scrolling, which a log that grows at speed could undo. */
function letGoOnWish(element: HTMLElement, letGo: () => void): void {
  let touched = 0
  element.addEventListener('wheel', ({ deltaY }) => deltaY < 0 && letGo(), { passive: true })
  element.addEventListener('touchstart', ({ touches }) => (touched = touches[0]?.clientY ?? 0), { passive: true })
  element.addEventListener('touchmove', ({ touches }) => (touches[0]?.clientY ?? 0) > touched + 4 && letGo(), {
    passive: true,
  })
  element.addEventListener('keydown', ({ key }) => ['ArrowUp', 'PageUp', 'Home'].includes(key) && letGo())
}

function sameSize(one: { width: number; height: number }, other: { width: number; height: number }): boolean {
  return one.width === other.width && one.height === other.height
}
