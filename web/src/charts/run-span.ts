// The time that the charts of a run show, and how often they are asked for.

/** Asked for again while a run lives, in milliseconds. */
const LIVE_MS = 15_000

/** What was measured last is stored up to so much later, in milliseconds. */
const LATE_MS = 60_000
const LATE_EVERY_MS = 5_000

/** A run of a moment is not drawn as if it had filled the chart, in seconds. */
const SHORTEST = 10

/** In seconds since 1970, from the start to the end, or to `now` (milliseconds) while it lives. */
export function runSpan(start: string, end: string | null, now: number): { from: number; to: number } {
  const from = Date.parse(start) / 1000
  const to = (end === null ? now : Date.parse(end)) / 1000
  return { from, to: Math.max(to, from + SHORTEST) }
}

/** How often to ask, in milliseconds; undefined once nothing more will be stored of it. */
export function pollRun(end: string | null, now: number): number | undefined {
  if (end === null) return LIVE_MS
  return now - Date.parse(end) < LATE_MS ? LATE_EVERY_MS : undefined
}
