// The fields of the graph that tell of the queue, each one call into the domain.

import type { GpuResolvers, JobResolvers, MutationResolvers, QueryResolvers } from '../generated/resolvers.ts'
import type { Explanation } from '../policy/explain.ts'
import { type Check, checkJob, type Fit } from './check-job.ts'
import { listQueue } from './list-queue.ts'
import { moveJob } from './move-job.ts'

export const explainQueries = {
  checkJob: async (_, { input }, context) => {
    const result = await checkJob(context, input)
    return 'problems' in result ? { ...UNKNOWN, ...result } : toCheck(result)
  },
  queue: (_, { kind, first, after }, context) =>
    listQueue(context, kind === 'SLOTS' ? 'slots' : 'gpus', first ?? 100, after),
} satisfies QueryResolvers

export const explainMutations = {
  moveJob: async (_, { id, side, neighbour }, context) => {
    const result = await moveJob(context, id, side === 'BEFORE' ? 'before' : 'after', neighbour)
    return 'job' in result ? { ...result, problems: [] } : { job: null, ...result }
  },
} satisfies MutationResolvers

/** Those of a job. */
export const explainedJob = {
  queue: async (job, _, { loaders }) =>
    job.state === 'queued' ? toPlace(await loaders.queuePlace.load(job.id)) : null,
} satisfies JobResolvers

/** Those of a GPU. */
export const explainedGpu = {
  freeAt: async ({ id }, _, { loaders }) => (await loaders.gpuFreeAt.load(id))?.toISOString() ?? null,
} satisfies GpuResolvers

/** Of an input with problems nothing more is known. */
const UNKNOWN = { possible: false, reason: null, message: 'It would not be accepted.', eta: null, workers: [] }

function toCheck({ explanation: { reason, message, eta }, possible, workers }: Check) {
  return { problems: [], possible, reason, message, eta: eta?.toISOString() ?? null, workers: workers.map(toFit) }
}

function toFit({ workerId, ...fit }: Fit) {
  return { worker: { id: workerId }, ...fit }
}

function toPlace(place: Explanation | null) {
  if (!place) return null
  const { keptOn, eta, ...rest } = place
  return { ...rest, eta: eta?.toISOString() ?? null, keptOn: keptOn === undefined ? null : { id: keptOn } }
}
