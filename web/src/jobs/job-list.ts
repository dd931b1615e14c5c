// The list of jobs that the page shows, kept right while it is shown.
import type { CombinedError } from '@urql/core'
import { type Accessor, createEffect, createMemo, onCleanup } from 'solid-js'
import { type JobFilter, type JobRowFragment, JobsChangedDocument, JobsDocument } from '../generated/documents.ts'
import { useGraph } from '../shared/graph.ts'
import { createLiveQuery, createSubscription, refreshByLink } from '../shared/live.ts'
import { createRows, type Rows } from '../shared/rows.ts'
import { createSoon } from '../shared/soon.ts'
import { keepListWhole } from './cache.ts'
import { matches } from './filter.ts'
import { awaitsUsage, newer } from './place.ts'

/** How long the ledger is given to record the end of a run, in milliseconds. */
const LEDGER_MS = 1500

/** Which part of the list: the newest `first`, or as many after a cursor. */
export interface Page {
  filter: JobFilter
  first: number
  after: string | undefined
}

export interface JobList {
  rows: Rows<JobRowFragment>['rows']
  error: Accessor<CombinedError | undefined>
  loading: Accessor<boolean>
  /** Undefined before the first answer. */
  pageInfo: Accessor<{ hasNextPage: boolean; endCursor: string | null } | undefined>
}

/** Follows a page of the list. */
export function createJobList(page: Accessor<Page>): JobList {
  const graph = useGraph()
  const variables = createMemo(() => ({ filter: page().filter, first: page().first, after: page().after ?? null }))
  const query = createLiveQuery(JobsDocument, variables)
  const { rows, shown, show } = createRows<JobRowFragment>()

  createEffect(() => {
    const answer = query.data()
    if (answer?.jobs) {
      const jobs = answer.jobs.nodes.map((job) => newer(shown(job.id), job))
      show(jobs.filter((job) => matches(job, page().filter)))
    }
  })
  createEffect(() => {
    const list = variables()
    if (list.after === null) onCleanup(keepListWhole(list))
  })
  // A page that is open for days grows by every new job: start it over in time.
  createEffect(() => {
    if ((query.data()?.jobs?.nodes.length ?? 0) > 2 * page().first) query.refresh()
  })

  const refreshSoon = createSoon(query.refresh, LEDGER_MS)
  // The ledger follows a job's end by a moment, which no event of the job tells.
  createEffect(() => {
    if (rows().some((row) => awaitsUsage(row(), Date.now()))) refreshSoon()
  })

  // Without a filter: a job that leaves the list by changing is one that the filter no longer tells of.
  createSubscription(JobsChangedDocument, () => ({}))
  refreshByLink(graph, query.refresh)
  return { rows, error: query.error, loading: query.loading, pageInfo: () => query.data()?.jobs?.pageInfo }
}
