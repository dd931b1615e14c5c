// The graph's fields, each one call into the domain.
import { scalars } from '@constellation/platform/scalars.ts'
import type { Context } from './context.ts'
import type { Executor, Worker } from './entities.ts'
import type { Executor as ExecutorName, Resolvers } from './generated/resolvers.ts'
import { listGpus, listWorkers } from './list.ts'
import { registerWorker } from './register.ts'
import { FRESH_MS } from './telemetry.ts'

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
  },
  Gpu: {
    __resolveReference: ({ id }, { loaders }) => loaders.gpu.load(id),
    totalMemoryMb: (gpu) => gpu.totalMemMb,
    worker: (gpu, _, { loaders }) => workerOf(loaders, gpu.workerId),
    state: async (gpu, _, { loaders }) => {
      if (!gpu.present) return 'MISSING'
      return isOnline(await workerOf(loaders, gpu.workerId)) ? 'AVAILABLE' : 'UNREACHABLE'
    },
    lastSample: (gpu, _, { lastSeen }) => lastSeen.sample(gpu.workerId, gpu.id),
    history: (gpu, { from, to, points }, { loaders }) =>
      loaders.history.load({ gpuId: gpu.id, from, to: to ?? null, points: points ?? 240 }),
  },
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
    executors: (worker) => worker.executors.map((name) => EXECUTORS[name]),
    gpus: (worker, _, { loaders }) => loaders.gpusOfWorker.load(worker.id),
  },
}

async function workerOf(loaders: Context['loaders'], id: string): Promise<Worker> {
  const worker = await loaders.worker.load(id)
  if (!worker) throw new Error('A GPU is left whose worker is gone.')
  return worker
}

function isOnline(worker: Worker): boolean {
  return worker.lastSeenAt.getTime() >= Date.now() - FRESH_MS
}
