// Lists of GPUs and of workers, by pages.
import { containing, cursorText, pageOf, readCursor, rowsFor } from '@constellation/platform/pages.ts'
import type { FilterQuery } from '@mikro-orm/core'
import * as v from 'valibot'
import type { Context } from './context.ts'
import { type Gpu, GpuEntity, type Health, type Worker, WorkerEntity } from './entities.ts'
import type { GpuFilter, GpuHealth } from './generated/resolvers.ts'
import { MOST_INDEX } from './registration/registration.ts'

const MOST = 1000

/** GPUs by worker and then by index, after the cursor of the page before. */
export async function listGpus(
  { em }: Context,
  filter: GpuFilter | null | undefined,
  first: number,
  after: string | null | undefined,
) {
  const where: FilterQuery<Gpu>[] = [matching(filter ?? {})]
  if (after != null) {
    const [workerId, index, id] = readCursor(gpuCursor, after)
    where.push({
      $or: [{ workerId: { $gt: workerId } }, { workerId, index: { $gt: index } }, { workerId, index, id: { $gt: id } }],
    })
  }
  const orderBy = { workerId: 'asc', index: 'asc', id: 'asc' } as const
  const rows = await em.find(GpuEntity, { $and: where }, { orderBy, limit: rowsFor(first, MOST) })
  return pageOf(rows, first, (gpu) => [gpu.workerId, gpu.index, gpu.id])
}

/** Workers by name. */
export async function listWorkers({ em }: Context, first: number, after: string | null | undefined) {
  const where: FilterQuery<Worker> = after == null ? {} : { id: { $gt: readCursor(workerCursor, after)[0] } }
  const rows = await em.find(WorkerEntity, where, { orderBy: { id: 'asc' }, limit: rowsFor(first, MOST) })
  return pageOf(rows, first, (worker) => [worker.id])
}

function matching(filter: GpuFilter): FilterQuery<Gpu> {
  // No stored text holds a NUL, and PostgreSQL refuses to compare with one.
  if (filter.name?.includes('\0') || filter.workerId?.includes('\0')) return { id: { $in: [] } }
  return {
    ...(filter.name != null && { name: { $ilike: containing(filter.name) } }),
    ...(filter.workerId != null && { workerId: filter.workerId }),
    ...(filter.health != null && { health: { $in: filter.health.map((health) => HEALTH[health]) } }),
    ...(filter.simulated != null && { simulated: filter.simulated }),
  }
}

const HEALTH: Readonly<Record<GpuHealth, Health>> = { HEALTHY: 'healthy', SUSPECT: 'suspect', FAILED: 'failed' }

const index = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_INDEX))
const gpuCursor = v.tuple([cursorText, index, v.pipe(v.string(), v.uuid())])
const workerCursor = v.tuple([cursorText])
