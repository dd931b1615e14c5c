// Which rows of a long log are drawn, and what becomes of following when the reader scrolls. All in pixels.

/** The height of a row. */
export const ROW_HEIGHT = 20

/** Rows drawn above and below the visible ones, so that a quick scroll shows no gap. */
const MARGIN = 12

/** This close to the end counts as at the end. */
const NEAR = ROW_HEIGHT

export interface View {
  top: number
  height: number
}

/** The rows to draw, from `first` to before `end`, of `count`. */
export function drawnRows(view: View, count: number): { first: number; end: number } {
  const first = Math.max(0, Math.floor(view.top / ROW_HEIGHT) - MARGIN)
  const end = Math.min(count, Math.ceil((view.top + view.height) / ROW_HEIGHT) + MARGIN)
  return { first: Math.min(first, end), end }
}

/** Whether to follow after a scroll from `before` to `top`: upwards lets go, the end takes up again. */
export function followsAfterScroll(following: boolean, before: number, view: View, fullHeight: number): boolean {
  if (view.top < before && fullHeight > view.height) return view.top + view.height >= fullHeight - 1
  return view.top + view.height >= fullHeight - NEAR ? true : following
}

/** How far down a view can be scrolled. */
export function lastTop(count: number, height: number): number {
  return Math.max(0, count * ROW_HEIGHT - height)
}
