import { expect, it } from 'vitest'
import type { SampleFragment } from '../generated/documents.ts'
import { createRing, eachOf, lastOf, push, SLOTS } from './ring.ts'

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

function filled(...samples: SampleFragment[]) {
  const ring = createRing()
  for (const each of samples) push(ring, each)
  const seen: [number, number][] = []
  eachOf(ring, 'utilisation', (ageMs, value) => seen.push([ageMs / 1000, value]))
  return { ring, seen }
}

it('gives the samples oldest first, each with its age', () => {
  expect(filled(sample(10, 1), sample(11, 2), sample(12, 3)).seen).toEqual([
    [2, 1],
    [1, 2],
    [0, 3],
  ])
})

it('writes over the oldest', () => {
  const { ring, seen } = filled(...Array.from({ length: SLOTS + 5 }, (_, i) => sample(100 + i / 2, i)))
  expect(seen).toHaveLength(SLOTS)
  expect(seen[0]?.[1]).toBe(5)
  expect(ring.last?.utilisationPercent).toBe(SLOTS + 4)
})

it('leaves out what is older than a minute, and marks what was not known', () => {
  expect(filled(sample(0), sample(90, null), sample(100)).seen).toEqual([
    [10, Number.NaN],
    [0, 50],
  ])
})

it('has no last sample of a GPU that fell silent, by the clock of this machine', () => {
  const { ring } = filled(sample(10))
  const heard = ring.heardAt
  expect([lastOf(ring, heard + 29_999), lastOf(ring, heard + 30_000)]).toEqual([ring.last, undefined])
})

it('refuses a sample that is not newer', () => {
  const { ring } = filled(sample(10))
  expect(push(ring, sample(10))).toBe(false)
  expect(push(ring, sample(9))).toBe(false)
  expect(push(ring, sample(11))).toBe(true)
})
