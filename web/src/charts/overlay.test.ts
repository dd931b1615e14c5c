import { describe, expect, it } from 'vitest'
import { band, highestAndMean, lines } from './overlay.ts'
import type { Point } from './trace.ts'

const point = (at: number, mean: number | null): Point => ({
  at,
  mean,
  highest: mean === null ? null : mean + 1,
  seconds: 1,
})

it('draws the highest of one GPU, and its mean', () => {
  expect(highestAndMean([point(1, 5), point(2, null)])).toEqual({
    times: [1, 2],
    columns: [
      [6, null],
      [5, null],
    ],
  })
})

describe('lines', () => {
  it('puts the times of all GPUs in one row, and leaves open where a line has no point of its own', () => {
    expect(lines([[point(1, 5), point(3, 6)], [point(2, 7)]])).toEqual({
      times: [1, 2, 3],
      columns: [
        [5, undefined, 6],
        [undefined, 7, undefined],
      ],
    })
  })

  it('keeps a gap of one line broken at the times of the others', () => {
    const { columns } = lines([
      [point(1, 5), point(2, null), point(5, 6)],
      [point(3, 1), point(4, 1)],
    ])
    expect(columns[0]).toEqual([5, null, null, null, 6])
  })
})

describe('band', () => {
  it('says the lowest, the mean and the highest of all GPUs in each step', () => {
    expect(band([[point(1, 10), point(11, 20)], [point(2, 30)], [point(3, null)]], 10)).toEqual({
      times: [5, 15],
      columns: [
        [10, 20],
        [20, 20],
        [30, 20],
      ],
    })
  })
})
