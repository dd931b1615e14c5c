// The inventory's tables as MikroORM reads them.
import type { WorkerEvent } from '@constellation/platform/events.ts'
import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** How a worker can run a command. */
export type Executor = WorkerEvent['worker']['executors'][number]

export const WorkerEntity = defineEntity({
  name: 'Worker',
  tableName: 'workers',
  properties: {
    id: p.text().primary(),
    hostname: p.text(),
    version: p.text(),
    gpuNotice: p.text().nullable(),
    labels: p.json<Record<string, string>>(),
    executors: p.array<Executor>(),
    registeredAt: p.datetime(),
    lastSeenAt: p.datetime(),
  },
})
export type Worker = InferEntity<typeof WorkerEntity>

export const GpuEntity = defineEntity({
  name: 'Gpu',
  tableName: 'gpus',
  properties: {
    id: p.uuid().primary(),
    uuid: p.text(),
    name: p.text(),
    totalMemMb: p.integer(),
    computeCapability: p.text().nullable(),
    driverVersion: p.text().nullable(),
    simulated: p.boolean(),
    workerId: p.text(),
    index: p.integer(),
    present: p.boolean(),
    registeredAt: p.datetime(),
  },
})
export type Gpu = InferEntity<typeof GpuEntity>

/** A run, which is the jobs service's; its GPUs are there where that service was asked for them. */
export interface RunRef {
  id: string
  gpus?: readonly { id: string }[] | null
}
