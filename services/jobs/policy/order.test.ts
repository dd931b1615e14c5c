import { describe, expect, test } from 'vitest'
import { NO_USE, type Share } from './fair-share.ts'
import { ANY_KEEPER, orderOf, type QueuedLane } from './order.ts'
import { rank } from './rank.ts'
import type { Waiting } from './requests.ts'

const job = (jobId: string, place = 0, keptBy: string | null = null): Waiting => ({ jobId, place, limitMs: 1, keptBy })
let lanes = 0
const lane = (account: string, waiting: Waiting[], changes: Partial<QueuedLane> = {}): QueuedLane => ({
  id: ++lanes,
  account,
  gpuCount: 1,
  gpuMinMemoryMb: 0,
  gpuModel: '',
  gpuMinCapability: 0,
  executor: 'process',
  workerLabels: {},
  waiting,
  more: false,
  blocked: false,
  ...changes,
})
const nothingMore = async (_: QueuedLane) => {}

async function ids(all: QueuedLane[], shares = new Map<string, Share>(), most = 1_000, loadMore = nothingMore) {
  return (await orderOf(all, shares, most, loadMore)).map(({ job }) => job.jobId)
}

/** As a claim that could serve all of them would. */
function byRank(all: QueuedLane[], shares: ReadonlyMap<string, Share>): string[] {
  const ranking = rank(all, shares, ANY_KEEPER)
  const given: string[] = []
  for (let head = ranking.next(); head; head = ranking.next()) {
    given.push(head.job.jobId)
    ranking.serve(head)
  }
  return given
}

/** Numbers from 0 up to below `most`, the same for the same seed. */
function dice(seed: number): (most: number) => number {
  let state = seed
  return (most) => {
    state = (state * 48_271) % 2_147_483_647
    return Math.floor((state / 2_147_483_647) * most)
  }
}

describe('the order', () => {
  test.each(Array.from({ length: 30 }, (_, i) => 1 + i * 7_919))('is that of claims (seed %i)', async (seed) => {
    const roll = dice(seed)
    const accounts = Array.from({ length: 1 + roll(6) }, (_, i) => `account-${i}`)
    const shares = new Map(
      accounts.map((account) => [
        account,
        { ...NO_USE, weight: 1 + roll(4), usedSeconds: roll(3) * roll(9_000), held: roll(9) },
      ]),
    )
    const all = Array.from({ length: 1 + roll(20) }, (_, l) => {
      const places = Array.from({ length: roll(30) }, () => roll(40) * 3_600_000).toSorted((a, b) => a - b)
      const waiting = places.map((place, i) => job(`${l}-${String(i).padStart(3, '0')}`, place))
      const account = accounts[roll(accounts.length)] ?? ''
      return lane(account, waiting, { gpuCount: roll(4) })
    })
    if (roll(2)) all.push(lane(accounts[0] ?? '', [job('kept', 0, ANY_KEEPER)], { gpuCount: 4 }))
    const given = byRank(all, shares)
    expect(await ids(all, shares)).toEqual(given)
    expect(await ids(all, shares, 7)).toEqual(given.slice(0, 7))
  })

  test('leaves out what is blocked, and counts its account as one that competes', async () => {
    const shares = new Map([
      ['a', { ...NO_USE, usedSeconds: 1_000 }],
      ['b', { ...NO_USE, usedSeconds: 5_000_000 }],
    ])
    const all = [lane('a', [job('a1'), job('a2', 5)]), lane('b', [job('b1')], { blocked: true })]
    expect(await ids(all, shares)).toEqual(['a1', 'a2'])
  })

  test('reads on in a lane that is longer than what is known of it, as far as it must', async () => {
    const long = lane('a', [job('1', 1), job('2', 2)], { more: true })
    const other = lane('a', [job('4', 4)])
    const loads: number[] = []
    const loadMore = async (short: QueuedLane) => {
      loads.push(short.waiting.length)
      short.waiting.push(...(loads.length === 1 ? [job('3', 3), job('5', 5)] : [job('6', 6)]))
      short.more = loads.length === 1
    }
    expect(await ids([long, other], new Map(), 3, loadMore)).toEqual(['1', '2', '3'])
    expect(loads).toEqual([2])
    expect(await ids([long, other], new Map(), 10, loadMore)).toEqual(['1', '2', '3', '4', '5', '6'])
  })

  test('ends where a lane has more that is not read', async () => {
    const all = [lane('a', [job('1', 1), job('2', 2)], { more: true }), lane('a', [job('9', 9)])]
    expect(await ids(all)).toEqual(['1', '2'])
  })
})
