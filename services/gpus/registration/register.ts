// A worker says who it is, what it can do and which GPUs its host has: the inventory becomes what it says. GPUs are known
// by their UUID, so one that was moved to another host, or to another slot, stays the same GPU.
import { inTransaction } from '@constellation/platform/database/database.ts'
import { ConstellationError } from '@constellation/platform/errors.ts'
import { requireRole } from '@constellation/platform/identity.ts'
import type { PoolClient } from 'pg'
import type { Context } from '../context.ts'
import { type Worker, WorkerEntity } from '../entities.ts'
import type { RegisterWorkerInput } from '../generated/resolvers.ts'
import { settle } from '../health/settle.ts'
import { clearStanding } from '../sql/faults.ts'
import { markMissing, type UpsertedGpu, upsertGpus, upsertWorker } from '../sql/inventory.ts'
import { type GpuNews, recordGpuEvents } from '../sql/record-events.ts'
import { recordWorkerEvent } from '../sql/record-worker-event.ts'
import { checked } from '../words.ts'
import { type RegisteredGpu, registration } from './registration.ts'

/** The worker as it is known from now on. What was known already is no news. */
export async function registerWorker({ who, em, pool, changed }: Context, input: RegisterWorkerInput): Promise<Worker> {
  requireRole(who, 'worker')
  const { gpus, ...host } = checked(registration, input)
  await inTransaction(pool, async (client) => {
    if (await upsertWorker(client, who.id, host)) await recordWorkerEvent(client, 'worker.registered', who.id)
    const known = await upsertGpus(client, who.id, gpus)
    if (known.length < gpus.length) throw takenByOthers(gpus, known)
    const missing = await markMissing(client, who.id, gpus)
    const recovered = await welcomeBack(client, known)
    await recordGpuEvents(client, [
      ...known.filter(({ isNew }) => isNew).map(({ id: gpuId }): GpuNews => ({ type: 'gpu.registered', gpuId })),
      ...recovered,
      ...missing.map((gpuId): GpuNews => ({ type: 'gpu.missing', gpuId, reason: 'Its worker no longer finds it.' })),
    ])
  })
  changed()
  return em.findOneOrFail(WorkerEntity, { id: who.id }, { refresh: true })
}

function takenByOthers(gpus: readonly RegisteredGpu[], known: readonly UpsertedGpu[]): ConstellationError {
  const ours = new Set(known.map((gpu) => gpu.uuid))
  const taken = gpus.filter((gpu) => !ours.has(gpu.uuid)).map((gpu) => gpu.uuid)
  return new ConstellationError('CONFLICT', `Another worker that is online has registered ${taken.join(', ')}.`)
}

const FOUND = 'Its worker has found it again.'

/** A GPU that had vanished and is there again does answer. */
async function welcomeBack(client: PoolClient, known: readonly UpsertedGpu[]): Promise<GpuNews[]> {
  const back = known.filter(({ isBack }) => isBack).map(({ id }) => id)
  if (back.length === 0) return []
  const found = await clearStanding(client, back, 'lost', FOUND)
  return settle(
    client,
    found.map((gpuId) => ({ gpuId, cleared: [FOUND] })),
  )
}
