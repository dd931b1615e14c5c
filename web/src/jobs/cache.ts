// What the cache does by itself about jobs: it keeps open lists whole, and shows a cancelling at once.
import type { OptimisticMutationResolver, UpdateResolver } from '@urql/exchange-graphcache'
import { type JobsChangedSubscription, JobsDocument, type JobsQueryVariables } from '../generated/documents.ts'
import type { CacheRules } from '../shared/graph.ts'
import { place } from './place.ts'

const openLists = new Set<JobsQueryVariables>()

/** Has the jobs that come enter this list, until the answered function is called. */
export function keepListWhole(variables: JobsQueryVariables): () => void {
  openLists.add(variables)
  return () => openLists.delete(variables)
}

const jobsChanged: UpdateResolver<JobsChangedSubscription> = ({ jobsChanged: job }, _, cache) => {
  for (const variables of openLists) {
    cache.updateQuery({ query: JobsDocument, variables }, (data) => {
      if (!data?.jobs) return data
      const { nodes, pageInfo } = data.jobs
      const wanted = { filter: variables.filter ?? {}, search: variables.search ?? {} }
      // Why it waits comes with the next answer.
      const placed = place(nodes, { ...job, queue: null }, wanted, pageInfo.hasNextPage)
      return placed === nodes ? data : { ...data, jobs: { ...data.jobs, nodes: placed } }
    })
  }
}

const cancelJob: OptimisticMutationResolver<{ id: string }> = ({ id }) => ({
  __typename: 'JobPayload',
  job: { __typename: 'Job', id, cancelRequested: true },
  problems: [],
})

const cancelJobs: OptimisticMutationResolver<{ ids: string[] }> = ({ ids }) => ({
  __typename: 'CancelJobsPayload',
  jobs: ids.map((id) => ({ __typename: 'Job', id, cancelRequested: true })),
  problems: [],
})

export const jobCacheRules: CacheRules = {
  updates: { Subscription: { jobsChanged } },
  optimistic: { cancelJob, cancelJobs },
}
