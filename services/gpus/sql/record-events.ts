// What has happened to GPUs, written in the transaction of the change: the events are the outbox and the history. A GPU's
// row must be locked by the transaction, so that its events stand in the order of its changes.
import { query } from '@constellation/platform/database/database.ts'
import type { GpuEvent, GpuEventType } from '@constellation/platform/events/gpu-event.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import type { PoolClient } from 'pg'
import type { Gpu } from '../entities.ts'
import { type Standing, whyOutOfService } from '../state.ts'

/** News of a GPU, which is told as it is by now. */
export interface GpuNews {
  type: GpuEventType
  gpuId: string
  /** In a sentence, where there is something to say. */
  reason?: string | null
}

/** Writes the events, in this order. */
export async function recordGpuEvents(client: PoolClient, news: readonly GpuNews[]): Promise<void> {
  if (news.length === 0) return
  const gpus = await describeGpus(client, [...new Set(news.map(({ gpuId }) => gpuId))])
  const rows = news.flatMap(({ type, gpuId, reason = null }) => {
    const gpu = gpus.get(gpuId)
    if (!gpu) return []
    const subject = SUBJECTS.gpuEvents(gpuId)
    return { type, gpu_id: gpuId, worker_id: gpu.workerId, reason, subject, payload: { gpu, reason } }
  })
  await insertEvents(client, rows)
}

interface DescribedRow extends Pick<Gpu, 'present' | 'health' | 'cordon' | 'cordonReason'> {
  told: GpuEvent['gpu']
  faults: Standing[]
}

/** The GPUs as their events tell of them. */
async function describeGpus(client: PoolClient, ids: readonly string[]): Promise<Map<string, GpuEvent['gpu']>> {
  const rows = await query<DescribedRow>(
    client,
    'describe-gpus',
    `SELECT present, health, cordon, cordon_reason AS "cordonReason",
       jsonb_build_object('id', id, 'uuid', uuid, 'name', name, 'totalMemoryMb', total_mem_mb,
         'computeCapability', compute_capability, 'simulated', simulated, 'workerId', worker_id, 'present', present) AS told,
       coalesce((SELECT jsonb_agg(jsonb_build_object('kind', kind, 'severity', severity, 'message', message)
                                  ORDER BY severity = 'fatal' DESC, f.id)
                 FROM gpu_faults f WHERE f.gpu_id = g.id AND f.cleared_at IS NULL), '[]') AS faults
     FROM gpus g WHERE id = ANY ($1)`,
    [ids],
  )
  return new Map(
    rows.map(({ told, faults, ...gpu }) => {
      const whyNot = whyOutOfService(gpu, faults)
      return [told.id, { ...told, inService: whyNot === null, whyNot }]
    }),
  )
}

interface EventRow {
  type: string
  gpu_id?: string
  worker_id: string
  reason: string | null
  subject: string
  payload: object
}

/** Writes rows of the outbox, in this order. */
export async function insertEvents(client: PoolClient, rows: readonly EventRow[]): Promise<void> {
  await query(
    client,
    'record-events',
    `INSERT INTO events (type, gpu_id, worker_id, reason, payload, subject)
     SELECT e.type, e.gpu_id, e.worker_id, e.reason, e.payload, e.subject
     FROM jsonb_array_elements($1) WITH ORDINALITY AS a (element, position),
       jsonb_to_record(element) AS e (type text, gpu_id uuid, worker_id text, reason text, payload jsonb, subject text)
     ORDER BY position`,
    [JSON.stringify(rows)],
  )
}
