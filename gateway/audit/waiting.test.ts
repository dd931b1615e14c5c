import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createWaiting, type Unsent } from './waiting.ts'

const unsent = (text: string): Unsent => ({ id: randomUUID(), isRefusal: text.startsWith('refusal'), text })

test('where too many wait, the oldest refusal goes first, and the oldest change where there is none', () => {
  const losses: number[] = []
  const waiting = createWaiting((lost) => losses.push(lost), { records: 3, text: 1_000 })
  const left = () => waiting.first(10).map(({ text }) => text)
  waiting.put(unsent('change 1'))
  waiting.put(unsent('refusal 1'))
  waiting.put(unsent('refusal 2'))
  waiting.put(unsent('change 2'))
  expect(left()).toEqual(['change 1', 'refusal 2', 'change 2'])
  waiting.put(unsent('change 3'))
  waiting.put(unsent('change 4'))
  expect(left()).toEqual(['change 2', 'change 3', 'change 4'])
  expect(losses).toEqual([1])
})

test('where too much text waits, the same goes', () => {
  const waiting = createWaiting(() => {}, { records: 10, text: 20 })
  for (const text of ['change 1', 'refusal 1', 'change 2', 'x']) waiting.put(unsent(text))
  expect(waiting.first(10).map(({ text }) => text)).toEqual(['change 1', 'change 2', 'x'])
})

test('what was sent waits no longer', () => {
  const waiting = createWaiting(() => {})
  for (const n of [1, 2, 3]) waiting.put(unsent(`${n}`))
  waiting.remove(waiting.first(2))
  expect([waiting.size(), waiting.first(5).map(({ text }) => text)]).toEqual([1, ['3']])
})
