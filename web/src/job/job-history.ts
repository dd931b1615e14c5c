// What changes about a job beside itself: what happened to it, and who waits for it.
import { type Accessor, createEffect, createMemo, on } from 'solid-js'
import { JobHistoryDocument, type JobHistoryQuery } from '../generated/documents.ts'
import { useGraph } from '../shared/graph.ts'
import { createLiveQuery, refreshByLink } from '../shared/live.ts'
import { createSoon } from '../shared/soon.ts'

/** Changes within this many milliseconds lead to one question. */
const SOON_MS = 300

/** Jobs that wait for this one, and what it has cost, change without a change of it, in milliseconds. */
const ROUND_MS = 10_000

export type JobHistory = NonNullable<JobHistoryQuery['job']>

/** Follows them. Undefined until they are known; `answered` says that they are, or that they could not be read. */
export function createJobHistory(job: Accessor<{ id: string; version: number }>): {
  history: Accessor<JobHistory | undefined>
  answered: Accessor<boolean>
} {
  const graph = useGraph()
  // An answer changes the job by its usage, which must not lead to the same question again.
  const id = createMemo(() => job().id)
  const version = createMemo(() => job().version)
  const query = createLiveQuery(JobHistoryDocument, () => ({ id: id() }))
  createEffect(on(version, createSoon(query.refresh, SOON_MS, ROUND_MS), { defer: true }))
  refreshByLink(graph, query.refresh)
  const history = () => {
    const job = query.data()?.job
    return job?.id === id() ? job : undefined
  }
  return { history, answered: () => history() !== undefined || query.error() !== undefined }
}
