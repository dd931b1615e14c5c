// The fields of the graph that tell of the queue, each one call into the domain.
import type { JobResolvers } from './generated/resolvers.ts'
import type { Explanation } from './policy/explain.ts'

/** Those of a job. */
export const explainedJob = {
  queue: async (job, _, { loaders }) =>
    job.state === 'queued' ? toGraph(await loaders.queuePlace.load(job.id)) : null,
} satisfies JobResolvers

function toGraph(place: Explanation | null) {
  return place && { ...place, eta: place.eta?.toISOString() ?? null }
}
