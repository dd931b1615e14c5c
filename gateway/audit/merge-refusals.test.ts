import { expect, test } from 'vitest'
import { mergeRefusals, type Refusal } from './merge-refusals.ts'

const refusal = (address: string): Refusal => ({
  who: null,
  role: null,
  address,
  via: 'rest',
  action: 'sign in',
  targets: [],
  arguments: {},
  error: 'UNAUTHENTICATED',
  requestId: 'r',
})

function listen(mostKinds?: number) {
  const told: [address: string | null, count: number][] = []
  return { told, ...mergeRefusals(({ address }, count) => told.push([address, count]), mostKinds) }
}

test('the first refusal of a kind is told of at once, and the others are counted until the minute is over', () => {
  const { told, add, flush } = listen()
  for (let n = 0; n < 1_000; n++) add(refusal('10.0.0.1'))
  add(refusal('10.0.0.2'))
  expect(told.splice(0)).toEqual([
    ['10.0.0.1', 1],
    ['10.0.0.2', 1],
  ])
  flush()
  expect(told.splice(0)).toEqual([['10.0.0.1', 999]])
  flush()
  expect(told).toEqual([])
  add(refusal('10.0.0.1'))
  expect(told).toEqual([['10.0.0.1', 1]])
})

test('a flood of different refusals is one record', () => {
  const { told, add, flush } = listen(2)
  for (let n = 0; n < 1_000; n++) add(refusal(`10.0.0.${n}`))
  flush()
  expect(told).toEqual([
    ['10.0.0.0', 1],
    ['10.0.0.1', 1],
    [null, 998],
  ])
})
