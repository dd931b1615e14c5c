import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { findRequiresConflicts } from './requires-conflicts.ts'

const conflictsOf = (...texts: string[]) =>
  findRequiresConflicts(texts.map((text, i) => ({ name: `s${i}`, typeDefs: parse(text) })))

test('two fields that require a field with different arguments conflict, in one service and in two', () => {
  const usd = 'type Product { estimate: Int @requires(fields: "weight price(currency: \\"USD\\")") }'
  const eur = 'extend type Product { inEuros: Int @requires(fields: "price(currency: \\"EUR\\")") }'
  const sentence = (service: string) =>
    `Product.inEuros in ${service} requires price(currency: "EUR"), and Product.estimate in s0 requires ` +
    'price(currency: "USD"): the planner would fetch one of them for both. Give the values fields of their own.'
  expect(conflictsOf(`${usd} ${eur}`)).toEqual([sentence('s0')])
  expect(conflictsOf(usd, eur)).toEqual([sentence('s1')])
})

test('a field with arguments conflicts with itself without, also far below and in a fragment', () => {
  const text = `type Product {
    a: Int @requires(fields: "category { ... on Shelf { average(of: 3) } }")
    b: Int @requires(fields: "category { average }")
  }`
  expect(conflictsOf(text)).toEqual([
    expect.stringMatching(/^Product\.b in s0 requires category\.average, and .* requires category\.average\(of: 3\):/),
  ])
})

test('the same arguments in another order, other fields and other types do not conflict', () => {
  expect(
    conflictsOf(`
      type Product { a: Int @requires(fields: "price(in: 1, at: 2)") b: Int @requires(fields: "price(at: 2, in: 1) weight") }
      type Shelf { a: Int @requires(fields: "price(in: 3)") b: Int }
    `),
  ).toEqual([])
})
