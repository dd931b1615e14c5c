import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Fleet, openFleet } from './fleet.ts'
import { rollingRestart } from './rolling-restart.ts'

let fleet: Fleet
beforeAll(async () => {
  fleet = await openFleet()
}, 120_000)
afterAll(() => fleet?.close())

test('of a rolling restart of two of each, clients notice no more than a request to send again', async () => {
  const { tallies, jobs, lost, watchers, tookMs } = await rollingRestart(fleet)
  expect(Object.keys(tookMs)).toHaveLength(8)
  for (const { sent, failed } of Object.values(tallies)) {
    expect(sent).toBeGreaterThan(10)
    expect(failed).toEqual([])
  }
  expect(jobs).toBeGreaterThan(10)
  expect(lost).toEqual([])
  for (const { missed, faults, returns } of watchers) {
    expect([missed, faults]).toEqual([[], []])
    expect(returns).toBeGreaterThan(0)
  }
}, 180_000)
