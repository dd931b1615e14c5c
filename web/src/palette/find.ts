// What answers to what is typed: from here at once, from the server a moment later.
import { useLocation, useNavigate } from '@solidjs/router'
import { type Accessor, createEffect, createMemo, createResource, createSignal, on, onCleanup } from 'solid-js'
import { FindGpusDocument, FindJobsDocument } from '../generated/documents.ts'
import { words as ofJobs } from '../jobs/words.ts'
import { useGraph } from '../shared/graph.ts'
import { sayWhole } from '../shared/language.ts'
import { type Item, PAGES } from './commands.ts'
import { lineTyped } from './line-typed.ts'
import { ranked } from './rank.ts'
import type { RecentPlace } from './recent.ts'
import { words } from './words.ts'

/** The server is asked when nobody has typed for so long, in milliseconds. */
const PAUSE_MS = 120

/** The items to show, in the order of their groups. */
export function createFinding(
  typed: Accessor<string>,
  actions: readonly Item[],
  recent: readonly RecentPlace[],
): Accessor<readonly Item[]> {
  const jobs = createJobsFound(typed)
  const gpus = createGpus()
  const line = createLineOfLog(typed)
  const recents = recent.map((place): Item => ({ id: `recent ${place.href}`, group: 'recent', ...place }))
  return createMemo(() => {
    const text = typed().trim()
    if (text === '') return [...recents, ...PAGES, ...actions]
    return [...line(), ...ranked(PAGES, text, 3), ...jobs(), ...ranked(gpus(), text, 5), ...ranked(actions, text, 4)]
  })
}

/** On the page of a job, the line of its log that a number stands for. */
function createLineOfLog(typed: Accessor<string>): Accessor<readonly Item[]> {
  const location = useLocation()
  const navigate = useNavigate()
  return () => {
    const line = lineTyped(typed())
    if (line === undefined || !/\/jobs\/[^/]+$/.test(location.pathname)) return []
    const address = `${location.pathname}${location.search}#L${line}`
    const run = () => navigate(address, { replace: true, scroll: false, resolve: false })
    return [{ id: 'line', group: 'actions', text: words.line(sayWhole(line)), run }]
  }
}

function createJobsFound(typed: Accessor<string>): Accessor<readonly Item[]> {
  const { uncached } = useGraph()
  const [found, setFound] = createSignal<readonly Item[]>([])
  createEffect(
    on(typed, (text) => {
      if (text.trim() === '') return setFound([])
      let current = true
      const timer = setTimeout(async () => {
        const { data } = await uncached.query(FindJobsDocument, { text: text.trim() }).toPromise()
        if (current && data?.jobs) setFound(data.jobs.nodes.map(jobItem))
      }, PAUSE_MS)
      onCleanup(() => {
        current = false
        clearTimeout(timer)
      })
    }),
  )
  return found
}

function jobItem(job: { id: string; name: string; state: keyof typeof ofJobs.state; submittedBy: string }): Item {
  return {
    id: job.id,
    group: 'jobs',
    text: job.name,
    detail: words.job(ofJobs.state[job.state], job.submittedBy),
    href: `/jobs/${job.id}`,
  }
}

/** All of them, once they are known. */
function createGpus(): Accessor<readonly Item[]> {
  const { uncached } = useGraph()
  const [found] = createResource(async () => {
    const { data } = await uncached.query(FindGpusDocument, {}).toPromise()
    return (data?.gpus?.nodes ?? []).map(
      (gpu): Item => ({
        id: gpu.id,
        group: 'gpus',
        text: words.gpu(gpu.index, gpu.worker.hostname),
        detail: gpu.name,
        href: `/gpus/${gpu.id}`,
      }),
    )
  })
  // `latest` does not wait, where reading the resource itself would have the whole page wait.
  return () => found.latest ?? []
}
