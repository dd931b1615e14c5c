import { describe, expect, it } from 'vitest'
import { sayTick, ticksOf, timelineOf } from './timeline.ts'

const at = (seconds: number) => new Date(seconds * 1000).toISOString()
const job = (part: object) => ({ createdAt: at(0), finishedAt: null, state: 'QUEUED' as const, runs: [], ...part })
const run = (attempt: number, claimed: number, started: number | null, finished: number | null) => ({
  attempt,
  claimedAt: at(claimed),
  startedAt: started === null ? null : at(started),
  finishedAt: finished === null ? null : at(finished),
})
const spans = (timeline: ReturnType<typeof timelineOf>) =>
  timeline.rows.map(({ attempt, segments }) => [
    attempt,
    ...segments.map(({ kind, from, to }) => `${kind} ${from / 1000}-${to / 1000}`),
  ])

describe('timelineOf', () => {
  it('has a job that waits grow with the time', () => {
    expect(spans(timelineOf(job({}), 5_000))).toEqual([[1, 'waiting 0-5']])
    expect(timelineOf(job({}), 9_000)).toMatchObject({ from: 0, to: 9_000 })
  })

  it('tells waiting, starting and running apart, the last one up to now', () => {
    const running = job({ state: 'RUNNING', runs: [run(1, 4, 5, null)] })
    expect(spans(timelineOf(running, 9_000))).toEqual([[1, 'waiting 0-4', 'starting 4-5', 'running 5-9']])
    const starting = job({ state: 'RUNNING', runs: [run(1, 4, null, null)] })
    expect(spans(timelineOf(starting, 9_000))).toEqual([[1, 'waiting 0-4', 'starting 4-9']])
  })

  it('lets each attempt wait from the end of the one before, also the one to come', () => {
    const again = job({ runs: [run(1, 1, 2, 3), run(2, 5, 6, 7)] })
    expect(spans(timelineOf(again, 10_000))).toEqual([
      [1, 'waiting 0-1', 'starting 1-2', 'running 2-3'],
      [2, 'waiting 3-5', 'starting 5-6', 'running 6-7'],
      [3, 'waiting 7-10'],
    ])
  })

  it('ends with the job', () => {
    const ended = job({ state: 'FAILED', finishedAt: at(8), runs: [run(1, 1, 2, 8)] })
    expect(timelineOf(ended, 100_000)).toMatchObject({ to: 8_000, rows: [{ attempt: 1 }] })
    const never = job({ state: 'CANCELLED', finishedAt: at(3) })
    expect(spans(timelineOf(never, 100_000))).toEqual([[1, 'waiting 0-3']])
  })

  it('draws nothing backwards where clocks differ', () => {
    const odd = job({ state: 'RUNNING', runs: [run(1, -1, 2, null)] })
    expect(spans(timelineOf(odd, 1_000))).toEqual([[1, 'waiting 0-0', 'starting -1-2', 'running 2-2']])
  })
})

describe('ticksOf', () => {
  it('marks round times', () => {
    expect(ticksOf({ from: 0, to: 95_000 }, 5).map(({ ms }) => sayTick(ms))).toEqual(['0', '30 s', '1 min', '90 s'])
    expect(ticksOf({ from: 0, to: 26 * 3_600_000 }, 5).map(({ ms }) => sayTick(ms))).toEqual([
      '0',
      '6 h',
      '12 h',
      '18 h',
      '1 d',
    ])
  })

  it('places them in percent', () => {
    expect(ticksOf({ from: 500, to: 10_500 }, 2)).toEqual([
      { at: 0, ms: 0 },
      { at: 50, ms: 5_000 },
      { at: 100, ms: 10_000 },
    ])
  })
})
