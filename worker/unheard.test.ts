import { expect, test } from 'vitest'
import { addHappening, type Happening, portionsOf } from './unheard.ts'

const xid = (seq: number, code: number, runId: string | null = 'run', uuid = 'a'): Happening => ({
  seq,
  uuid,
  runId,
  what: { xid: code, at: seq * 1_000 },
})
const reset = (seq: number): Happening => ({ seq, uuid: 'a', runId: null, what: 'reset' })
const keep = (happenings: readonly Happening[]) =>
  happenings.reduce<Happening[]>((unheard, one) => addHappening(unheard, one), [])
const codesOf = (unheard: readonly Happening[], uuid: string) =>
  portionsOf(unheard, uuid).map(({ xids, wasReset, runId }) => [runId, wasReset, xids.map(({ code }) => code)])

test('each run is told of with its own XIDs, and a reset by itself, all in their order', () => {
  const unheard = keep([xid(1, 79), xid(2, 48), xid(3, 13, 'other'), reset(4), xid(5, 31, null), xid(6, 45, null)])
  expect(codesOf(unheard, 'a')).toEqual([
    ['run', false, [79, 48]],
    ['other', false, [13]],
    [null, true, []],
    [null, false, [31, 45]],
  ])
  expect(portionsOf(unheard, 'a')[0]).toMatchObject({
    lastSeq: 2,
    xids: [{ code: 79, at: '1970-01-01T00:00:01.000Z' }, {}],
  })
})

test('GPUs are told apart', () => {
  const unheard = keep([xid(1, 79), xid(2, 13, 'other', 'b')])
  expect(codesOf(unheard, 'b')).toEqual([['other', false, [13]]])
  expect(codesOf(unheard, 'c')).toEqual([])
})

test('of a storm of the same XIDs the newest are kept, and of others every one', () => {
  const unheard = keep([xid(1, 79), reset(2), ...Array.from({ length: 500 }, (_, i) => xid(3 + i, 31)), xid(503, 48)])
  expect(unheard).toHaveLength(64)
  expect(unheard[0]?.what).toMatchObject({ xid: 79 })
  expect(unheard[1]?.what).toBe('reset')
  expect(unheard.at(-1)?.what).toMatchObject({ xid: 48 })
  expect(unheard.at(-2)?.seq).toBe(502)
})

test('a storm on one GPU costs another nothing', () => {
  const unheard = keep([xid(1, 79, 'run', 'b'), ...Array.from({ length: 200 }, (_, i) => xid(2 + i, i))])
  expect(codesOf(unheard, 'b')).toEqual([['run', false, [79]]])
  expect(unheard).toHaveLength(65)
})
