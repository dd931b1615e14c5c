import { expect, test } from 'vitest'
import { type Durations, expectedRest, type Running } from './durations.ts'

const durations: Durations = {
  ofLane: new Map([[1, [10, 20, 90]]]),
  ofAccount: new Map([['a', [10, 20, 90, 1000]]]),
}
const run = (changes: Partial<Running>): Running => ({
  laneId: 1,
  account: 'a',
  elapsedMs: 0,
  limitMs: Infinity,
  ...changes,
})
const rest = (changes: Partial<Running>) => expectedRest(run(changes), durations)

test('a run is expected to last as long as those of its lane did', () => {
  expect(rest({})).toBe(40)
})

test('a run that has lasted longer than some is like those that lasted longer still', () => {
  expect(rest({ elapsedMs: 15 })).toBe(55 - 15)
  expect(rest({ elapsedMs: 30 })).toBe(90 - 30)
})

test('where its lane tells nothing its account does, and where that does not, nobody', () => {
  expect(rest({ laneId: 2 })).toBe(280)
  expect(rest({ elapsedMs: 100 })).toBe(900)
  expect(rest({ laneId: 2, account: 'b' })).toBe(Infinity)
})

test('a run ends by its time limit at the latest, and one that is past it at any moment', () => {
  expect(rest({ limitMs: 25 })).toBe(25)
  expect(rest({ laneId: 2, account: 'b', elapsedMs: 20, limitMs: 25 })).toBe(5)
  expect(rest({ elapsedMs: 30, limitMs: 25 })).toBe(1)
})
