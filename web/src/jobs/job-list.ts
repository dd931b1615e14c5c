// The list of jobs that the page shows, kept right while it is shown.
import type { CombinedError } from '@urql/core'
import { type Accessor, batch, createEffect, createMemo, createSignal, on, onCleanup, untrack } from 'solid-js'
import { type JobRowFragment, JobsChangedDocument, JobsDocument, type JobsQuery } from '../generated/documents.ts'
import { useGraph } from '../shared/graph.ts'
import { createLiveQuery, createSubscription, refreshByLink } from '../shared/live.ts'
import { createRows, type Rows } from '../shared/rows.ts'
import { createSoon } from '../shared/soon.ts'
import { keepListWhole, tellOfJobs } from './cache.ts'
import { keepPlaces } from './keep-places.ts'
import { awaitsUsage, newer } from './place.ts'
import { isNewestFirst, matches, type Wanted } from './wanted.ts'

/** How long the ledger is given to record the end of a run, in milliseconds. */
const LEDGER_MS = 1500
/** A list in another order than that of creation is asked for anew so long after a change, in milliseconds. */
const SORT_MS = 2000
/** Why jobs wait changes with the queue: how old it may be where some wait, in milliseconds. */
const REASONS_MS = 10_000
/** A list of more rows than this is asked for less often, by so many times as it is longer. */
const REASONS_EACH = 200

/** A row, with why it waits. */
export type ListedJob = NonNullable<JobsQuery['jobs']>['nodes'][number]

/** Which part of the list: its first `first` jobs, or as many after a cursor. */
export interface Page extends Wanted {
  first: number
  after: string | undefined
}

export interface JobList {
  rows: Rows<ListedJob>['rows']
  error: Accessor<CombinedError | undefined>
  loading: Accessor<boolean>
  /** Whether another question is asked than the one whose answer is shown: more than a refreshing of it. */
  changing: Accessor<boolean>
  /** Undefined before the first answer. */
  pageInfo: Accessor<{ hasNextPage: boolean; endCursor: string | null } | undefined>
  /** Whether there is an answer, and no job in it. */
  isEmpty: Accessor<boolean>
  /** How many new jobs wait to be let in, as the list stands still. */
  waiting: Accessor<number>
  letIn: () => void
  /** Who made these jobs sees them as soon as they come, also while the list stands still. */
  expectOwn: (ids: readonly string[]) => void
}

/** Follows a page of the list; while `still`, rows change in place and none comes, goes or moves. */
export function createJobList(page: Accessor<Page>, still: Accessor<boolean>, onChange: () => void): JobList {
  const graph = useGraph()
  const variables = createMemo(() => {
    const { filter, search, orderBy, first, after } = page()
    return { filter, search, orderBy, first, after: after ?? null }
  })
  const query = createLiveQuery(JobsDocument, variables)
  const { rows, shown, show, change: changeRow } = createRows<ListedJob>()
  const [waiting, setWaiting] = createSignal(0)
  const [own, setOwn] = createSignal<readonly string[]>([])
  const latest = createMemo(() =>
    query
      .data()
      ?.jobs?.nodes.map((job) => newer(shown(job.id), job))
      .filter((job) => matches(job, page())),
  )

  /** Since the question changed: the old answer is shown until there is one, and gives no job a place to keep. */
  let question = { list: '', before: query.data(), isAnswered: false }
  let seen = query.data()
  const put = (jobs: readonly ListedJob[], keep: boolean) =>
    batch(() => {
      const kept = keep
        ? keepPlaces(
            untrack(rows).map((row) => row()),
            jobs,
          )
        : { jobs, waiting: 0 }
      show(kept.jobs)
      setWaiting(kept.waiting)
    })
  createEffect(
    on([latest, still, own], ([jobs, keep, mine]) => {
      if (!jobs) return
      const list = listName(page())
      if (list !== question.list) question = { list, before: seen, isAnswered: false }
      seen = query.data()
      const hasNewOfMine = jobs.some(({ id }) => mine.includes(id) && !shown(id))
      put(jobs, keep && question.isAnswered && !hasNewOfMine)
      if (seen !== question.before && !query.loading()) question.isAnswered = true
    }),
  )
  createEffect(() => {
    const list = variables()
    if (list.after === null && isNewestFirst(list.orderBy)) onCleanup(keepListWhole(list))
  })
  followRows()
  refreshByLink(graph, query.refresh)

  function followRows() {
    // A page that is open for days grows by every new job: start it over in time.
    createEffect(() => {
      if ((query.data()?.jobs?.nodes.length ?? 0) > 2 * page().first) query.refresh()
    })
    const refreshSoon = createSoon(query.refresh, LEDGER_MS)
    const sortSoon = createSoon(query.refresh, SORT_MS)
    // The ledger follows a job's end by a moment, which no event of the job tells.
    const awaitUsage = (jobs: readonly JobRowFragment[]) => {
      if (jobs.some((job) => awaitsUsage(job, Date.now()))) refreshSoon()
    }
    createEffect(() => awaitUsage(latest() ?? []))
    let rounds = 0
    const timer = setInterval(() => {
      if (graph.link() !== 'live' || document.hidden) return
      rounds += 1
      if (rounds % Math.ceil(rows().length / REASONS_EACH) !== 0) return
      if (rows().some((row) => row().state === 'QUEUED')) query.refresh()
    }, REASONS_MS)
    onCleanup(() => clearInterval(timer))
    // Without a filter: a job that leaves the list by changing is one that the filter no longer tells of.
    createSubscription(JobsChangedDocument, () => ({}))
    const stop = tellOfJobs({
      has: (job) => shown(job.id) !== undefined && matches(job, untrack(page)),
      change(jobs) {
        onChange()
        if (!isNewestFirst(untrack(page).orderBy)) sortSoon()
        awaitUsage(jobs.filter(({ id }) => shown(id)))
        changeRows(jobs)
      },
    })
    onCleanup(stop)
  }

  /** The row of a job that does not match any more stays as long as the list stands still. */
  function changeRows(jobs: readonly JobRowFragment[]) {
    batch(() => {
      for (const job of jobs) changeRow(job.id, (row) => ({ ...row, ...newer(row, job) }))
    })
  }

  return {
    rows,
    error: query.error,
    loading: query.loading,
    changing: () => query.loading() && query.answered() !== variables(),
    pageInfo: () => query.data()?.jobs?.pageInfo,
    isEmpty: () => latest()?.length === 0,
    waiting,
    letIn: () => put(latest() ?? [], false),
    expectOwn: (ids) => setOwn((before) => [...before, ...ids]),
  }
}

/** The question without how much of its answer is asked for. */
function listName({ filter, search, orderBy, after }: Page): string {
  return JSON.stringify([filter, search, orderBy, after])
}
