// What follows from a click can be told together: https://www.w3.org/TR/trace-context/.
import { randomHex } from './random.ts'

/** A new trace, as the header `traceparent` names it. The page tells nobody of spans of its own. */
export function newTraceparent(): string {
  const hex = randomHex(24)
  return `00-${hex.slice(0, 32)}-${hex.slice(32)}-01`
}
