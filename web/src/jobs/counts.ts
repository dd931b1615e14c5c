// How many of the jobs that are asked for are in each state.
import { type Accessor, createMemo } from 'solid-js'
import { JobCountsDocument, type JobState } from '../generated/documents.ts'
import { useGraph } from '../shared/graph.ts'
import { createLiveQuery, refreshByLink } from '../shared/live.ts'
import { createSoon } from '../shared/soon.ts'
import type { Wanted } from './wanted.ts'

/** After a change, before it is counted anew, in milliseconds: changes come in crowds. */
const COUNT_MS = 2000

/** The counts of all states, whichever are asked for; `changed` is called when a job has changed. */
export function createCounts(wanted: Accessor<Wanted>): {
  counts: Accessor<ReadonlyMap<JobState, number>>
  changed: () => void
} {
  const variables = createMemo(() => {
    const { filter, search } = wanted()
    const { states: _, ...others } = filter
    return { filter: others, search }
  })
  const query = createLiveQuery(JobCountsDocument, variables)
  refreshByLink(useGraph(), query.refresh)
  const counts = createMemo(
    () => new Map((query.data()?.jobCounts ?? []).map(({ state, count }) => [state, count] as const)),
  )
  return { counts, changed: createSoon(query.refresh, COUNT_MS) }
}
