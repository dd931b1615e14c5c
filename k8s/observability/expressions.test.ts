import { expect, test } from 'vitest'
import { BOARDS } from './dashboards/boards.ts'
import { toDashboard } from './dashboards/panel.ts'
import { allExpressions } from './expressions.ts'
import { readPromql } from './promql.ts'
import { readScrape, unknownNames } from './unknown-names.ts'

test.each(allExpressions())('PromQL can be read: $where', ({ expression }) => {
  expect(readPromql(expression).metrics.size).toBeGreaterThan(0)
})

test('what is no PromQL is refused, with the place', () => {
  expect(() => readPromql('sum(rate(up[5m])')).toThrow('This is no PromQL')
})

test('an expression tells which metrics it chooses by which labels', () => {
  const { metrics, grouping } = readPromql('sum by (a) (rate(one{b="x"}[$__rate_interval])) / on () two')
  expect([...metrics].map(([metric, labels]) => [metric, ...labels])).toEqual([['one', 'b'], ['two']])
  expect([...grouping]).toEqual(['a'])
})

test('names that nobody tells are found', () => {
  const scraped = readScrape(['# HELP one Something.\none{b="}x,c=\\"",d="1"} 5\ntwo 7\n'])
  expect(unknownNames(readPromql('sum by (b) (one{d="1",program="jobs"}) > up'), scraped)).toEqual([])
  expect(unknownNames(readPromql('three'), scraped)).toEqual(['Nobody tells three.'])
  expect(unknownNames(readPromql('one{c="1"}'), scraped)).toEqual(['one has no label c.'])
  expect(unknownNames(readPromql('sum by (d) (two)'), scraped)).toEqual(['None of two has a label d.'])
})

test('each panel of a dashboard has its expressions, and a title of its own within the dashboard', () => {
  for (const board of BOARDS) {
    const titles = board.rows.flatMap(({ panels }) => panels.map(({ title }) => title))
    expect(new Set(titles).size).toBe(titles.length)
    const text = JSON.stringify(toDashboard(board))
    for (const title of titles) expect(text).toContain(JSON.stringify(title))
  }
})
