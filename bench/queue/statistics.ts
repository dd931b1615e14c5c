// What is said of a series of measured values.

/** The value in the middle; NaN where there is none. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** The value below which this share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

/** With three digits that count: `24,364`, `1.52`, `0.018`; a dash for what was not measured. */
export function rounded(value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en')
  return String(Number(value.toPrecision(3)))
}

/** How many times as much. */
export function ratio(ours: number, theirs: number): string {
  return Number.isFinite(ours / theirs) ? `${rounded(ours / theirs)} ×` : '–'
}
