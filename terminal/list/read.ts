// A page of jobs, as the server has it now.

import { type JobLineFragment, ListJobsDocument, ListProgressDocument } from '../generated/documents.ts'
import { progressIn } from '../jobs/progress.ts'
import type { Api } from '../server/api.ts'
import type { ListedJob } from './columns.ts'
import type { Wanted } from './wanted.ts'

export interface Page {
  jobs: ListedJob[]
  isMore: boolean
}

/** `withProgress` says whether it is asked how far those are that run. */
export async function readPage(api: Api, wanted: Wanted, withProgress: boolean): Promise<Page> {
  const nodes: JobLineFragment[] = []
  let after: string | null = null
  let isMore = true
  while (nodes.length < wanted.limit && isMore) {
    const first = Math.min(MOST_OF_A_PAGE, wanted.limit - nodes.length)
    const {
      jobs,
    }: { jobs: { nodes: JobLineFragment[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } | null } =
      await api.ask(ListJobsDocument, { ...wanted.query, filter: wanted.filter, first, after })
    nodes.push(...(jobs?.nodes ?? []))
    after = jobs?.pageInfo.endCursor ?? null
    isMore = jobs?.pageInfo.hasNextPage ?? false
  }
  const runs = withProgress && nodes.some(({ state }) => state === 'RUNNING')
  const progress = runs ? await readProgress(api, wanted) : new Map<string, ListedJob['progress']>()
  return { jobs: nodes.map((job) => ({ job, progress: progress.get(job.id) ?? null })), isMore }
}

const MOST_OF_A_PAGE = 100
const MOST_PROGRESS = 20

/** Of the newest that run, by their last words. Those who may not see the output see the list all the same. */
async function readProgress(api: Api, { filter }: Wanted): Promise<Map<string, ListedJob['progress']>> {
  try {
    const { jobs } = await api.ask(ListProgressDocument, {
      filter: { ...filter, states: ['RUNNING'] },
      first: MOST_PROGRESS,
    })
    return new Map(
      (jobs?.nodes ?? []).map(({ id, runs }) => [
        id,
        progressIn((runs.at(-1)?.log.chunks ?? []).map(({ text }) => text).join('')),
      ]),
    )
  } catch {
    return new Map()
  }
}
