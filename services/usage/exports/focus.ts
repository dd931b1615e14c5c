// FOCUS 1.2: the charges of the ledger as FinOps has them. A charge is an hour of a GPU of a run, so that each can be
// traced to its run and sums to the ledger exactly; capacity that nobody held is charged by days to an account of its own.
import { literal } from '../lake/columns.ts'
import { COLUMNS } from './focus-columns.ts'

interface Charges {
  /** A SELECT of all slices. */
  slices: string
  /** What stands in FROM for slices that came late, with `entered_at`. */
  late: string
  /** A SELECT of charges for what nobody held; null where they are not wanted. */
  idle: string | null
  /** What a slice must be like to be counted, by `hour` and its names. */
  isCounted: string
  /** Of charges of nothing, where there was no price. */
  currency: string
  /** Whether instants are texts in FOCUS's form. */
  isText: boolean
}

/** The SELECT of charges for DuckDB. */
export function selectCharges({ slices, late, idle, isCounted, currency, isText }: Charges): string {
  const instant = (column: string) => (isText ? `strftime(${column}, '%Y-%m-%dT%H:%M:%SZ')` : column)
  const columns = COLUMNS.map(({ name, sql, isInstant }) => `${isInstant ? instant(sql) : sql} AS "${name}"`)
  return `WITH charges AS (
      SELECT *, hour AS starts_at, hour + INTERVAL 1 HOUR AS ends_at, hour AS billed_at, NULL AS worker_id
      FROM (SELECT * FROM (${slices}) WHERE ${isCounted}) WHERE NOT late AND NOT provisional AND held_us <> 0
      UNION ALL BY NAME
      -- Billed when it was entered, in a month that was open then.
      SELECT * EXCLUDE (of_hour, hour), of_hour AS starts_at, of_hour + INTERVAL 1 HOUR AS ends_at, hour AS billed_at
      FROM (SELECT * EXCLUDE (entered_at) REPLACE (entered_at AS hour), hour AS of_hour FROM ${late})
      WHERE ${isCounted} AND held_us <> 0
      ${idle === null ? '' : `UNION ALL BY NAME ${idle}`}
    )
    SELECT ${columns.join(', ')}
    FROM (SELECT * REPLACE (coalesce(currency, ${literal(currency)}) AS currency) FROM charges)`
}
