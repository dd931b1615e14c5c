// XIDs tell what happened and never that it is over. So they are forgotten once the GPU has been well for a while: its
// worker was there all the time, and neither was there a new XID nor was anything else wrong. Several processes may look.
import { inTransaction, query } from '@constellation/platform/database/database.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { type Regular, regularly } from '@constellation/platform/regularly.ts'
import type { Pool, PoolClient } from 'pg'
import { clearFaults } from '../sql/faults.ts'
import { recordGpuEvents } from '../sql/record-events.ts'
import { FRESH_MS } from '../telemetry/telemetry.ts'
import { probationSeconds } from './probation.ts'
import { settle } from './settle.ts'

const LOOK_MS = 2_000

interface Recovering {
  pool: Pool
  /** To be called after a commit that wrote events. */
  changed: () => void
  /** After the first fatal fault of a day, in seconds. */
  probationSeconds: number
}

/** Looks regularly until stopped. */
export function startRecovering(options: Recovering & { log: Logger }): Regular {
  return regularly(LOOK_MS, 'look for GPUs that have recovered', options.log, () => recoverGpus(options))
}

/** Returns the GPUs whose XIDs were forgotten. */
export async function recoverGpus({ pool, changed, probationSeconds: base }: Recovering): Promise<string[]> {
  if (!(await someWait(pool))) return []
  const recovered = await inTransaction(pool, async (client) => {
    const gpus = await lockOnProbation(client)
    await keepWellSince(client, gpus)
    return forgetXids(
      client,
      gpus.filter(({ wellSeconds, fatal }) => wellSeconds !== null && wellSeconds >= probationSeconds(base, fatal)),
    )
  })
  if (recovered.length > 0) changed()
  return recovered
}

async function someWait(pool: Pool): Promise<boolean> {
  const rows = await query(
    pool,
    'some-on-probation',
    `SELECT FROM gpu_faults WHERE cleared_at IS NULL AND kind = 'xid' LIMIT 1`,
  )
  return rows.length > 0
}

interface OnProbation {
  id: string
  /** Whether all is well with it at this moment, but for its XIDs. */
  isWell: boolean
  /** For how long it has been; null where that is not known to be so. */
  wellSeconds: number | null
  /** Its fatal faults of the last day. */
  fatal: number
  xids: string[]
}

/** The GPUs of which an XID stands; those about which a report comes in at this moment are for the next look. */
async function lockOnProbation(client: PoolClient): Promise<OnProbation[]> {
  const locked = await query<{ id: string }>(
    client,
    'lock-on-probation',
    `SELECT id FROM gpus WHERE id IN (SELECT gpu_id FROM gpu_faults WHERE cleared_at IS NULL AND kind = 'xid')
     ORDER BY uuid FOR NO KEY UPDATE SKIP LOCKED`,
  )
  // A statement of its own sees what whoever held the locks before has written.
  return query<OnProbation>(
    client,
    'gpus-on-probation',
    `SELECT g.id, extract(epoch FROM now() - g.well_since)::double precision AS "wellSeconds", f.xids,
       g.present AND w.last_seen_at > now() - $1 * interval '1 ms' AND NOT f.ails AS "isWell",
       (SELECT count(*)::integer FROM gpu_faults
        WHERE gpu_id = g.id AND severity = 'fatal' AND first_at > now() - interval '1 day') AS fatal
     FROM gpus g JOIN workers w ON w.id = g.worker_id CROSS JOIN LATERAL (
       SELECT array_agg(id) FILTER (WHERE kind = 'xid') AS xids, bool_or(kind NOT IN ('xid', 'strangers')) AS ails
       FROM gpu_faults WHERE gpu_id = g.id AND cleared_at IS NULL
     ) f WHERE g.id = ANY ($2) AND f.xids IS NOT NULL`,
    [FRESH_MS, locked.map(({ id }) => id)],
  )
}

/** The time in which all is well begins when it is first seen so, and anew after each break. */
async function keepWellSince(client: PoolClient, gpus: readonly OnProbation[]): Promise<void> {
  const begun = gpus.filter(({ isWell, wellSeconds }) => isWell && wellSeconds === null)
  const broken = gpus.filter(({ isWell, wellSeconds }) => !isWell && wellSeconds !== null)
  if (begun.length + broken.length === 0) return
  await query(
    client,
    'keep-well-since',
    `UPDATE gpus SET well_since = CASE WHEN id = ANY ($1) THEN now() END WHERE id = ANY ($1) OR id = ANY ($2)`,
    [begun.map(({ id }) => id), broken.map(({ id }) => id)],
  )
}

async function forgetXids(client: PoolClient, gpus: readonly OnProbation[]): Promise<string[]> {
  const well = gpus.filter(({ isWell }) => isWell)
  const words = ({ wellSeconds }: OnProbation) => `It has been well for ${Math.floor(wellSeconds ?? 0)} s.`
  await clearFaults(
    client,
    well.flatMap((gpu) => gpu.xids.map((id) => ({ id, by: words(gpu) }))),
  )
  const news = await settle(
    client,
    well.map((gpu) => ({ gpuId: gpu.id, cleared: [words(gpu)] })),
  )
  await recordGpuEvents(client, news)
  return well.map(({ id }) => id)
}
