// A worker says that its runs live: their leases last on, in the database's time.
import { query } from '@constellation/platform/database/database.ts'
import { invalidInput } from '@constellation/platform/errors.ts'
import { requireRole } from '@constellation/platform/identity.ts'
import type { Context } from './context.ts'
import { type Asked, held, type LeaseClaim, over, requireRunIds, type Standing } from './lease.ts'

const MOST = 1000

/** How each of the runs stands, in the order of the question; those that are held have a renewed lease. */
export async function renewLeases({ who, pool, leaseMs }: Context, leases: readonly LeaseClaim[]): Promise<Standing[]> {
  requireRole(who, 'worker')
  if (leases.length > MOST) throw invalidInput([{ path: 'leases', message: `must be at most ${MOST}` }])
  requireRunIds(leases, 'leases')
  const renewed = await query<Asked & { id: string }>(
    pool,
    'renew-leases',
    `UPDATE leases l SET until = now() + $3 * interval '1 ms'
     FROM jsonb_to_recordset($1) AS w ("runId" uuid, epoch integer) JOIN runs r ON r.id = w."runId"
       JOIN jobs j ON j.id = r.job_id
     WHERE l.job_id = r.job_id AND l.run_id = r.id AND l.epoch = w.epoch AND l.worker_id = $2
     RETURNING l.run_id AS id, j.cancel_requested AS "cancelRequested", l.preempted_by IS NOT NULL AS preempted`,
    [JSON.stringify(leases), who.id, leaseMs],
  )
  const live = new Map(renewed.map((row) => [row.id, row]))
  return leases.map(({ runId }) => {
    const row = live.get(runId.toLowerCase())
    return row ? held(runId, row, leaseMs) : over(runId)
  })
}
