import { expect, it } from 'vitest'
import type { SampleFragment } from '../generated/documents.ts'
import { keepLast, utilisationPath } from './samples.ts'

function sample(second: number, utilisationPercent: number | null = 50): SampleFragment {
  const at = new Date(second * 1000).toISOString()
  return { gpuId: 'g', at, utilisationPercent, memoryUsedMb: null, powerWatts: null, temperatureC: null }
}

it('keeps the samples of the last minute', () => {
  const samples = [0, 30, 60, 89].reduce<readonly SampleFragment[]>(
    (kept, second) => keepLast(kept, sample(second)),
    [],
  )
  expect(samples.map((each) => Date.parse(each.at) / 1000)).toEqual([30, 60, 89])
})

it('ignores a sample that is not newer', () => {
  const samples = [sample(10)]
  expect(keepLast(samples, sample(10))).toBe(samples)
  expect(keepLast(samples, sample(9))).toBe(samples)
})

it('draws the newest at the right edge, and leaves out what is unknown', () => {
  expect(utilisationPath([sample(0, 0), sample(30, null), sample(60, 150)], 240, 36)).toBe('0.0,36.0 240.0,0.0')
  expect(utilisationPath([], 240, 36)).toBe('')
})
