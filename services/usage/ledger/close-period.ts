// A month that was billed is closed: whatever comes later of it stands beside what was said, and does not change it.
import { inTransaction, query } from '@constellation/platform/database/database.ts'
import { ConstellationError, invalidInput } from '@constellation/platform/errors.ts'
import { type Principal, requireRole } from '@constellation/platform/identity.ts'
import type { Pool, PoolClient } from 'pg'
import type { ClosedPeriod } from '../generated/resolvers.ts'
import { readInput } from '../read-input.ts'
import { month } from './hours.ts'
import { changingPrices } from './locks.ts'

type PeriodRow = Omit<ClosedPeriod, 'closedAt'> & { closedAt: Date }

const COLUMNS = `to_char(month, 'YYYY-MM') AS month, closed_at AS "closedAt", closed_by AS "closedBy"`

/** The months that are closed, the newest first. */
export async function listClosedPeriods(pool: Pool | PoolClient): Promise<ClosedPeriod[]> {
  const rows = await query<PeriodRow>(
    pool,
    'closed-periods',
    `SELECT ${COLUMNS} FROM closed_periods ORDER BY month DESC`,
  )
  return rows.map(toPeriod)
}

/**
 * Closes a month that is over. Closing it again changes nothing.
 * @throws ConstellationError BAD_USER_INPUT, FORBIDDEN, CONFLICT where prices are still being applied
 */
export async function closePeriod(pool: Pool, who: Principal, given: string): Promise<ClosedPeriod> {
  requireRole(who, 'admin')
  const day = readInput(month, given, 'month')
  return inTransaction(pool, async (client) => {
    await changingPrices(client)
    const [repricing] = await query(client, 'any-repricing', 'SELECT FROM repricings LIMIT 1')
    if (repricing)
      throw new ConstellationError('CONFLICT', 'New prices are still being applied: try again in a moment.')
    const [closed] = await query<PeriodRow>(
      client,
      'close-period',
      `WITH closing AS (
         INSERT INTO closed_periods (month, closed_by)
         SELECT $1::date, $2 WHERE $1::date + interval '1 month' <= now() AT TIME ZONE 'UTC'
         ON CONFLICT DO NOTHING RETURNING *
       ) SELECT ${COLUMNS} FROM closing UNION ALL SELECT ${COLUMNS} FROM closed_periods WHERE month = $1::date`,
      [day, who.id],
    )
    if (!closed) throw invalidInput([{ path: 'month', message: 'is not over yet' }])
    return toPeriod(closed)
  })
}

function toPeriod(row: PeriodRow): ClosedPeriod {
  return { ...row, closedAt: row.closedAt.toISOString() }
}
