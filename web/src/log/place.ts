// Lines in the page's address: `#L120` or `#L120-L140`, counted from 1 as they are shown.

/** From 0, the last one included. */
export interface LineRange {
  from: number
  to: number
}

/** The lines that an address's fragment names, if it does. */
export function rangeOf(hash: string): LineRange | undefined {
  const [, first, last = first] = /^#L(\d{1,10})(?:-L?(\d{1,10}))?$/.exec(hash) ?? []
  if (first === undefined) return undefined
  const [from, to] = [Number(first), Number(last)].sort((a, b) => a - b)
  return from === undefined || to === undefined || from < 1 ? undefined : { from: from - 1, to: to - 1 }
}

export function hashOf({ from, to }: LineRange): string {
  return from === to ? `#L${from + 1}` : `#L${from + 1}-L${to + 1}`
}

/** The line that somebody has typed the number of, from 0: at most the last of `total`. Thousands may be parted. */
export function lineOfText(text: string, total: number): number | undefined {
  const digits = text.replaceAll(/[\s,.'_]/g, '')
  if (!/^\d{1,12}$/.test(digits) || Number(digits) < 1) return undefined
  return Math.max(0, Math.min(Number(digits), total) - 1)
}

/** The range after a click on a line's number: that line, or with shift from where the range began. */
export function rangeAfterClick(range: LineRange | undefined, line: number, extend: boolean): LineRange {
  if (!extend || !range) return { from: line, to: line }
  return line < range.from ? { from: line, to: range.to } : { from: range.from, to: line }
}
