// What the screen shows the lines of: the log, or what was found in it.
import { countOf, indexOf, lineAt, type Pane } from './pane.ts'
import type { Line } from './terminal/line.ts'

export interface Lines {
  count: number
  at: (index: number) => Line | undefined
  /** The place of the last line whose number is at most this one. */
  indexOf: (number: number) => number
  /** Whether the last one is the last of all, so that the end can be followed. */
  reachesEnd: boolean
}

export function linesOfPane(pane: Pane): Lines {
  return {
    count: countOf(pane),
    at: (index) => lineAt(pane, index),
    indexOf: (number) => indexOf(pane, number),
    reachesEnd: pane.attached,
  }
}

export function linesFound(lines: readonly Line[]): Lines {
  return {
    count: lines.length,
    at: (index) => lines[index],
    indexOf: (number) =>
      Math.max(
        0,
        lines.findLastIndex((line) => line.number <= number),
      ),
    reachesEnd: true,
  }
}
