// What the cache does by itself about jobs: it keeps open lists whole, and shows a cancelling at once.
import type { OptimisticMutationResolver, UpdateResolver } from '@urql/exchange-graphcache'
import {
  type JobRowFragment,
  JobRowFragmentDoc,
  type JobsChangedSubscription,
  JobsDocument,
  type JobsQueryVariables,
} from '../generated/documents.ts'
import { coalesce } from '../shared/coalesce.ts'
import type { CacheRules } from '../shared/graph.ts'
import { place } from './place.ts'

const openLists = new Set<JobsQueryVariables>()

/** Has the jobs that come enter this list, until the answered function is called. */
export function keepListWhole(variables: JobsQueryVariables): () => void {
  openLists.add(variables)
  return () => openLists.delete(variables)
}

/** The jobs that the present result of `JobsChanged` stands for, each as it was last. */
let told: readonly JobRowFragment[] = []

/** What shows jobs, and changes them by itself. */
export interface JobsView {
  /** Whether it needs nothing but `change` to show the job as it is now. */
  has: (job: JobRowFragment) => boolean
  change: (jobs: readonly JobRowFragment[]) => void
}

const views = new Set<JobsView>()

/** Tells the view of jobs that have changed, long before the cache has read its lists again. @returns what ends that */
export function tellOfJobs(view: JobsView): () => void {
  views.add(view)
  return () => views.delete(view)
}

const { next: tell } = coalesce<JobRowFragment>((jobs) => {
  for (const view of views) view.change(jobs)
})

/** How long the cache may be without what the views show already, in milliseconds. */
const PATIENCE_MS = 1_500

const JobsChanged: CacheRules['gathered'][string] = {
  each({ data }) {
    if (!data) return 0
    const job: JobRowFragment = data.jobsChanged
    tell(job)
    return views.size > 0 && [...views].every((view) => view.has(job)) ? PATIENCE_MS : 0
  },
  together(results) {
    told = [...new Map(results.flatMap(({ data }) => (data ? [[data.jobsChanged.id, data.jobsChanged]] : []))).values()]
  },
}

const jobsChanged: UpdateResolver<JobsChangedSubscription> = ({ jobsChanged: job }, _, cache) => {
  const others = told.filter(({ id }) => id !== job.id)
  const jobs = others.length < told.length ? told : [job]
  if (jobs === told) for (const other of others) cache.writeFragment(JobRowFragmentDoc, other)
  for (const variables of openLists) {
    cache.updateQuery({ query: JobsDocument, variables }, (data) => {
      if (!data?.jobs) return data
      const { nodes, pageInfo } = data.jobs
      const wanted = { filter: variables.filter ?? {}, search: variables.search ?? {} }
      // Why it waits comes with the next answer.
      const placed = jobs.reduce(
        (list, each) => place(list, { ...each, queue: null }, wanted, pageInfo.hasNextPage),
        nodes,
      )
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
  gathered: { JobsChanged },
}
