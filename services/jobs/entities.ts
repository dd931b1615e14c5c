// The service's tables as MikroORM reads them. The statements that change them are in sql/.

import type { ThrottleReason } from '@constellation/platform/events/telemetry.ts'
import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { RunOutcome } from './generated/resolvers.ts'
import type { JobState, RunState } from './state.ts'

/** What was asked for, as it was submitted. */
export interface JobParams {
  command: string[]
  shell: boolean
  env: Record<string, string>
  workingDirectory: string | null
  /** What follows is absent where nothing was asked for. */
  retry?: { exitCodes: number[] | null; backoffSeconds: number; maxBackoffSeconds: number }
  warning?: { signal: string; seconds: number }
  container?: { image: string; mounts: { source: string; target: string; readOnly: boolean }[] }
  limits?: { memoryMb: number | null; cpus: number | null }
  /** Names of the account's secrets. */
  secrets?: string[]
  workerLabels?: Record<string, string>
  /** It is ended when its GPUs have done nothing for so long. */
  maxIdleSeconds?: number
}

/** Null is what is not known; what an earlier version did not know of is absent. */
export interface RunMetrics {
  meanUtilisationPercent: number | null
  maxUtilisationPercent: number | null
  peakMemoryMb: number | null
  energyJoules: number | null
  maxTemperatureC: number | null
  meanPowerWatts?: number | null
  maxPowerWatts?: number | null
  throttledSeconds?: number | null
  throttleReasons?: ThrottleReason[] | null
  idleSeconds?: number | null
  xids?: number[] | null
}

export const JobEntity = defineEntity({
  name: 'Job',
  tableName: 'jobs',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    params: p.json<JobParams>(),
    priority: p.integer(),
    state: p.text().$type<JobState>(),
    createdAt: p.datetime(),
    submittedBy: p.text(),
    account: p.text(),
    template: p.text().nullable(),
    gpuCount: p.integer(),
    gpuMinMemoryMb: p.integer(),
    gpuModel: p.text(),
    /** Major times 100, plus minor; 0 for any. */
    gpuMinCapability: p.integer(),
    executor: p.text().$type<'process' | 'docker'>(),
    laneId: p.integer(),
    preemptible: p.boolean(),
    /** True once it has failed or was cancelled. */
    unsuccessful: p.boolean(),
    timeoutSeconds: p.integer().nullable(),
    maxRetries: p.integer(),
    failures: p.integer(),
    attempts: p.integer(),
    version: p.integer(),
    queuedAt: p.datetime(),
    startedAt: p.datetime().nullable(),
    finishedAt: p.datetime().nullable(),
    reason: p.text().nullable(),
    cancelRequested: p.boolean(),
    arrayId: p.uuid().nullable(),
    arrayIndex: p.integer().nullable(),
    arraySize: p.integer().nullable(),
    startAt: p.datetime().nullable(),
    schedule: p.text().nullable(),
    /** How many jobs it was made to wait for. */
    dependencies: p.integer(),
  },
})
export type Job = InferEntity<typeof JobEntity>

export const RunEntity = defineEntity({
  name: 'Run',
  tableName: 'runs',
  properties: {
    id: p.uuid().primary(),
    jobId: p.uuid(),
    gpuId: p.uuid().nullable(),
    startedAt: p.datetime().nullable(),
    finishedAt: p.datetime().nullable(),
    state: p.text().$type<RunState>(),
    exitCode: p.integer().nullable(),
    outcome: p.text().$type<RunOutcome>().nullable(),
    metrics: p.json<RunMetrics>().nullable(),
    attempt: p.integer(),
    signal: p.text().nullable(),
    reason: p.text().nullable(),
    workerId: p.text(),
    claimedAt: p.datetime(),
    queuedAt: p.datetime(),
    leaseEpoch: p.integer(),
    logChunks: p.integer().nullable(),
    logExpiredAt: p.datetime().nullable(),
    /** Since when its GPUs have done nothing; null once it has ended. */
    idleSince: p.datetime().nullable(),
  },
})
export type Run = InferEntity<typeof RunEntity>

export const RunGpuEntity = defineEntity({
  name: 'RunGpu',
  tableName: 'run_gpus',
  properties: {
    runId: p.uuid().primary(),
    position: p.integer().primary(),
    gpuId: p.uuid(),
    gpuUuid: p.text(),
    model: p.text(),
    simulated: p.boolean(),
    account: p.text(),
    held: p.boolean(),
  },
})
export type RunGpu = InferEntity<typeof RunGpuEntity>

export interface TemplateParameter {
  name: string
  description: string
  default: string | null
}

export const TemplateEntity = defineEntity({
  name: 'Template',
  tableName: 'templates',
  properties: {
    name: p.text().primary(),
    description: p.text(),
    parameters: p.json<TemplateParameter[]>(),
    command: p.json<string[]>(),
    gpuCount: p.integer(),
    gpuMinMemoryMb: p.integer(),
    gpuModel: p.text(),
    gpuMinCapability: p.integer(),
  },
})
export type Template = InferEntity<typeof TemplateEntity>

/** Things of other services are known by their key alone. */
export interface GpuRef {
  id: string
}
export interface WorkerRef {
  id: string
}
