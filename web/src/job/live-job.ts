// One job, kept right while it is shown.
import type { CombinedError } from '@urql/core'
import { type Accessor, createEffect, createSignal, on } from 'solid-js'
import { JobChangedDocument, type JobDetailsFragment, JobDocument, JobUsageDocument } from '../generated/documents.ts'
import { newer } from '../jobs/place.ts'
import { useGraph } from '../shared/graph.ts'
import { createLiveQuery, createSubscription, refreshByLink } from '../shared/live.ts'

export interface LiveJob {
  /** Undefined until it is known, null where there is none. */
  job: Accessor<JobDetailsFragment | null | undefined>
  error: Accessor<CombinedError | undefined>
}

/** Follows a job by its id. */
export function createLiveJob(id: Accessor<string>): LiveJob {
  const graph = useGraph()
  const query = createLiveQuery(JobDocument, () => ({ id: id() }))
  const [job, setJob] = createSignal<JobDetailsFragment | null>()

  createEffect(on(id, () => setJob(undefined), { defer: true }))
  createEffect(() => {
    const answer = query.data()
    if (!answer) return
    const came = answer.job
    setJob((shown) => (came && shown?.id === came.id ? newer(shown, came) : came))
  })
  createSubscription(JobChangedDocument, () => ({ id: id() }))
  // By the cache it reaches the query above.
  createSubscription(JobUsageDocument, () => ({ id: id() }))
  refreshByLink(graph, query.refresh)
  return { job, error: query.error }
}
