// The graph's fields, each one call into the domain.
import { scalars } from '@constellation/platform/subgraph/scalars.ts'
import { cordonOf, operatorMutations } from './cordons/cordon-fields.ts'
import type { Executor } from './entities.ts'
import type { Executor as ExecutorName, Resolvers } from './generated/resolvers.ts'
import { faultFields, healthOfGpu, processFields } from './health/health-fields.ts'
import { reportGpuHealth } from './health/report-health.ts'
import { listGpus, listWorkers } from './list.ts'
import { registerWorker } from './registration/register.ts'
import { isOnline } from './state.ts'
import { workerOf } from './worker-of.ts'

const EXECUTORS: Record<Executor, ExecutorName> = { process: 'PROCESS', docker: 'DOCKER' }

export const resolvers: Resolvers = {
  DateTime: scalars.DateTime,
  StringMap: scalars.StringMap,
  Query: {
    gpu: (_, { id }, { loaders }) => loaders.gpu.load(id),
    gpus: (_, { filter, first, after }, context) => listGpus(context, filter, first ?? 100, after),
    workers: (_, { first, after }, context) => listWorkers(context, first ?? 100, after),
  },
  Mutation: {
    registerWorker: async (_, { input }, context) => ({ worker: await registerWorker(context, input) }),
    reportGpuHealth: (_, { reports }, context) => reportGpuHealth(context, reports),
    ...operatorMutations,
  },
  Gpu: {
    __resolveReference: ({ id }, { loaders }) => loaders.gpu.load(id),
    totalMemoryMb: (gpu) => gpu.totalMemMb,
    worker: (gpu, _, { loaders }) => workerOf(loaders, gpu.workerId),
    registeredAt: (gpu) => gpu.registeredAt.toISOString(),
    cordon: cordonOf,
    ...healthOfGpu,
    lastSample: (gpu, _, { lastSeen }) => lastSeen.sample(gpu.workerId, gpu.id),
    history: (gpu, { from, to, points }, { loaders }) =>
      loaders.history.load({ gpuId: gpu.id, from, to: to ?? null, points: points ?? 240 }),
  },
  GpuFault: faultFields,
  GpuProcess: processFields,
  NvlinkPeer: { gpu: ({ uuid }, _, { loaders }) => loaders.gpuByUuid.load(uuid) },
  // Who is asked for a run's telemetry was told its GPUs by the jobs service, which tells those who may see the run.
  Run: {
    telemetry: (run, { points }, { loaders }) => loaders.runTelemetry.load({ run, points: points ?? 240 }),
  },
  RunTelemetry: {
    gpu: async ({ gpu }, _, { loaders }) => {
      const found = await loaders.gpu.load(gpu.id)
      if (!found) throw new Error('Telemetry is kept of a GPU that is not in the inventory.')
      return found
    },
  },
  Worker: {
    __resolveReference: ({ id }, { loaders }) => loaders.worker.load(id),
    state: (worker) => (isOnline(worker) ? 'ONLINE' : 'OFFLINE'),
    registeredAt: (worker) => worker.registeredAt.toISOString(),
    lastSeenAt: (worker) => worker.lastSeenAt.toISOString(),
    cordon: cordonOf,
    executors: (worker) => worker.executors.map((name) => EXECUTORS[name]),
    gpus: (worker, _, { loaders }) => loaders.gpusOfWorker.load(worker.id),
  },
}
