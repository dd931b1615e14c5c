// A drain ends by itself: it becomes a cordon when no run has been seen on the GPU, or on any GPU of the worker, for a
// while. A worker that is silent tells nothing, so its drains go on. Several processes may look.
import { inTransaction, query } from '@constellation/platform/database/database.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { createPatience } from '@constellation/platform/patience.ts'
import { type Regular, regularly } from '@constellation/platform/regularly.ts'
import type { Pool } from 'pg'
import { endDrain, lockRow } from '../sql/cordons.ts'
import { recordGpuEvents } from '../sql/record-events.ts'
import type { LastSeen } from '../telemetry/telemetry.ts'
import { tellWorker } from './cordon.ts'

const LOOK_MS = 1_000
/** A run that was claimed just before the drain began has shown itself by then. */
const PATIENCE_MS = 5_000

interface Draining {
  pool: Pool
  lastSeen: Pick<LastSeen, 'sample'>
  /** To be called after a commit that wrote events. */
  changed: () => void
}

/** Looks regularly until stopped. */
export function startEndingDrains(options: Draining & { log: Logger }): Regular {
  const look = createDrainLook(options)
  return regularly(LOOK_MS, 'end drains', options.log, () => look(Date.now()))
}

/** A look that remembers what it saw before: it ends the drains of what has been free for 5 s, without a break. */
export function createDrainLook({ pool, lastSeen, changed }: Draining): (nowMs: number) => Promise<void> {
  const ripe = createPatience(PATIENCE_MS)
  return async (nowMs) => {
    const free = (await findDrains(pool)).filter((drain) => drain.gpus.every((gpu) => isFree(gpu, lastSeen)))
    const ended = ripe(free.map(keyOf), nowMs)
    for (const drain of free) if (ended.includes(keyOf(drain)) && (await end(pool, drain))) changed()
  }
}

interface Drain {
  of: 'gpus' | 'workers'
  id: string
  since: Date
  gpus: { id: string; workerId: string }[]
}

/** One that was taken back and begun anew is another one. */
function keyOf({ of, id, since }: Drain): string {
  return `${of} ${id} ${since.toISOString()}`
}

function isFree({ id, workerId }: Drain['gpus'][number], lastSeen: Draining['lastSeen']): boolean {
  const sample = lastSeen.sample(workerId, id)
  return sample !== null && !sample.runId
}

/** What drains: GPUs, and workers with those GPUs that they find. */
function findDrains(pool: Pool): Promise<Drain[]> {
  return query<Drain>(
    pool,
    'find-drains',
    `SELECT 'gpus' AS of, id::text, cordoned_at AS since,
       jsonb_build_array(jsonb_build_object('id', id, 'workerId', worker_id)) AS gpus
     FROM gpus WHERE cordon = 'drain'
     UNION ALL
     SELECT 'workers', w.id, w.cordoned_at,
       coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'workerId', g.worker_id)) FILTER (WHERE g.present), '[]')
     FROM workers w LEFT JOIN gpus g ON g.worker_id = w.id WHERE w.cordon = 'drain' GROUP BY w.id`,
  )
}

/** True where it was not over yet. */
function end(pool: Pool, { of, id, since }: Drain): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    if (!(await lockRow(client, of, id)) || !(await endDrain(client, of, id, since))) return false
    if (of === 'workers') await tellWorker(client, id, 'cordoned', 'has ended its drain.')
    else await recordGpuEvents(client, [{ type: 'gpu.cordoned', gpuId: id, reason: 'Its drain has ended.' }])
    return true
  })
}
