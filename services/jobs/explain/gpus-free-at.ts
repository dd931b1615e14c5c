// When GPUs that are held are expected to be free, for all who ask at about the same time.
import type { QueueViews } from './queue-views.ts'

/** In the order of the ids; null where a GPU is not held, or nobody can tell. Finer than seconds it would be guessed. */
export async function gpusFreeAt(views: QueueViews, ids: readonly string[]): Promise<(Date | null)[]> {
  const { machines } = await views.recent('gpus')
  const rests = new Map(machines.flatMap(({ gpus }) => gpus.map(({ id, freeInMs }) => [id, freeInMs])))
  const now = Date.now()
  return ids.map((id) => {
    const restMs = rests.get(id.toLowerCase()) ?? 0
    return restMs > 0 && Number.isFinite(restMs) ? new Date(Math.ceil((now + restMs) / 1000) * 1000) : null
  })
}
