// What an operator says of a GPU, name by name.
import { query } from '@constellation/platform/database/database.ts'
import { requireRole } from '@constellation/platform/identity.ts'
import * as v from 'valibot'
import type { Context } from '../context.ts'
import type { Gpu } from '../entities.ts'
import { recordGpuEvents } from '../sql/record-events.ts'
import { checked, labels } from '../words.ts'
import { changeGpu } from './cordon.ts'

const labelInput = v.object({ labels })

/** The GPU with these labels in place of those before. @throws ConstellationError NOT_FOUND where there is no such GPU */
export async function labelGpu(context: Context, id: string, given: Record<string, string>): Promise<Gpu> {
  requireRole(context.who, 'operator', 'admin')
  const input = checked(labelInput, { labels: given })
  return changeGpu(context, id, async (client, gpuId) => {
    const rows = await query(
      client,
      'label-gpu',
      'UPDATE gpus SET labels = $2::jsonb WHERE id = $1 AND labels <> $2::jsonb RETURNING 1',
      [gpuId, JSON.stringify(input.labels)],
    )
    if (rows.length === 0) return
    await recordGpuEvents(client, [{ type: 'gpu.labelled', gpuId, reason: `It was labelled by ${context.who.id}.` }])
  })
}
