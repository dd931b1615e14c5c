// The inventory's tables as MikroORM reads them.
import type { WorkerEvent } from '@constellation/platform/events/worker-event.ts'
import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** How a worker can run a command. */
export type Executor = WorkerEvent['worker']['executors'][number]

/** What an operator may say to keep runs off a GPU or a worker. */
export type CordonMode = 'drain' | 'cordon'

/** What follows from the faults of a GPU that stand. */
export type Health = 'healthy' | 'suspect' | 'failed'

/** What a host has. */
export interface Capacity {
  cpus: number
  memoryMb: number
  /** How many runs without a GPU it takes at a time. */
  cpuSlots: number
}

/** Where a part of a GPU in MIG mode belongs. */
export interface MigSlice {
  parentUuid: string
  gpuInstance: number
  computeInstance: number
}

export interface NvlinkPeer {
  uuid: string
  links: number
}

/** An operator's word, on a GPU as on a worker; all null where there is none. */
const cordon = {
  cordon: p.text().$type<CordonMode>().nullable(),
  cordonReason: p.text().nullable(),
  cordonedBy: p.text().nullable(),
  cordonedAt: p.datetime().nullable(),
}

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
    capacity: p.json<Capacity>().nullable(),
    ...cordon,
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
    cudaVersion: p.text().nullable(),
    pciBusId: p.text().nullable(),
    mig: p.json<MigSlice>().nullable(),
    nvlinkPeers: p.json<NvlinkPeer[]>(),
    labels: p.json<Record<string, string>>(),
    simulated: p.boolean(),
    workerId: p.text(),
    index: p.integer(),
    present: p.boolean(),
    health: p.text().$type<Health>(),
    ...cordon,
    registeredAt: p.datetime(),
  },
})
export type Gpu = InferEntity<typeof GpuEntity>

/** A run, which is the jobs service's; its GPUs are there where that service was asked for them. */
export interface RunRef {
  id: string
  gpus?: readonly { id: string }[] | null
}
