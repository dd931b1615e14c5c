// Into which parts a stretch of time is cut, so that a chart gets at most as many points as it can show. Pure.
import { invalidInput, type Problem } from '@constellation/platform/errors.ts'
import { BUCKET_MS } from './roll-up.ts'

const MOST_POINTS = 1_000
const MOST_DAYS = 31
export const DAY_MS = 86_400_000

/** The time from `origin` on, in parts of `stepMs` each, until `end`; all in milliseconds, the first and last since 1970. */
export interface Parts {
  origin: number
  end: number
  stepMs: number
}

/**
 * The parts of whole buckets from the one that holds `from` to the one before `to`, in milliseconds since 1970: at most
 * `points`, and one more where `from` and `to` lie within buckets.
 * @throws ConstellationError BAD_USER_INPUT naming each argument that is out of bounds
 */
export function partsBetween(from: number, to: number, points: number): Parts {
  const problems: Problem[] = [...pointProblems(points)]
  if (to <= from) problems.push({ path: 'from', message: 'must be before `to`' })
  if (to - from > MOST_DAYS * DAY_MS) {
    problems.push({ path: 'from', message: `must be at most ${MOST_DAYS} days before \`to\`` })
  }
  if (problems.length > 0) throw invalidInput(problems)
  const origin = Math.floor(from / BUCKET_MS) * BUCKET_MS
  const end = upToBucket(to)
  return { origin, end, stepMs: Math.max(BUCKET_MS, upToBucket((to - from) / points)) }
}

/** What is wrong with how many points are asked for. */
export function pointProblems(points: number): Problem[] {
  if (Number.isInteger(points) && points >= 1 && points <= MOST_POINTS) return []
  return [{ path: 'points', message: `must be from 1 to ${MOST_POINTS}` }]
}

function upToBucket(time: number): number {
  return Math.ceil(time / BUCKET_MS) * BUCKET_MS
}
