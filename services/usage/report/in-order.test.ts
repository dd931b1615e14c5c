import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inOrder } from './in-order.ts'

test('pages are the rows as they are sorted, whichever page is asked for first', () => {
  const page = fc.tuple(fc.nat(250), fc.nat(30))
  const keys = fc.array(fc.nat(40), { maxLength: 200 })
  fc.assert(
    fc.property(keys, fc.array(page, { minLength: 1, maxLength: 5 }), fc.boolean(), (keys, pages, first) => {
      // Where two keys are equal the row decides, as names do.
      const compare = (a: number, b: number) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b
      const rows = Uint32Array.from(keys.keys())
      const sorted = [...rows].sort(compare)
      const pageOf = inOrder(rows, compare)
      for (const [from, count] of first ? [[0, 7] as const, ...pages] : pages) {
        expect([...pageOf(from, count)]).toEqual(sorted.slice(from, from + count))
      }
    }),
  )
})
