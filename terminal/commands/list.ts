import type { Api } from '../api.ts'
import { type Call, has } from '../command.ts'
import { misused } from '../failure.ts'
import { follow } from '../follow.ts'
import {
  type JobLineFragment,
  ListJobsDocument,
  ListProgressDocument,
  WatchJobsDocument,
} from '../generated/documents.ts'
import { columnsOf, type ListedJob } from '../list/columns.ts'
import { type Wanted, wantedList } from '../list/wanted.ts'
import { note, paint, say, sayJson, sayJsonLine, tableWidth } from '../output.ts'
import { progressIn } from '../progress.ts'
import { tableLines } from '../table.ts'
import { showWatched, type Watched } from '../view/live.ts'

/** Jobs, the newest first: once, or as they change. */
export async function run(call: Call): Promise<number> {
  const api = await call.open()
  const wanted = await wantedList(call, api)
  if (has(call, 'watch')) return await watch(call, api, wanted)
  const { jobs, isMore } = await read(api, wanted, process.stdout.isTTY && !call.json)
  if (call.json) sayJson(jobs.map(({ job }) => job))
  else if (has(call, 'quiet')) for (const { job } of jobs) say(job.id)
  else if (jobs.length === 0) note('There is no such job.')
  else for (const line of linesOf(jobs, has(call, 'wide') ? null : tableWidth())) say(line)
  if (isMore && !call.json) note(`These are the first ${jobs.length}; --limit shows more.`)
  return 0
}

async function watch(call: Call, api: Api, wanted: Wanted): Promise<number> {
  if (call.json) return await tellChanges(api, wanted)
  if (!process.stdout.isTTY) throw misused('--watch needs a terminal, or --json.')
  const stop = new AbortController()
  const changes = listenForChanges(api, wanted, stop.signal)
  const first = await read(api, wanted, true)
  let last = first
  const watched: Watched<Page> = {
    async read() {
      if (changes.takeNews()) last = await read(api, wanted, true)
      return last
    },
    view: ({ jobs, isMore }, { width, height, scroll }) => {
      const [titles = '', ...lines] = linesOf(jobs, width)
      const room = Math.max(0, height - 2)
      const shown = lines.slice(scroll, scroll + room)
      const rest = Array.from({ length: room - shown.length }, () => '')
      const foot = `q quit${isMore ? `, the first ${jobs.length}; --limit shows more` : ''}`
      return {
        lines: [paint('bold', titles), ...shown, ...rest, paint('dim', foot)],
        lastScroll: Math.max(0, lines.length - room),
      }
    },
  }
  try {
    await showWatched(watched, first, { input: process.stdin, output: process.stdout })
  } finally {
    stop.abort()
  }
  return 0
}

/** A line of JSON for each change, until one interrupts it. */
async function tellChanges(api: Api, { filter }: Wanted): Promise<number> {
  let after: string | null = null
  const following = {
    signal: new AbortController().signal,
    variables: () => ({ filter, after }),
    onGone: () => {
      after = null
      return true
    },
  }
  for await (const { data, cursor } of follow(api, WatchJobsDocument, following)) {
    after = cursor ?? after
    sayJsonLine(data.jobsChanged)
  }
  return 0
}

/** Read again after so long, for what the events do not tell: how far those are that run. */
const AGAIN_MS = 5_000

function listenForChanges(api: Api, { filter }: Wanted, signal: AbortSignal) {
  let isNew = false
  let readAt = performance.now()
  const listen = async () => {
    // Of jobs in any state: one that leaves the states that are shown is a change too.
    const following = { variables: () => ({ filter: { ...filter, states: null } }), signal, patient: true }
    for await (const _ of follow(api, WatchJobsDocument, following)) isNew = true
  }
  // Without the events it is read every few seconds all the same.
  void listen().catch(() => undefined)
  return {
    takeNews(): boolean {
      const take = isNew || performance.now() - readAt > AGAIN_MS
      if (take) readAt = performance.now()
      isNew = isNew && !take
      return take
    },
  }
}

interface Page {
  jobs: ListedJob[]
  isMore: boolean
}

async function read(api: Api, wanted: Wanted, withProgress: boolean): Promise<Page> {
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

function linesOf(jobs: readonly ListedJob[], width: number | null): string[] {
  return tableLines(columnsOf(jobs, Date.now()), jobs, width)
}
