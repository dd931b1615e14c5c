import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { catalogue, type Translation } from './catalogue.ts'

test('the words of every part of the page are in the catalogue', () => {
  const files = globSync('*/*words.ts', { cwd: import.meta.dirname })
  const text = readFileSync(`${import.meta.dirname}/catalogue.ts`, 'utf8')
  expect(files.filter((file) => !text.includes(`'./${file}'`))).toEqual([])
  expect(Object.keys(catalogue)).toHaveLength(files.length)
})

test('no text is empty but where a state has no reason of its own, and none has spaces at its ends but before a log', () => {
  const texts = textsIn(catalogue, 'page')
  expect(texts.length).toBeGreaterThan(500)
  expect(texts.filter(({ text }) => text === '').map(({ name }) => name)).toEqual(['page.gpus.stateReason.AVAILABLE'])
  expect(texts.filter(({ text }) => text.trim() !== text)).toEqual([])
})

test('a translation has the type of the words that it is of', () => {
  const german: Translation<typeof catalogue.usage.ranges> = {
    day: '24 Stunden',
    week: '7 Tage',
    month: '30 Tage',
    quarter: '90 Tage',
    year: '1 Jahr',
    all: 'Alles',
  }
  expect(Object.keys(german)).toEqual(Object.keys(catalogue.usage.ranges))
})

/** What is said as it stands, with where it stands. */
function textsIn(words: unknown, name: string): { name: string; text: string }[] {
  if (typeof words === 'string') return [{ name, text: words }]
  if (typeof words !== 'object' || words === null) return []
  return Object.entries(words).flatMap(([key, each]) => textsIn(each, `${name}.${key}`))
}
