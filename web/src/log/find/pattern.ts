// What is looked for: text as it is, or a regular expression.

export interface Pattern {
  text: string
  isRegex: boolean
  matchCase: boolean
}

/** Places in a line's text that match, each with its end, one after the other: `[from, to, from, to, …]`. */
export type Ranges = readonly number[]

/** How many places in one line are marked. */
const MOST_RANGES = 50

/** The pattern as an expression, or what is wrong with it. */
export function compile({ text, isRegex, matchCase }: Pattern): { expression: RegExp } | { problem: string } {
  const source = isRegex ? text : text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  try {
    return { expression: new RegExp(source, matchCase ? 'gu' : 'giu') }
  } catch (error) {
    return { problem: reasonOf(error) }
  }
}

/** Where a line matches; undefined where it does not. A match of nothing counts, and is not marked. */
export function matchesOf(expression: RegExp, text: string): Ranges | undefined {
  expression.lastIndex = 0
  const ranges: number[] = []
  let matches = false
  for (let found = expression.exec(text); found; found = expression.exec(text)) {
    matches = true
    if (ranges.length >= MOST_RANGES * 2) break
    // By a whole character: within one, the expression would begin at it again.
    if (found[0] === '') expression.lastIndex = found.index + ((text.codePointAt(found.index) ?? 0) > 0xffff ? 2 : 1)
    else ranges.push(found.index, found.index + found[0].length)
    if (expression.lastIndex > text.length) break
  }
  return matches ? ranges : undefined
}

/** `Invalid regular expression: /(/giu: Unterminated group` without what the reader has written himself. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : ''
  return message.slice(message.lastIndexOf(': ') + 1).trim()
}
