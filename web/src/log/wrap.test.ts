import { describe, expect, it } from 'vitest'
import { emptyLine, type Line } from './terminal/line.ts'
import { rowsOf, unwrapped, wrapped } from './wrap.ts'

const line = (text: string): Line => ({
  ...emptyLine(0),
  width: text.length,
  segments: [{ text, style: {}, stream: 'STDOUT' }],
})

describe('a line', () => {
  it('takes one row where it fits, empty or not', () => {
    expect(rowsOf(line(''), 10)).toEqual([0])
    expect(rowsOf(line('x'.repeat(10)), 10)).toEqual([0])
  })

  it('is broken at the last column', () => {
    expect(rowsOf(line('x'.repeat(25)), 10)).toEqual([0, 10, 20])
    expect(rowsOf(line('x'.repeat(25)), 20)).toEqual([0, 20])
  })

  it('breaks before a character that takes two columns, and never within one', () => {
    expect(rowsOf(line('ab漢字cd'), 4)).toEqual([0, 3])
    expect(rowsOf(line('abc😀de'), 4)).toEqual([0, 3])
    expect(rowsOf(line('e\u0301e\u0301e\u0301'), 2)).toEqual([0, 4])
  })
})

describe('rows', () => {
  it('lead from a line to its first row, and from a row back to its line', () => {
    const lines = ['short', 'x'.repeat(25), '', 'x'.repeat(11)].map(line)
    const rows = wrapped(lines.length, (index) => lines[index], 10)
    expect(rows.count).toBe(7)
    expect([0, 1, 2, 3].map(rows.rowOf)).toEqual([0, 1, 4, 5])
    expect([0, 1, 2, 3, 4, 5, 6].map(rows.lineOf)).toEqual([0, 1, 1, 1, 2, 3, 3])
  })

  it('are the lines where nothing wraps', () => {
    const rows = unwrapped(3)
    expect([rows.count, rows.rowOf(2), rows.lineOf(2)]).toEqual([3, 2, 2])
  })
})
