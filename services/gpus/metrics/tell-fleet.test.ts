import { expect, test } from 'vitest'
import { fleetState } from './tell-fleet.ts'

const WELL = { present: true, health: 'healthy', cordoned: false, lastSeenAt: new Date() } as const

test('a GPU that works for a run is held, whatever else is said of it', () => {
  expect(fleetState({ ...WELL, cordoned: true }, true)).toBe('held')
})

test('a GPU that is well and has no run is idle', () => {
  expect(fleetState(WELL, false)).toBe('idle')
})

test.each([
  ['out_of_service', { ...WELL, cordoned: true }],
  ['out_of_service', { ...WELL, health: 'suspect' as const }],
  ['unreachable', { ...WELL, lastSeenAt: new Date(0) }],
  ['missing', { ...WELL, present: false, lastSeenAt: new Date(0) }],
])('a GPU that cannot be given runs is %s', (state, gpu) => {
  expect(fleetState(gpu, false)).toBe(state)
})
