// Tells the gpus service who this worker is and which GPUs it has, and again when that changes.
import { hostname } from 'node:os'
import { isDeepStrictEqual } from 'node:util'
import { RegisterWorkerDocument } from './generated/documents.ts'
import type { GpuInfo } from './gpu/provider.ts'
import type { Worker } from './worker.ts'

/** The worker's own version. */
const VERSION = '0.1.0'

/** Registers what there is now. */
export async function register(worker: Worker): Promise<void> {
  await registerGpus(worker, await worker.gpus.list())
}

/** Registers again if the GPUs are not those that were registered. */
export async function registerChanges(worker: Worker): Promise<void> {
  const found = await worker.gpus.list()
  const known = worker.registered.map(({ id: _, ...gpu }) => gpu)
  if (isDeepStrictEqual(found, known)) return
  worker.log.info({ before: known.length, now: found.length }, 'the GPUs have changed')
  await registerGpus(worker, found)
  worker.wakeClaims()
}

async function registerGpus(worker: Worker, gpus: readonly GpuInfo[]): Promise<void> {
  const input = { hostname: hostname(), version: VERSION, gpuNotice: worker.gpus.notice(), gpus: [...gpus] }
  const answer = await worker.api.insist(RegisterWorkerDocument, { input }, worker.stopped.signal)
  const ids = new Map(answer.registerWorker.worker.gpus.map(({ id, uuid }) => [uuid, id]))
  worker.registered = gpus.flatMap((gpu) => {
    const id = ids.get(gpu.uuid)
    return id === undefined ? [] : [{ ...gpu, id }]
  })
}
