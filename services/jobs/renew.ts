// A worker says that its runs live: their leases last on, in the database's time.
import { query } from '@constellation/platform/database.ts'
import { invalidInput } from '@constellation/platform/errors.ts'
import { requireRole } from '@constellation/platform/identity.ts'
import { isUuid } from '@constellation/platform/ids.ts'
import type { Context } from './context.ts'
import { held, type LeaseClaim, over, type Standing } from './lease.ts'

const MOST = 1000

/** How each of the runs stands, in the order of the question; those that are held have a renewed lease. */
export async function renewLeases({ who, pool, leaseMs }: Context, leases: readonly LeaseClaim[]): Promise<Standing[]> {
  requireRole(who, 'worker')
  if (leases.length > MOST) throw invalidInput([{ path: 'leases', message: `must be at most ${MOST}` }])
  const wrong = leases.findIndex((lease) => !isUuid(lease.runId))
  if (wrong >= 0) throw invalidInput([{ path: `leases.${wrong}.runId`, message: 'is no UUID' }])
  const renewed = await query<{ id: string; cancelRequested: boolean }>(
    pool,
    'renew-leases',
    `UPDATE runs r SET lease_until = now() + $3 * interval '1 ms'
     FROM jsonb_to_recordset($1) AS l ("runId" uuid, epoch integer), jobs j
     WHERE r.id = l."runId" AND r.lease_epoch = l.epoch AND r.worker_id = $2
       AND r.state IN ('claimed', 'running') AND j.id = r.job_id
     RETURNING r.id, j.cancel_requested AS "cancelRequested"`,
    [JSON.stringify(leases), who.id, leaseMs],
  )
  const live = new Map(renewed.map((row) => [row.id, row]))
  return leases.map(({ runId }) => {
    const row = live.get(runId.toLowerCase())
    return row ? held(runId, row, leaseMs) : over(runId)
  })
}
