// Operators keep runs off a GPU or a worker, or let its present runs end first, or take it back into service. Saying the
// same twice changes nothing.
import { inTransaction } from '@constellation/platform/database/database.ts'
import { ConstellationError } from '@constellation/platform/errors.ts'
import { requireRole } from '@constellation/platform/identity.ts'
import { isUuid } from '@constellation/platform/ids.ts'
import type { PoolClient } from 'pg'
import * as v from 'valibot'
import type { Context } from '../context.ts'
import { type CordonMode, type Gpu, GpuEntity, type Worker, WorkerEntity } from '../entities.ts'
import { settle } from '../health/settle.ts'
import { lockGpusOfWorker, lockRow, setCordon } from '../sql/cordons.ts'
import { clearStanding } from '../sql/faults.ts'
import { recordGpuEvents } from '../sql/record-events.ts'
import { recordWorkerEvent } from '../sql/record-worker-event.ts'
import { checked, words } from '../words.ts'

const cordonInput = v.object({ reason: v.pipe(v.string(), v.trim(), words(500)) })

/** How it is told: in the type of an event, and in its reason. */
const TOLD = {
  cordon: { event: 'cordoned', done: 'cordoned' },
  drain: { event: 'draining', done: 'set to drain' },
} as const

/** @throws ConstellationError NOT_FOUND where there is no such GPU, BAD_USER_INPUT for a reason that is empty or too long */
export async function cordonGpu(context: Context, id: string, mode: CordonMode, given: string): Promise<Gpu> {
  requireRole(context.who, 'operator', 'admin')
  const { reason } = checked(cordonInput, { reason: given })
  const by = context.who.id
  const { event, done } = TOLD[mode]
  return changeGpu(context, id, async (client, gpuId) => {
    if (!(await setCordon(client, 'gpus', gpuId, { mode, reason, by }))) return
    await recordGpuEvents(client, [{ type: `gpu.${event}`, gpuId, reason: `It was ${done} by ${by}: ${reason}` }])
  })
}

/** Ends the cordon and all faults that stand. @throws ConstellationError NOT_FOUND where there is no such GPU */
export async function returnGpu(context: Context, id: string): Promise<Gpu> {
  requireRole(context.who, 'operator', 'admin')
  const reason = `It was returned to service by ${context.who.id}.`
  return changeGpu(context, id, async (client, gpuId) => {
    const wasCordoned = await setCordon(client, 'gpus', gpuId, null)
    const cleared = await clearStanding(client, [gpuId], null, reason)
    if (!wasCordoned && cleared.length === 0) return
    await settle(client, [{ gpuId }])
    await recordGpuEvents(client, [{ type: 'gpu.returned', gpuId, reason }])
  })
}

/** The same as of a GPU, for all that a worker has. */
export async function cordonWorker(context: Context, id: string, mode: CordonMode, given: string): Promise<Worker> {
  requireRole(context.who, 'operator', 'admin')
  const { reason } = checked(cordonInput, { reason: given })
  const by = context.who.id
  const { event, done } = TOLD[mode]
  return changeWorker(context, id, async (client) => {
    if (!(await setCordon(client, 'workers', id, { mode, reason, by }))) return
    await tellWorker(client, id, event, `was ${done} by ${by}: ${reason}`)
  })
}

/** Ends the cordon of the worker; those of its GPUs stay. */
export async function returnWorker(context: Context, id: string): Promise<Worker> {
  requireRole(context.who, 'operator', 'admin')
  return changeWorker(context, id, async (client) => {
    if (!(await setCordon(client, 'workers', id, null))) return
    await tellWorker(client, id, 'returned', `was returned to service by ${context.who.id}.`)
  })
}

/** Tells of a worker whose row is locked, and of its GPUs: their states follow from its word. `what` is a sentence's end. */
export async function tellWorker(
  client: PoolClient,
  workerId: string,
  event: 'cordoned' | 'draining' | 'returned',
  what: string,
): Promise<void> {
  await recordWorkerEvent(client, `worker.${event}`, workerId, `It ${what}`)
  const gpuIds = await lockGpusOfWorker(client, workerId)
  const reason = `Its worker ${what}`
  await recordGpuEvents(
    client,
    gpuIds.map((gpuId) => ({ type: `gpu.${event}`, gpuId, reason })),
  )
}

/** The GPU as it is after `change`, which finds its row locked. */
export async function changeGpu(
  { pool, em, changed }: Context,
  id: string,
  change: (client: PoolClient, gpuId: string) => Promise<void>,
): Promise<Gpu> {
  const gpuId = id.toLowerCase()
  await inTransaction(pool, async (client) => {
    if (!isUuid(id) || !(await lockRow(client, 'gpus', gpuId))) {
      throw new ConstellationError('NOT_FOUND', `There is no GPU ${id}.`)
    }
    await change(client, gpuId)
  })
  changed()
  return em.findOneOrFail(GpuEntity, { id: gpuId }, { refresh: true })
}

async function changeWorker(
  { pool, em, changed }: Context,
  id: string,
  change: (client: PoolClient) => Promise<void>,
): Promise<Worker> {
  await inTransaction(pool, async (client) => {
    if (id.includes('\0') || !(await lockRow(client, 'workers', id))) {
      throw new ConstellationError('NOT_FOUND', `There is no worker ${id}.`)
    }
    await change(client)
  })
  changed()
  return em.findOneOrFail(WorkerEntity, { id }, { refresh: true })
}
