// Which lines of a long log are drawn, and what becomes of following when the reader scrolls. All in pixels.

/** The height of a line. */
export const LINE_HEIGHT = 20

/** Lines drawn above and below the visible ones, so that a quick scroll shows no gap. */
const MARGIN = 20

/** This close to the end counts as at the end. */
const NEAR = LINE_HEIGHT

export interface View {
  top: number
  height: number
}

/** The lines to draw, from `first` to before `end`, of `count`. */
export function drawnLines(view: View, count: number): { first: number; end: number } {
  const first = Math.max(0, Math.floor(view.top / LINE_HEIGHT) - MARGIN)
  const end = Math.min(count, Math.ceil((view.top + view.height) / LINE_HEIGHT) + MARGIN)
  return { first: Math.min(first, end), end }
}

/** Whether to follow after a scroll from `before` to `top`: upwards lets go, the end takes up again. */
export function followsAfterScroll(following: boolean, before: number, view: View, fullHeight: number): boolean {
  if (view.top + view.height >= fullHeight - NEAR) return true
  return view.top < before ? false : following
}
