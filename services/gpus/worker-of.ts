import type { Context } from './context.ts'
import type { Worker } from './entities.ts'

/** The worker of a GPU's row. */
export async function workerOf(loaders: Context['loaders'], id: string): Promise<Worker> {
  const worker = await loaders.worker.load(id)
  if (!worker) throw new Error('A GPU is left whose worker is gone.')
  return worker
}
