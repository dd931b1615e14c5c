import { expect, it } from 'vitest'
import type { SampleFragment } from '../generated/documents.ts'
import { keepLast } from './samples.ts'

function sample(second: number, utilisationPercent: number | null = 50): SampleFragment {
  return {
    gpuId: 'g',
    at: new Date(second * 1000).toISOString(),
    utilisationPercent,
    memoryUsedMb: null,
    powerWatts: null,
    powerLimitWatts: null,
    temperatureC: null,
    smClockMhz: null,
    throttleReasons: [],
  }
}

const seconds = (samples: readonly SampleFragment[]) => samples.map((each) => Date.parse(each.at) / 1000)

it('keeps the samples of as long as it is told', () => {
  const keep = (spanMs: number) =>
    [0, 30, 60, 89].reduce<readonly SampleFragment[]>((kept, second) => keepLast(kept, sample(second), spanMs), [])
  expect(seconds(keep(60_000))).toEqual([30, 60, 89])
  expect(seconds(keep(100_000))).toEqual([0, 30, 60, 89])
})

it('ignores a sample that is not newer', () => {
  const samples = [sample(10)]
  expect(keepLast(samples, sample(10), 60_000)).toBe(samples)
  expect(keepLast(samples, sample(9), 60_000)).toBe(samples)
})
