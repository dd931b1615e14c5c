// The graph's fields about what operators say of GPUs and workers.

import type { CordonMode, Gpu, Worker } from '../entities.ts'
import type { Cordon, CordonMode as GraphCordonMode, MutationResolvers } from '../generated/resolvers.ts'
import { cordonGpu, cordonWorker, returnGpu, returnWorker } from './cordon.ts'
import { labelGpu } from './label.ts'

const MODES: Readonly<Record<CordonMode, GraphCordonMode>> = { drain: 'DRAIN', cordon: 'CORDON' }

export const operatorMutations = {
  cordonGpu: async (_, { id, reason }, context) => ({ gpu: await cordonGpu(context, id, 'cordon', reason) }),
  drainGpu: async (_, { id, reason }, context) => ({ gpu: await cordonGpu(context, id, 'drain', reason) }),
  returnGpu: async (_, { id }, context) => ({ gpu: await returnGpu(context, id) }),
  cordonWorker: async (_, { id, reason }, context) => ({ worker: await cordonWorker(context, id, 'cordon', reason) }),
  drainWorker: async (_, { id, reason }, context) => ({ worker: await cordonWorker(context, id, 'drain', reason) }),
  returnWorker: async (_, { id }, context) => ({ worker: await returnWorker(context, id) }),
  labelGpu: async (_, { id, labels }, context) => ({ gpu: await labelGpu(context, id, labels) }),
} satisfies MutationResolvers

/** An operator's word on a GPU or a worker, where there is one. */
export function cordonOf({ cordon, cordonReason, cordonedBy, cordonedAt }: Gpu | Worker): Cordon | null {
  if (!cordon || !cordonedAt) return null
  return { mode: MODES[cordon], reason: cordonReason ?? '', by: cordonedBy ?? '', at: cordonedAt.toISOString() }
}
