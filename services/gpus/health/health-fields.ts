// The graph's fields about what a GPU is good for. Words of the tables become words of the graph here.
import type { GpuProcess } from '@constellation/platform/events/telemetry.ts'
import type { Context } from '../context.ts'
import type { Gpu, Health } from '../entities.ts'
import type {
  GpuFaultKind,
  GpuFaultResolvers,
  GpuFaultSeverity,
  GpuHealth,
  GpuProcessResolvers,
  GpuResolvers,
} from '../generated/resolvers.ts'
import type { FaultRow } from '../sql/faults.ts'
import { type FaultKind, type Severity, stateOf } from '../state.ts'
import { workerOf } from '../worker-of.ts'
import { faultsOfGpu, firstOf } from './fault-loaders.ts'

const HEALTH: Readonly<Record<Health, GpuHealth>> = { healthy: 'HEALTHY', suspect: 'SUSPECT', failed: 'FAILED' }

const KINDS: Readonly<Record<FaultKind, GpuFaultKind>> = {
  xid: 'XID',
  ecc: 'ECC',
  'remap-pending': 'REMAP_PENDING',
  'remap-failed': 'REMAP_FAILED',
  temperature: 'TEMPERATURE',
  lost: 'LOST',
  'recovery-action': 'RECOVERY_ACTION',
  strangers: 'STRANGERS',
}

const SEVERITIES: Readonly<Record<Severity, GpuFaultSeverity>> = { note: 'NOTE', drain: 'DRAIN', fatal: 'FATAL' }

export const healthOfGpu = {
  state: async (gpu, _, context) => (await stateNow(gpu, context)).state,
  stateReason: async (gpu, _, context) => (await stateNow(gpu, context)).reason,
  health: (gpu) => HEALTH[gpu.health],
  processes: (gpu, _, context) => processesOf(gpu, context),
  faults: (gpu, { open, first }, { loaders }) => faultsOfGpu(loaders, gpu.id, open ?? null, firstOf(first)),
  events: (gpu, { first }, { loaders }) => loaders.events.load({ gpuId: gpu.id, first: firstOf(first) }),
} satisfies GpuResolvers

export const faultFields = {
  __resolveReference: ({ id }, { loaders }) => loaders.fault.load(id),
  kind: ({ kind }) => KINDS[kind],
  severity: ({ severity }) => SEVERITIES[severity],
  firstAt: ({ firstAt }) => firstAt.toISOString(),
  lastAt: ({ lastAt }) => lastAt.toISOString(),
  clearedAt: ({ clearedAt }) => clearedAt?.toISOString() ?? null,
  gpu: (fault, _, { loaders }) => gpuOf(fault, loaders),
} satisfies GpuFaultResolvers

export const processFields = {
  // Who is shown processes may see all runs.
  run: ({ runId }) => (runId ? { id: runId } : null),
} satisfies GpuProcessResolvers

async function stateNow(gpu: Gpu, { loaders, lastSeen }: Context) {
  const [worker, faults] = await Promise.all([
    workerOf(loaders, gpu.workerId),
    gpu.health === 'healthy' ? [] : loaders.standing.load(gpu.id),
  ])
  const isHeld = Boolean(lastSeen.sample(gpu.workerId, gpu.id)?.runId)
  return stateOf({ gpu, worker, faults, isHeld })
}

/** What runs on a host is for those who run the place. */
function processesOf(gpu: Gpu, { who, lastSeen }: Context): GpuProcess[] | null {
  const isTold = who.role === 'operator' || who.role === 'admin' || who.role === 'analyst'
  return isTold ? lastSeen.processes(gpu.workerId, gpu.id) : null
}

async function gpuOf({ gpuId }: FaultRow, loaders: Context['loaders']): Promise<Gpu> {
  const gpu = await loaders.gpu.load(gpuId)
  if (!gpu) throw new Error('A fault is left whose GPU is gone.')
  return gpu
}
