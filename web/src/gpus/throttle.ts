import type { ThrottleReason } from '../generated/documents.ts'
import { words } from './words.ts'

/** The reasons in words, or undefined where there are none. */
export function sayThrottled(reasons: readonly ThrottleReason[] | null | undefined): string | undefined {
  if (!reasons || reasons.length === 0) return undefined
  return reasons.map((reason) => words.throttle[reason]).join(', ')
}
