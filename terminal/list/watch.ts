// A list that stays, and shows what changes.

import { Failure } from '../failure.ts'
import { WatchJobsDocument } from '../generated/documents.ts'
import type { Api } from '../server/api.ts'
import { follow } from '../server/follow.ts'
import { showWatched, type Watched } from '../view/live.ts'
import { paint, sayJsonLine } from '../view/output.ts'
import type { Screen } from '../view/render.ts'
import { tableLines } from '../view/table.ts'
import { shorten } from '../view/text.ts'
import { columnsOf } from './columns.ts'
import { type Page, readPage } from './read.ts'
import { nothingLike, type Wanted } from './wanted.ts'

/** Stays on the terminal until one quits. */
export async function watchList(api: Api, wanted: Wanted): Promise<void> {
  const stop = new AbortController()
  const changes = listenForChanges(api, wanted, stop.signal)
  const first = await readPage(api, wanted, true)
  let last = first
  let trouble: string | null = null
  const watched: Watched<Page> = {
    async read() {
      if (!changes.takeNews()) return last
      try {
        last = await readPage(api, wanted, true)
        trouble = null
      } catch (error) {
        if (!(error instanceof Failure) || error.kind !== 'unreachable') throw error
        trouble = error.message
      }
      return last
    },
    view: (page, screen) => listView(page, screen, { trouble, nothing: nothingLike(wanted) }),
  }
  try {
    await showWatched(watched, first, { input: process.stdin, output: process.stdout })
  } finally {
    stop.abort()
  }
}

function listView(
  { jobs, isMore }: Page,
  { width, height, scroll }: Screen,
  { trouble, nothing }: { trouble: string | null; nothing: string },
) {
  const [titles = '', ...rows] = tableLines(columnsOf(jobs, Date.now()), jobs, width)
  const lines = jobs.length === 0 ? [paint('dim', shorten(nothing, width))] : rows
  const room = Math.max(0, height - 2)
  const shown = lines.slice(scroll, scroll + room)
  const rest = Array.from({ length: room - shown.length }, () => '')
  const foot = shorten(trouble ?? `q quit${isMore ? `, the first ${jobs.length}; --limit shows more` : ''}`, width)
  return {
    lines: [paint('bold', titles), ...shown, ...rest, paint(trouble === null ? 'dim' : 'yellow', foot)],
    lastScroll: Math.max(0, lines.length - room),
  }
}

/** A line of JSON for each change, until one interrupts it. */
export async function tellChanges(api: Api, { filter, changes }: Wanted): Promise<void> {
  let after: string | null = null
  const following = {
    signal: new AbortController().signal,
    variables: () => ({ filter: { ...filter, states: changes }, after }),
    onGone: () => {
      after = null
      return true
    },
  }
  for await (const { data, cursor } of follow(api, WatchJobsDocument, following)) {
    after = cursor ?? after
    sayJsonLine(data.jobsChanged)
  }
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
