// Hours and months of UTC, by which the ledger counts.
import * as v from 'valibot'

const HOUR_MS = 3_600_000

/** The instant of a full hour of UTC. */
export const fullHour = v.pipe(
  v.string(),
  v.check((text) => Date.parse(text) % HOUR_MS === 0, 'must be a full hour of UTC'),
)

/** A month of UTC, `2026-01`, as its first day. */
export const month = v.pipe(
  v.string(),
  v.regex(/^(19[7-9]\d|[2-9]\d{3})-(0[1-9]|1[0-2])$/, 'must be a month such as 2026-01'),
  v.transform((text) => `${text}-01`),
)
