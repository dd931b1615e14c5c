import { expect, it } from 'vitest'
import {
  countOf,
  createPane,
  extend,
  holds,
  indexOf,
  lineAt,
  type Pane,
  prepend,
  replace,
  showEnd,
  totalOf,
  trimEnd,
} from './pane.ts'
import type { Part } from './part.ts'
import { emptyLine, type Line } from './terminal/line.ts'
import { createTerminal } from './terminal/screen.ts'
import { write } from './terminal/terminal.ts'

const lines = (from: number, to: number): Line[] =>
  Array.from({ length: to - from }, (_, index) => ({ ...emptyLine(from + index), width: 10 }))

const part = (lines: readonly Line[], above = 0, below = 0): Part => ({ lines, above, below })

const numbers = (pane: Pane) => Array.from({ length: countOf(pane) }, (_, index) => lineAt(pane, index)?.number ?? -1)

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)

/** As if `count` lines had been written behind `pane`'s end. */
function grow(pane: Pane, count: number, reading?: number): void {
  for (let left = count; left > 0; left -= 1000) {
    write(pane.end, { text: 'text\n'.repeat(Math.min(left, 1000)), stream: 'STDOUT', at: 0 })
    trimEnd(pane, reading)
  }
}

it('is the end of the log at first, without the line that is not begun', () => {
  const pane = createPane(createTerminal(100))
  expect([countOf(pane), totalOf(pane)]).toEqual([0, 100])
  grow(pane, 3)
  expect([numbers(pane), totalOf(pane)]).toEqual([[100, 101, 102], 103])
})

it('takes earlier lines before it, each once', () => {
  const pane = createPane(createTerminal(100))
  grow(pane, 3)
  prepend(pane, part(lines(95, 102)), 95, 100)
  expect(numbers(pane)).toEqual(range(95, 103))
})

it('jumps anywhere, and finds its way back to the end', () => {
  const pane = createPane(createTerminal(1000))
  grow(pane, 3)
  replace(pane, part(lines(10, 20)), 10, 20)
  expect([numbers(pane), pane.attached, totalOf(pane)]).toEqual([range(10, 20), false, 1003])
  extend(pane, part(lines(18, 30)), 30, 12)
  expect(numbers(pane)).toEqual(range(10, 30))
  replace(pane, part(lines(990, 995)), 990, 995)
  extend(pane, part(lines(995, 1002)), 1002, 992)
  expect([numbers(pane), pane.attached]).toEqual([range(990, 1003), true])
  replace(pane, part(lines(10, 20)), 10, 20)
  showEnd(pane)
  expect(numbers(pane)).toEqual([1000, 1001, 1002])
})

it('goes on beyond numbers whose lines are drawn over', () => {
  const pane = createPane(createTerminal(9000))
  grow(pane, 3)
  prepend(pane, part([]), 7000, 9000)
  expect([pane.from, countOf(pane)]).toEqual([7000, 3])
  prepend(pane, part(lines(6990, 7000)), 5000, 7000)
  expect([pane.from, lineAt(pane, 0)?.number, holds(pane, 8000)]).toEqual([5000, 6990, true])
  replace(pane, part(lines(10, 20)), 10, 2010)
  extend(pane, part([]), 9500, 12)
  expect([numbers(pane), pane.attached]).toEqual([[...range(10, 20), 9000, 9001, 9002], true])
})

it('finds lines by number, those that were drawn over, too', () => {
  const pane = createPane(createTerminal(1000))
  replace(pane, part([...lines(10, 15), ...lines(20, 25)]), 10, 25)
  expect([10, 14, 17, 20, 24, 99, 0].map((number) => indexOf(pane, number))).toEqual([0, 4, 4, 5, 9, 9, 0])
  expect([9, 10, 17, 24, 25].map((number) => holds(pane, number))).toEqual([false, true, true, true, false])
})

it('is bounded while its end is followed, and goes on to the end', () => {
  const pane = createPane()
  grow(pane, 200_000)
  expect(countOf(pane)).toBeLessThan(56_000)
  expect(countOf(pane)).toBeGreaterThan(40_000)
  expect(numbers(pane)).toEqual(range(200_000 - countOf(pane), 200_000))
})

it('is bounded while something else is read, and keeps that', () => {
  const pane = createPane()
  grow(pane, 20_000)
  grow(pane, 200_000, 3_000)
  expect(countOf(pane)).toBeLessThan(56_000)
  expect([holds(pane, 3_000), pane.attached, totalOf(pane)]).toEqual([true, false, 220_000])
  expect(numbers(pane)).toEqual(range(0, countOf(pane)))
})

it('is bounded while earlier lines are loaded', () => {
  const pane = createPane(createTerminal(500_000))
  grow(pane, 1000)
  for (let from = 498_000; from >= 300_000; from -= 2000)
    prepend(pane, part(lines(from, from + 2000)), from, from + 2000)
  expect(countOf(pane)).toBeLessThan(56_000)
  expect(numbers(pane)).toEqual(range(300_000, 300_000 + countOf(pane)))
  expect(pane.attached).toBe(false)
})

it('is bounded by characters', () => {
  const pane = createPane(createTerminal(500_000))
  const long = lines(0, 5000).map((line) => ({ ...line, width: 10_000 }))
  replace(pane, part(long), 0, 5000)
  expect(pane.characters).toBeLessThanOrEqual(8_000_000)
  expect(holds(pane, 0)).toBe(true)
})

it('leaves out what is drawn over by the part behind it, and by parts that are nothing else', () => {
  const pane = createPane(createTerminal(1000))
  write(pane.end, { text: ' inner\r\x1b[Aouter\n inner\n', stream: 'STDOUT', at: 0 })
  expect(numbers(pane)).toEqual([999, 1000])
  // Two lines of the same bar, in the second of which the next part begins.
  prepend(pane, part(lines(500, 502), 1, 1), 500, 1000)
  expect([numbers(pane), countOf(pane)]).toEqual([[999, 1000], 2])
  prepend(pane, part(lines(0, 12), 0, 1), 0, 1000)
  expect(numbers(pane)).toEqual([...range(0, 10), 999, 1000])
})

it('takes a bar back where the part behind it goes on with it', () => {
  const pane = createPane(createTerminal(9000))
  replace(pane, part(lines(0, 12), 0, 1), 0, 500)
  expect(numbers(pane)).toEqual(range(0, 12))
  extend(pane, part(lines(500, 502), 1, 1), 1000, 0)
  expect(numbers(pane)).toEqual([...range(0, 10), 500, 501])
})
