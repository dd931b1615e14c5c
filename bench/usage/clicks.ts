// Twenty analysts at the page of usage: each click asks five questions at once, some the same for all, some of one's own.
import { setTimeout as delay } from 'node:timers/promises'
import { askGraph } from '../gateway/ask.ts'
import { percentile } from '../queue/statistics.ts'
import { BOARD, USAGE } from './latency.ts'
import { MONTH } from './questions.ts'
import type { Subject } from './subject.ts'

const ANALYSTS = 20
const CLICKS = 5
/** Between an answer and the next click, at most. */
const THINK_MS = 2_000

/** In milliseconds from a click to its last answer, and how many of the questions were refused or failed. */
export interface Clicks {
  p50Ms: number
  p95Ms: number
  questions: number
  refused: number
}

export async function measureClicks({ url }: Subject): Promise<Clicks> {
  const times: number[] = []
  let refused = 0
  const analyst = async (_: unknown, number: number) => {
    for (let click = 0; click < CLICKS; click++) {
      await delay((((number * 7 + click * 3) % 10) / 10) * THINK_MS)
      const began = performance.now()
      const answers = await Promise.allSettled(questionsOf(number).map(([asked, args]) => askGraph(url, asked, args)))
      times.push(performance.now() - began)
      refused += answers.filter(({ status }) => status === 'rejected').length
    }
  }
  await Promise.all(Array.from({ length: ANALYSTS }, analyst))
  const questions = times.length * questionsOf(0).length
  return { p50Ms: percentile(times, 0.5), p95Ms: percentile(times, 0.95), questions, refused }
}

function questionsOf(analyst: number): [string, object][] {
  const account = `account-${String(analyst).padStart(2, '0')}`
  const ofMonth = (args: object): [string, object] => [USAGE, { range: MONTH, ...args }]
  return [
    ofMonth({ grain: 'DAY' }),
    [BOARD, { by: 'USER', range: MONTH }],
    ofMonth({ grain: 'DAY', groupBy: ['USER'], filter: { account } }),
    ofMonth({ groupBy: ['MODEL'], metrics: ['QUEUE_WAIT'], filter: { account } }),
    ofMonth({ groupBy: ['GPU'], filter: { account } }),
  ]
}
