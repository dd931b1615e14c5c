import { expect, test } from 'vitest'
import { ALL, nearOf } from './near-rows.ts'

test('all rows of a short table are near, and of one that has no height yet', () => {
  expect(nearOf({ top: 0, height: 3_000, rows: 60 }, 900)).toEqual(ALL)
  expect(nearOf({ top: 0, height: 0, rows: 1_000 }, 900)).toEqual(ALL)
})

test('of a long one those on the screen are, and a screen before and behind it', () => {
  // 18 rows are on the screen.
  const table = { height: 50_000, rows: 1_000 }
  expect(nearOf({ top: 200, ...table }, 900)).toEqual({ first: -40, end: 40 })
  expect(nearOf({ top: -25_000, ...table }, 900)).toEqual({ first: 480, end: 540 })
  expect(nearOf({ top: -49_100, ...table }, 900)).toEqual({ first: 960, end: 1_020 })
})

test('a span changes only after many rows', () => {
  const table = { height: 50_000, rows: 1_000 }
  expect(nearOf({ top: -25_000, ...table }, 900)).toEqual(nearOf({ top: -25_050, ...table }, 900))
})
