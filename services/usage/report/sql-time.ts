// Time in statements for DuckDB.
import type { Step } from './time-zone.ts'

/** The offset of a slice's hour, in minutes, as SQL. */
export function offsetAt(steps: readonly Step[]): string {
  const [first, ...others] = steps
  if (others.length === 0) return String(first?.minutes ?? 0)
  const later = others.toReversed().map(({ from, minutes }) => `WHEN hour >= ${timestamp(from)} THEN ${minutes}`)
  return `CASE ${later.join(' ')} ELSE ${first?.minutes} END`
}

/** An instant as DuckDB reads it in a statement. */
export function timestamp(at: number): string {
  return `TIMESTAMP '${new Date(at).toISOString().replace('T', ' ').replace('Z', '')}'`
}
