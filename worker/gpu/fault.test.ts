import * as v from 'valibot'
import { expect, test } from 'vitest'
import { fault, faultsOfRun } from './fault.ts'

test('a word is a fault', () => {
  expect(v.parse(fault, 'xid:79')).toEqual({ kind: 'xid', code: 79 })
  expect(v.parse(fault, 'recovery:drain-p2p')).toEqual({ kind: 'recovery', action: 'DRAIN_P2P' })
  expect(v.parse(fault, 'lost')).toEqual({ kind: 'lost' })
})

test.each(['', 'xid', 'xid:0', 'xid:1000', 'xid:79x', 'recovery', 'recovery:none', 'explode', 'LOST'])(
  '%j is no fault',
  (word) => expect(v.is(fault, word)).toBe(false),
)

test('a run may ask for faults some seconds after its start', () => {
  expect(faultsOfRun({ SIMULATED_GPU_FAULT: 'xid:79@5, hot@60.5' })).toEqual([
    { word: 'xid:79', afterSeconds: 5 },
    { word: 'hot', afterSeconds: 60.5 },
  ])
  expect(faultsOfRun({})).toEqual([])
})

test('only its first attempt does, so that the next one can complete', () => {
  const environment = { SIMULATED_GPU_FAULT: 'lost@1' }
  expect(faultsOfRun({ ...environment, CONSTELLATION_ATTEMPT: '1' })).toHaveLength(1)
  expect(faultsOfRun({ ...environment, CONSTELLATION_ATTEMPT: '2' })).toEqual([])
})

test.each(['xid:79', 'xid:79@', 'xid:79@-1', 'explode@5', '@5', 'lost@1,'.repeat(9), 'lost@1'.padEnd(2_000)])(
  'nonsense such as %j asks for nothing',
  (text) => expect(faultsOfRun({ SIMULATED_GPU_FAULT: text })).toEqual([]),
)
