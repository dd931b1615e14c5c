import { expect, it } from 'vitest'
import { noteworthy } from './noteworthy.ts'

it.each([
  ['{"level":30,"msg":"started"}', undefined],
  ['{"level":40,"msg":"slow"}', 'slow'],
  ['{"level":50,"msg":"it failed","err":{"message":"no route"}}', 'it failed: no route'],
  ['{"level":50,"msg":"no route","err":{"message":"no route"}}', 'no route'],
  ['Error: a crash', 'Error: a crash'],
  ['{"level":', '{"level":'],
  ['{"data":1}', '{"data":1}'],
])('shows of %s: %s', (line, shown) => {
  expect(noteworthy(line)).toBe(shown)
})
