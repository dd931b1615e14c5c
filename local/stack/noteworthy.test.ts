import { expect, it } from 'vitest'
import { noteworthy } from './noteworthy.ts'

it.each([
  ['{"level":30,"msg":"started"}', undefined],
  ['{"level":40,"msg":"slow"}', 'slow'],
  ['{"level":50,"msg":"it failed","err":{"message":"no route"}}', 'it failed: no route'],
  ['{"level":50,"msg":"no route","err":{"message":"no route"}}', 'no route'],
  [
    '{"level":40,"msg":"it failed","err":{"message":"It is away.: ECONNREFUSED"}}',
    'it failed: It is away: ECONNREFUSED',
  ],
  ['Error: a crash', 'Error: a crash'],
  ['{"level":40,"msg":"a job \\u001b[2J\\u202ename"}', 'a job  [2J name'],
  ['\u001b]0;title\u0007 at line\t1', ' ]0;title  at line\t1'],
  ['{"level":', '{"level":'],
  ['{"data":1}', '{"data":1}'],
])('shows of %s: %s', (line, shown) => {
  expect(noteworthy(line)).toBe(shown)
})
