// What an hour of a GPU costs. A price may begin in the past, in a month that is not closed: what was entered since then
// is entered anew.
import { inTransaction, query } from '@constellation/platform/database/database.ts'
import { invalidInput } from '@constellation/platform/errors.ts'
import { type Principal, requireRole } from '@constellation/platform/identity.ts'
import type { Pool, PoolClient } from 'pg'
import * as v from 'valibot'
import type { Price, SavePriceInput } from '../generated/resolvers.ts'
import { readInput } from '../read-input.ts'
import { fullHour } from './hours.ts'
import { changingPrices } from './locks.ts'

const COLUMNS = `model, per_gpu_hour::text AS "perGpuHour", currency, valid_from AS "validFrom", set_by AS "setBy", set_at AS "setAt"`

type PriceRow = Omit<Price, 'validFrom' | 'setAt'> & { validFrom: Date; setAt: Date }

const input = v.object({
  model: v.pipe(v.string(), v.nonEmpty('must not be empty'), v.maxLength(200, 'must have at most 200 characters')),
  perGpuHour: v.pipe(
    v.string(),
    v.regex(/^\d{1,9}(\.\d{1,8})?$/, 'must be a decimal such as "2.50", with at most 8 places'),
  ),
  currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, 'must be a currency such as EUR')),
  validFrom: fullHour,
})

/** All prices, by model, the newest first. */
export async function listPrices(pool: Pool | PoolClient): Promise<Price[]> {
  const rows = await query<PriceRow>(
    pool,
    'list-prices',
    `SELECT ${COLUMNS} FROM prices ORDER BY model, valid_from DESC`,
  )
  return rows.map(toPrice)
}

/**
 * The price that holds from now on. What it changes of the ledger is done by and by.
 * @throws ConstellationError BAD_USER_INPUT, FORBIDDEN
 */
export async function savePrice(pool: Pool, who: Principal, given: SavePriceInput): Promise<Price> {
  requireRole(who, 'admin')
  const { model, perGpuHour, currency, validFrom } = readInput(input, given)
  return inTransaction(pool, async (client) => {
    await changingPrices(client)
    const [closed] = await query<{ month: string }>(
      client,
      'closed-since',
      `SELECT to_char(month, 'YYYY-MM') AS month FROM closed_periods
       WHERE month + interval '1 month' > $1::timestamptz AT TIME ZONE 'UTC' ORDER BY month LIMIT 1`,
      [validFrom],
    )
    if (closed) {
      const message = `is in or before ${closed.month}, which is closed: begin with an hour after it`
      throw invalidInput([{ path: 'input.validFrom', message }])
    }
    const [saved] = await query<PriceRow>(
      client,
      'save-price',
      `INSERT INTO prices (model, valid_from, per_gpu_hour, currency, set_by) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (model, valid_from) DO UPDATE
         SET per_gpu_hour = excluded.per_gpu_hour, currency = excluded.currency, set_by = excluded.set_by, set_at = now()
       RETURNING ${COLUMNS}`,
      [model, validFrom, perGpuHour, currency, who.id],
    )
    if (!saved) throw new Error('A price that was saved is not there.')
    await query(client, 'plan-repricing', 'INSERT INTO repricings (model, from_hour) VALUES ($1, $2)', [
      model,
      validFrom,
    ])
    return toPrice(saved)
  })
}

function toPrice(row: PriceRow): Price {
  return { ...row, validFrom: row.validFrom.toISOString(), setAt: row.setAt.toISOString() }
}
