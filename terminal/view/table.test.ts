import { expect, test } from 'vitest'
import { type Column, tableLines } from './table.ts'

const COLUMNS: Column<readonly [string, number]>[] = [
  { title: 'NAME', cell: ([name]) => name, least: 6 },
  { title: 'N', cell: ([, count]) => String(count), align: 'right' },
]
const ROWS = [
  ['a long name of a job', 1],
  ['模型', 20],
] as const

test('columns are as wide as they must be where nothing limits them', () => {
  expect(tableLines(COLUMNS, ROWS, null)).toEqual([
    'NAME                   N',
    'a long name of a job   1',
    '模型                  20',
  ])
})

test('what may be cut is cut to the width, down to its least', () => {
  expect(tableLines(COLUMNS, ROWS, 16)).toEqual(['NAME           N', 'a long name…   1', '模型          20'])
  expect(tableLines(COLUMNS, ROWS, 3)[1]).toBe('a lon…   1')
})

test('what a terminal would obey does not reach it', () => {
  expect(tableLines(COLUMNS, [['\u001b[2Jx', 1]], null)[1]).toBe('[2Jx  1')
})

test('where even that is too wide, columns give way, the least wanted first', () => {
  const columns: Column<readonly [string, number]>[] = [
    { title: 'ID', cell: () => '01a2' },
    { title: 'USER', cell: () => 'lars', givesWay: 1 },
    { title: 'ACCOUNT', cell: () => 'language', least: 5, givesWay: 2 },
  ]
  const widths = [17, 16, 10, 9, 1].map((width) => tableLines(columns, ROWS.slice(0, 1), width)[0])
  expect(widths).toEqual(['ID    USER  ACCO…', 'ID    USER', 'ID    USER', 'ID', 'ID'])
})
