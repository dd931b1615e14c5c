// Asks one question again and again, over many connections.
import autocannon from 'autocannon'
import type { Question } from './questions.ts'

export interface Pressed {
  /** Good answers, and those that were none: of another status than 2xx, of another content, or no answer at all. */
  good: number
  bad: number
  perSecond: number
  /** In milliseconds. */
  p50: number
  p99: number
}

export interface PressOptions {
  /** The gateway's. */
  url: string
  token: string
  connections: number
  /** For how long, or how often. */
  until: { seconds: number } | { requests: number }
}

export async function press(question: Question, { url, token, connections, until }: PressOptions): Promise<Pressed> {
  const result = await autocannon({
    url: url + question.path,
    method: question.method,
    headers: { authorization: `Bearer ${token}`, ...(question.body && { 'content-type': 'application/json' }) },
    ...(question.body && { body: question.body() }),
    connections,
    ...('seconds' in until ? { duration: until.seconds } : { amount: until.requests }),
    verifyBody: (body) => typeof body === 'string' && question.isGood(body),
  })
  const { errors, non2xx, mismatches, requests, latency, duration } = result
  return {
    good: result['2xx'] - mismatches,
    bad: errors + non2xx + mismatches,
    perSecond: requests.total / duration,
    p50: latency.p50,
    p99: latency.p99,
  }
}
