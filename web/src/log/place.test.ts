import { expect, it } from 'vitest'
import { hashOf, lineOfText, rangeAfterClick, rangeOf } from './place.ts'

it('reads one line or a range, whichever way around', () => {
  expect(rangeOf('#L120')).toEqual({ from: 119, to: 119 })
  expect(rangeOf('#L120-L140')).toEqual({ from: 119, to: 139 })
  expect(rangeOf('#L140-120')).toEqual({ from: 119, to: 139 })
})

it('takes no other fragment for one', () => {
  for (const hash of ['', '#', '#L', '#L0', '#content', '#L-3', '#L1-', '#L12345678901', '#L1-L2-L3']) {
    expect(rangeOf(hash), hash).toBeUndefined()
  }
})

it('is written as it is read', () => {
  for (const hash of ['#L1', '#L120-L140']) expect(hashOf(rangeOf(hash) ?? { from: -1, to: -1 })).toBe(hash)
})

it('grows with shift to either side, and begins anew without', () => {
  expect(rangeAfterClick(undefined, 5, true)).toEqual({ from: 5, to: 5 })
  expect(rangeAfterClick({ from: 5, to: 5 }, 9, true)).toEqual({ from: 5, to: 9 })
  expect(rangeAfterClick({ from: 5, to: 9 }, 2, true)).toEqual({ from: 2, to: 9 })
  expect(rangeAfterClick({ from: 5, to: 9 }, 7, false)).toEqual({ from: 7, to: 7 })
})

it('goes to the line that was typed, and no further than the last', () => {
  expect(
    ['1', ' 1,200 ', '1 200', '99999', '0', '', '-3', '1e3', 'last'].map((text) => lineOfText(text, 5_000)),
  ).toEqual([0, 1_199, 1_199, 4_999, undefined, undefined, undefined, undefined, undefined])
  expect(lineOfText('7', 0)).toBe(0)
})
