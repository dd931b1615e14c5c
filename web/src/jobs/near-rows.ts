// Of a long table only the rows that are on the screen, or nearly, follow each event and each second.
import { type Accessor, createEffect, createSignal, onCleanup, onMount } from 'solid-js'

/** Rows from `first` up to, and without, `end`. */
export interface Span {
  first: number
  end: number
}

/** Up to so many rows all are near. */
const FEW = 60
/** A span begins and ends at multiples of this, so that it changes seldom. */
const STEP = 20
export const ALL: Span = { first: 0, end: Number.POSITIVE_INFINITY }

/** The rows that are less than a screen's height away from the screen. All lengths are in pixels. */
export function nearOf(table: { top: number; height: number; rows: number }, screenHeight: number): Span {
  if (table.rows <= FEW || table.height <= 0) return ALL
  const each = table.height / table.rows
  return {
    first: STEP * Math.floor((-table.top - screenHeight) / each / STEP),
    end: STEP * Math.ceil((-table.top + 2 * screenHeight) / each / STEP),
  }
}

/** Which rows of the body that is given to `watch` are near. On paper all are. */
export function createNearRows(count: Accessor<number>): {
  near: Accessor<Span>
  watch: (body: HTMLElement) => void
} {
  const [near, setNear] = createSignal(ALL, { equals: (a, b) => a.first === b.first && a.end === b.end })
  let body: HTMLElement | undefined
  let frame: number | undefined
  const measure = () => {
    frame = undefined
    if (!body) return
    const { top, height } = body.getBoundingClientRect()
    setNear(nearOf({ top, height, rows: count() }, innerHeight))
  }
  const measureSoon = () => {
    frame ??= requestAnimationFrame(measure)
  }
  const all = () => setNear(ALL)
  createEffect(() => {
    count()
    measureSoon()
  })
  onMount(() => {
    addEventListener('scroll', measureSoon, { passive: true })
    addEventListener('resize', measureSoon)
    addEventListener('beforeprint', all)
    addEventListener('afterprint', measureSoon)
  })
  onCleanup(() => {
    if (frame !== undefined) cancelAnimationFrame(frame)
    removeEventListener('scroll', measureSoon)
    removeEventListener('resize', measureSoon)
    removeEventListener('beforeprint', all)
    removeEventListener('afterprint', measureSoon)
  })
  return {
    near,
    watch(element) {
      body = element
    },
  }
}
