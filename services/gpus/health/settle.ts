// After faults were opened or cleared: health follows from those that stand, and what has changed becomes news.
import type { PoolClient } from 'pg'
import { settleHealth } from '../sql/faults.ts'
import type { GpuNews } from '../sql/record-events.ts'
import { type FaultNews, tellHealth } from './news.ts'

/** Of GPUs whose rows are locked, each once. Returns the news, which are to be written yet. */
export async function settle(client: PoolClient, gpus: readonly (FaultNews & { gpuId: string })[]): Promise<GpuNews[]> {
  if (gpus.length === 0) return []
  const changes = await settleHealth(
    client,
    gpus.map(({ gpuId }) => gpuId),
  )
  return gpus.flatMap(({ gpuId, ...news }) => {
    const event = tellHealth(
      changes.find((change) => change.gpuId === gpuId),
      news,
    )
    return event ? [{ gpuId, ...event }] : []
  })
}
