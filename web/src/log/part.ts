// A part of a log, drawn apart from what is before and behind it.
import type { Line } from './terminal/line.ts'
import type { Terminal } from './terminal/screen.ts'

export interface Part {
  lines: readonly Line[]
  /** How many of the lines before it are drawn over by it: a bar that began there goes on here. */
  above: number
  /** How many of its last lines are drawn over by what comes behind it, whatever that is. */
  below: number
}

export const NOTHING: Part = { lines: [], above: 0, below: 0 }

/** What a terminal has drawn of lines before number `to`. */
export function partOf(terminal: Terminal, to: number): Part {
  const lines = terminal.lines.filter(({ number }) => number < to)
  // What comes behind begins in the cursor's row, where all of this was written.
  const below = terminal.feeds >= to ? Math.max(0, lines.length - terminal.row) : 0
  return { lines, above: terminal.above, below }
}
