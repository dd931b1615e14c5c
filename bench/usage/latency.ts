// How long the service takes for what people ask of thirty days, one question at a time, and what memory it needs.
import { readFileSync } from 'node:fs'
import { askGraph } from '../gateway/ask.ts'
import { percentile } from '../queue/statistics.ts'
import { MONTH } from './questions.ts'
import type { Subject } from './subject.ts'

/** Of each question, after those that do not count. */
const ROUNDS = 12
const WARM_UP = 2
const CARDS = 200

export const USAGE = `query ($range: TimeRangeInput, $grain: UsageGrain, $timeZone: String, $groupBy: [UsageDimension!], $metrics: [UsageMetric!],
    $filter: UsageFilter, $orderBy: UsageOrder) {
  usage(range: $range, grain: $grain, timeZone: $timeZone, groupBy: $groupBy, metrics: $metrics, filter: $filter,
      orderBy: $orderBy, first: 100) {
    asOf rowCount total { gpuSeconds runs }
    rows { start account user model outcome gpuId usage { gpuSeconds runs provisional wastedGpuSeconds utilisedGpuSeconds
      energyJoules cost { amount currency } queueWait { p50Seconds p95Seconds } } }
  }
}`
export const BOARD = `query ($range: TimeRangeInput, $by: UsageDimension) {
  usageLeaderboard(range: $range, by: $by, first: 100) { rank key usage { gpuSeconds runs cost { amount currency } } } }`
const CARD = `query ($accounts: [_Any!]!, $range: TimeRangeInput) { _entities(representations: $accounts) {
  ... on Account { usage(range: $range) { gpuSeconds runs wastedGpuSeconds energyJoules cost { amount currency } } } } }`

/** The kinds of question: what a page, a notebook and a statement ask. */
const MIX: readonly (readonly [string, string, object])[] = [
  ['by account', USAGE, {}],
  ['by account and day', USAGE, { grain: 'DAY' }],
  ['by user', USAGE, { groupBy: ['USER'], orderBy: 'GPU_TIME' }],
  ['by model and hour', USAGE, { grain: 'HOUR', groupBy: ['MODEL'] }],
  ['by GPU', USAGE, { groupBy: ['GPU'], metrics: ['UTILISATION'] }],
  ['GPUs by day', USAGE, { grain: 'DAY', groupBy: ['GPU'], metrics: ['UTILISATION'] }],
  ['GPUs by day of Berlin', USAGE, { grain: 'DAY', timeZone: 'Europe/Berlin', groupBy: ['GPU'], metrics: [] }],
  ['GPUs by account, with costs', USAGE, { groupBy: ['GPU', 'ACCOUNT'], metrics: ['COST'] }],
  ['by account, day, model, outcome', USAGE, { grain: 'DAY', groupBy: ['ACCOUNT', 'MODEL', 'OUTCOME'], metrics: [] }],
  ['the same with costs', USAGE, { grain: 'DAY', groupBy: ['ACCOUNT', 'MODEL', 'OUTCOME'], metrics: ['COST'] }],
  ['waste and energy by account', USAGE, { metrics: ['WASTED_GPU_TIME', 'ENERGY'] }],
  ['what queues waited', USAGE, { metrics: ['QUEUE_WAIT'] }],
  ['the same by hour and model', USAGE, { grain: 'HOUR', groupBy: ['MODEL'], metrics: ['QUEUE_WAIT'] }],
  ['one account by user and day', USAGE, { grain: 'DAY', groupBy: ['USER'], filter: { account: 'account-03' } }],
  ['weeks of Berlin', USAGE, { grain: 'WEEK', timeZone: 'Europe/Berlin' }],
  ['days of Kolkata', USAGE, { grain: 'DAY', timeZone: 'Asia/Kolkata', groupBy: [] }],
  ['days of Kathmandu by account', USAGE, { grain: 'DAY', timeZone: 'Asia/Kathmandu' }],
  ['hours of Kolkata by model', USAGE, { grain: 'HOUR', timeZone: 'Asia/Kolkata', groupBy: ['MODEL'] }],
  ['leaderboard of users', BOARD, { by: 'USER' }],
]

export interface Times {
  what: string
  p50Ms: number
  p95Ms: number
  maxMs: number
}

/** Each kind of question, all of them together, and the card of one account; in milliseconds. */
export async function measureLatency({ url }: Subject): Promise<Times[]> {
  const all = MIX.map((): number[] => [])
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    for (const [i, [, question, variables]] of MIX.entries()) {
      const ms = await timeOf(url, question, { range: MONTH, ...variables })
      if (round >= WARM_UP) all[i]?.push(ms)
    }
  }
  const rows = MIX.map(([what], i) => toTimes(what, all[i] ?? []))
  return [...rows, toTimes('all of these', all.flat()), toTimes('the card of one account', await timeCards(url))]
}

async function timeCards(url: string): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i < CARDS + WARM_UP; i++) {
    const id = `account-${String(i % 24).padStart(2, '0')}`
    const ms = await timeOf(url, CARD, { accounts: [{ __typename: 'Account', id }], range: MONTH })
    if (i >= WARM_UP) times.push(ms)
  }
  return times
}

async function timeOf(url: string, question: string, variables: object): Promise<number> {
  const began = performance.now()
  await askGraph(url, question, variables)
  return performance.now() - began
}

function toTimes(what: string, times: readonly number[]): Times {
  return { what, p50Ms: percentile(times, 0.5), p95Ms: percentile(times, 0.95), maxMs: Math.max(...times) }
}

/** The most memory that a process has had, in MiB; NaN where there is no /proc. */
export function mostMemoryMb(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
  } catch {
    return Number.NaN
  }
}
