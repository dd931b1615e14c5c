import { describe, expect, it } from 'vitest'
import { METRIC } from './metrics.ts'
import { rollup, sample } from './testing.ts'
import { type Point, throttledSpans, trace } from './trace.ts'

const { utilisation } = METRIC
const drawn = (points: readonly Point[]) => points.map(({ at, mean }) => [at, mean])

describe('trace', () => {
  it('puts a roll-up in the middle of its time, and lets the line reach both ends', () => {
    expect(drawn(trace([rollup(0, 15, 40), rollup(15, 15, 60)], [], utilisation))).toEqual([
      [0, 40],
      [7.5, 40],
      [22.5, 60],
      [30, 60],
    ])
  })

  it('breaks the line where nothing was kept', () => {
    expect(drawn(trace([rollup(0, 15, 40), rollup(60, 15, 60)], [], utilisation))).toEqual([
      [0, 40],
      [7.5, 40],
      [15, 40],
      [15.001, null],
      [60, 60],
      [67.5, 60],
      [75, 60],
    ])
  })

  it('goes on with the samples that came after the last roll-up, and leaves out those within', () => {
    const points = trace([rollup(0, 15, 40)], [sample(14, 1), sample(16, 2), sample(17, 3)], utilisation)
    expect(drawn(points).slice(-2)).toEqual([
      [16, 2],
      [17, 3],
    ])
    expect(points).toHaveLength(5)
  })

  it('breaks the line between samples that are far apart', () => {
    expect(drawn(trace([], [sample(0, 1), sample(1, 2), sample(60, 3)], utilisation))).toEqual([
      [0, 1],
      [1, 2],
      [1.001, null],
      [60, 3],
    ])
  })

  it('keeps what was not known as a gap', () => {
    expect(drawn(trace([], [sample(0, 1), sample(1, null), sample(2, 3)], utilisation))[1]).toEqual([1, null])
  })
})

describe('throttledSpans', () => {
  it('says for what part of each stored time it was so, and of each live sample', () => {
    const rollups = [rollup(0, 15, 90), rollup(15, 15, 90, 3), rollup(30, 15, 90, 15)]
    expect(throttledSpans(rollups, [sample(40, 90, true), sample(46, 90), sample(60, 90, true)])).toEqual([
      { from: 15, to: 30, share: 0.2 },
      { from: 30, to: 45, share: 1 },
      { from: 60, to: 61, share: 1 },
    ])
  })
})
