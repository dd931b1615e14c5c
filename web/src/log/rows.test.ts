import { expect, it } from 'vitest'
import { piecesOf, type Row, rowsBetween } from './rows.ts'
import { emptyLine, type Line } from './terminal/line.ts'
import { unwrapped, wrapped } from './wrap.ts'

const lineOf = (number: number, ...texts: string[]): Line => ({
  ...emptyLine(number),
  width: texts.join('').length,
  segments: texts.map((text) => ({ text, style: {}, stream: 'STDOUT' })),
})

const lines = [lineOf(0, 'short'), lineOf(1, 'x'.repeat(25)), lineOf(2), lineOf(3, 'y'.repeat(12))]
const at = (index: number) => lines[index]
const said = (rows: Row[]) => rows.map(({ line, from, to }) => [line.number, from, to])

it('are the lines where nothing wraps', () => {
  expect(said(rowsBetween({ first: 1, end: 3 }, unwrapped(4), at, Number.POSITIVE_INFINITY))).toEqual([
    [1, 0, 25],
    [2, 0, 0],
  ])
})

it('are parts of lines where they wrap, and the same objects the next time', () => {
  const rows = wrapped(4, at, 10)
  const drawn = rowsBetween({ first: 2, end: 6 }, rows, at, 10)
  expect(said(drawn)).toEqual([
    [1, 10, 20],
    [1, 20, 25],
    [2, 0, 0],
    [3, 0, 10],
  ])
  expect(drawn.map(({ isFirst, isLast }) => [isFirst, isLast])).toEqual([
    [false, false],
    [false, true],
    [true, true],
    [true, false],
  ])
  expect(rowsBetween({ first: 3, end: 7 }, rows, at, 10)[0]).toBe(drawn[1])
})

it('fall into pieces by their looks and by what is marked in them', () => {
  const line = lineOf(0, 'red', 'green', 'blue')
  const pieces = (from: number, to: number, ranges: number[]) =>
    piecesOf({ line, from, to, isFirst: true, isLast: true }, ranges).map(({ text, isMarked }) =>
      isMarked ? `[${text}]` : text,
    )
  expect(pieces(0, 12, [])).toEqual(['red', 'green', 'blue'])
  expect(pieces(0, 12, [1, 5, 9, 12])).toEqual(['r', '[ed]', '[gr]', 'een', 'b', '[lue]'])
  expect(pieces(4, 10, [1, 5, 9, 12])).toEqual(['[r]', 'een', 'b', '[l]'])
})
