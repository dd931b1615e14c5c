import { expect, it } from 'vitest'
import { fullHours, isUnderWay, sayBytes } from './exports.ts'

it('a time that cuts through hours is asked for with all of them', () => {
  const from = Date.UTC(2026, 0, 1, 18, 30)
  expect(fullHours({ from, to: from + 86_400_000 })).toEqual({
    from: '2026-01-01T18:00:00.000Z',
    to: '2026-01-02T19:00:00.000Z',
  })
  expect(fullHours({ from: null, to: 1 })).toBeNull()
})

it('says sizes in the unit that reads well', () => {
  expect([0, 840, 12_500, 1_240_000, 3e9].map(sayBytes)).toEqual(['0 B', '840 B', '12.5 kB', '1.2 MB', '3 GB'])
})

it('asks again soon only for what is not at its end', () => {
  const states = ['QUEUED', 'WRITING', 'DONE', 'FAILED', 'CANCELLED'] as const
  expect(states.filter((state) => isUnderWay({ state }))).toEqual(['QUEUED', 'WRITING'])
})
