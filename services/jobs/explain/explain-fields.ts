// The fields of the graph that tell of the queue, each one call into the domain.

import type { JobResolvers, QueryResolvers } from '../generated/resolvers.ts'
import type { Explanation } from '../policy/explain.ts'
import { type Check, checkJob, type Fit } from './check-job.ts'

export const explainQueries = {
  checkJob: async (_, { input }, context) => {
    const result = await checkJob(context, input)
    return 'problems' in result ? { ...UNKNOWN, ...result } : toCheck(result)
  },
} satisfies QueryResolvers

/** Those of a job. */
export const explainedJob = {
  queue: async (job, _, { loaders }) =>
    job.state === 'queued' ? toPlace(await loaders.queuePlace.load(job.id)) : null,
} satisfies JobResolvers

/** Of an input with problems nothing more is known. */
const UNKNOWN = { possible: false, reason: null, message: 'It would not be accepted.', eta: null, workers: [] }

function toCheck({ explanation: { reason, message, eta }, possible, workers }: Check) {
  return { problems: [], possible, reason, message, eta: eta?.toISOString() ?? null, workers: workers.map(toFit) }
}

function toFit({ workerId, ...fit }: Fit) {
  return { worker: { id: workerId }, ...fit }
}

function toPlace(place: Explanation | null) {
  return place && { ...place, eta: place.eta?.toISOString() ?? null }
}
