import { expect, test } from 'vitest'
import { checkNesting, MAX_NESTING } from './nesting.ts'

const brackets = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

test.each([
  ['as many brackets as are read', brackets(MAX_NESTING)],
  ['brackets beside one another', '{}()[]'.repeat(1_000)],
  ['brackets in a string', `{ a(b: "${brackets(100)} \\" ${brackets(100)}") }`],
  ['brackets in a block string', `{ a(b: """${brackets(100)} " \\""" ${brackets(100)}""") }`],
  ['brackets in a comment', `# ${brackets(100)}\n{ a }`],
])('%s are fine', (_what, text) => {
  expect(checkNesting(text)).toBeUndefined()
})

test.each([
  ['one more than are read', brackets(MAX_NESTING + 1)],
  ['brackets of all kinds', '{ a(b: ['.repeat(30)],
  ['brackets after an empty string', `"" ${brackets(100)}`],
  ['brackets after an empty block string', `"""""" ${brackets(100)}`],
  ['brackets after a string that does not end', `{ a(b: "x\n ${brackets(100)}`],
  ['brackets after a comment', `# x\n ${brackets(100)}`],
])('%s are not', (_what, text) => {
  expect(checkNesting(text)?.extensions.code).toBe('GRAPHQL_PARSE_FAILED')
})

test('a long text is looked through in no time', () => {
  expect(checkNesting('"'.repeat(1_000_000))).toBeUndefined()
  expect(checkNesting(`"""${'\\"""'.repeat(250_000)}`)).toBeUndefined()
  expect(checkNesting('"\\'.repeat(500_000))).toBeUndefined()
})
