import { buildSchema, parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import { SELECTION_LIMITS, SELECTION_RULES } from './selection-rules.ts'

const schema = buildSchema('type Query { a: Query b: Int }')
const faults = (text: string) => validate(schema, parse(text), SELECTION_RULES).map(({ message }) => message)

const times = (count: number, make: (i: number) => string) => Array.from({ length: count }, (_, i) => make(i)).join(' ')
const nested = (depth: number) => `${'{ a '.repeat(depth - 1)}{ b }${'}'.repeat(depth - 1)}`

const { depth, aliases, directives, rootFields } = SELECTION_LIMITS

test.each<[string, number, (amount: number) => string]>([
  ['nested', depth, nested],
  ['nested', depth, (amount) => `{ ...f } fragment f on Query ${nested(amount)}`],
  ['aliases', aliases, (amount) => `{ a { ${times(amount, (i) => `x${i}: b`)} } }`],
  ['aliases', aliases, (amount) => `{ ...f } fragment f on Query { a { ${times(amount, (i) => `x${i}: b`)} } }`],
  ['directives', directives, (amount) => `{ ${times(amount, () => 'b @skip(if: false)')} }`],
  ['fields', rootFields, (amount) => `{ ${times(amount, (i) => `x${i}: b`)} }`],
  [
    'fields',
    rootFields,
    (amount) => `{ b ...f ... { ...f } } fragment f on Query { ${times(amount - 1, (i) => `x${i}: b`)} }`,
  ],
])('as much as the limit is answered, and one more is not: %s, %d', (word, limit, make) => {
  expect(faults(make(limit))).toEqual([])
  expect(faults(make(limit + 1))).toEqual([
    expect.stringMatching(new RegExp(`${word}.* at most ${limit} are answered`)),
  ])
})

test('the same field again is no further root field', () => {
  expect(faults(`{ ${'b '.repeat(rootFields * 3)} }`)).toEqual([])
})

test('fragments that hold themselves or one another, or that are not there, end', () => {
  expect(
    faults('{ ...f ...g } fragment f on Query { ...g ...f a { ...f } } fragment g on Query { ...f ...absent }'),
  ).toEqual([])
})

test('time does not grow with the spreads of fragments', () => {
  const chain = times(200, (i) => `fragment f${i} on Query { a { ...f${i + 1} ...f${i + 1} } }`)
  expect(faults(`{ ...f0 } ${chain} fragment f200 on Query { b }`)).toHaveLength(1)
})
