import { describe, expect, test } from 'vitest'
import { combine, joulesSince, readingOf, reasonsOf, rollUp } from './roll-up.ts'
import { reading, sampleOf } from './testing.ts'

const GPU = '0199a1b2-0000-7000-8000-000000000001'
const [RUN, OTHER] = ['0199a1b2-0000-7000-8000-00000000000a', '0199a1b2-0000-7000-8000-00000000000b']
const NOON = Date.UTC(2026, 0, 31, 12)

describe('the time of a sample', () => {
  test.each([
    ['its own', -59_000, -59_000],
    ['its own, if it is a little ahead', 59_000, 59_000],
    ['when it came, if it is late by more than a minute', -60_001, 0],
    ['when it came, if it is of the future', 60_001, 0],
    ['when it came, if it is of another century', -4e12 / 10, 0],
  ])('is %s', (_, off, expected) => {
    expect(readingOf(sampleOf(GPU, NOON + off), NOON).time).toBe(NOON + expected)
  })
})

describe('what one reading adds', () => {
  test('goes to the bucket of wall time that it is in, of its run', () => {
    expect(rollUp(reading(GPU, NOON + 14_999, { runId: RUN.toUpperCase() }), undefined)).toMatchObject({
      gpuId: GPU,
      runId: RUN,
      bucket: NOON,
      samples: 1,
    })
    expect(rollUp(reading(GPU, NOON + 15_000), undefined)).toMatchObject({ runId: null, bucket: NOON + 15_000 })
  })

  test('leaves a metric that is not known out of its count', () => {
    expect(rollUp(reading(GPU, NOON, { powerWatts: 300 }), undefined)).toMatchObject({
      utilisationCount: 0,
      utilisationSum: 0,
      utilisationMax: null,
      powerCount: 1,
      powerSum: 300,
      powerMax: 300,
    })
  })

  test('leaves out what no GPU can be like, and keeps the rest', () => {
    const lies = { utilisationPercent: 101, memoryUsedMb: -1, powerWatts: 1e300, smClockMhz: 1410 }
    expect(rollUp(reading(GPU, NOON, lies), undefined)).toMatchObject({
      utilisationCount: 0,
      memoryCount: 0,
      powerCount: 0,
      clockCount: 1,
    })
  })

  test('is throttled for the time since the reading before, but for no more than 15 seconds', () => {
    const held = (before: number | null, at: number) =>
      rollUp(
        reading(GPU, at, { throttleReasons: ['POWER_CAP', 'SYNC_BOOST'] }),
        before === null ? undefined : reading(GPU, before),
      )
    expect(held(NOON - 1_500, NOON)).toMatchObject({ throttledSeconds: 1.5 })
    expect(held(NOON - 3_600_000, NOON)).toMatchObject({ throttledSeconds: 15 })
    expect(held(NOON + 1, NOON)).toMatchObject({ throttledSeconds: 0 })
    expect(held(null, NOON)).toMatchObject({ throttledSeconds: 0 })
    expect(reasonsOf(held(null, NOON).throttleReasons)).toEqual(['POWER_CAP', 'SYNC_BOOST'])
  })
})

describe('the joules between two readings', () => {
  const joules = (from: object, to: object, seconds = 1) =>
    joulesSince(reading(GPU, NOON, from), reading(GPU, NOON + seconds * 1000, to))

  test.each([
    ['are what the counter says', { energyJoules: 1_000 }, { energyJoules: 1_250.5, powerWatts: 999 }, 1, 250.5],
    ['are the power of the time where there is no counter', {}, { powerWatts: 300 }, 2, 600],
    ['are so where the counter began anew', { energyJoules: 9_000 }, { energyJoules: 40, powerWatts: 300 }, 2, 600],
    ['are so where the counter cannot be', { energyJoules: 0 }, { energyJoules: 1e12, powerWatts: 300 }, 2, 600],
    ['are those of a long gap within a run', { energyJoules: 0 }, { energyJoules: 60_000 }, 600, 60_000],
    ['are by the power of 15 seconds where a gap has no counter', {}, { powerWatts: 100 }, 600, 1_500],
    ['are not known where nothing tells', { energyJoules: 1_000 }, {}, 1, null],
    ['are not known for what comes out of order', { energyJoules: 10 }, { energyJoules: 20 }, -1, null],
  ])('%s', (_, from, to, seconds, expected) => {
    expect(joules(from, to, seconds)).toBe(expected)
  })

  test('of a gap in which the GPU changed hands are not charged to the one who has it now', () => {
    const [from, to] = [
      { energyJoules: 0, runId: RUN },
      { energyJoules: 60_000, runId: OTHER },
    ]
    expect(joules(from, to, 600)).toBeNull()
    expect(joules(from, { ...to, energyJoules: 90 }, 1)).toBe(90)
  })

  test('are not known for the first', () => {
    expect(joulesSince(undefined, reading(GPU, NOON, { energyJoules: 5, powerWatts: 5 }))).toBeNull()
  })
})

test('two roll-ups make the one that all readings would have made, in either order', () => {
  const one = rollUp(
    reading(GPU, NOON + 1_000, { utilisationPercent: 20, powerWatts: 100, throttleReasons: ['POWER_CAP'] }),
    reading(GPU, NOON),
  )
  const two = rollUp(
    reading(GPU, NOON + 2_000, { utilisationPercent: 80, temperatureC: 60, throttleReasons: ['HW_THERMAL'] }),
    reading(GPU, NOON + 1_000),
  )
  const both = combine(one, two)
  expect(both).toEqual(combine(two, one))
  expect(both).toMatchObject({
    samples: 2,
    utilisationCount: 2,
    utilisationSum: 100,
    utilisationMax: 80,
    powerCount: 1,
    powerMax: 100,
    temperatureMax: 60,
    joules: 100,
    throttledSeconds: 2,
  })
  expect(reasonsOf(both.throttleReasons)).toEqual(['POWER_CAP', 'HW_THERMAL'])
})
