// Words that only the server knows. Who waits for a completion is not told of failures.

import type { Completion } from '../arguments.ts'
import type { Commands } from '../commands.ts'
import { readSettings } from '../config.ts'
import { CompletionsDocument, GpuNamesDocument, JobNamesDocument } from '../generated/documents.ts'
import type { Api } from '../server/api.ts'
import { readContexts } from '../server/contexts.ts'
import { openSession } from '../server/session.ts'
import { plain } from '../view/text.ts'

/** Nobody waits longer for a tab, in milliseconds. */
const PATIENCE_MS = 2_000
const MOST = 50

/** Lines: the word, a tab, and what it is. */
export async function candidatesOf(
  wanted: Completion | undefined,
  typed: string,
  commands: Commands,
): Promise<string[]> {
  if (wanted === undefined) return []
  if (typeof wanted !== 'string') return [...wanted]
  if (wanted === 'commands') return commands.names().map((name) => `${name}\t${commands.find(name)?.summary ?? ''}`)
  try {
    if (wanted === 'contexts') return Object.keys((await readContexts(readSettings().file)).contexts)
    const api = await openSession({ url: undefined, context: undefined })
    const lines = await ask(api, wanted, typed)
    return lines.filter((line) => /^[\w@%+=:,./-]+(\t|$)/.test(line))
  } catch {
    return []
  }
}

async function ask(api: Api, wanted: Exclude<Completion, readonly string[]>, typed: string): Promise<string[]> {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  if (wanted === 'jobs') return await jobs(api, typed, signal)
  if (wanted === 'gpus' || wanted === 'models') {
    const { gpus, workers } = await api.ask(GpuNamesDocument, {}, signal)
    const cards = gpus?.nodes ?? []
    if (wanted === 'models')
      return [...new Set(cards.flatMap(({ name }) => name.split(/\s+/)))].filter((word) => /\d/.test(word))
    return [
      ...(workers?.nodes ?? []).map(({ id, hostname }) => `${id}\tworker on ${hostname}`),
      ...cards.map(({ worker, index, name }) => `${worker.id}/${index}\t${plain(name)}`),
    ]
  }
  const { templates, accounts, secrets } = await api.ask(CompletionsDocument, {}, signal)
  if (wanted === 'templates') return (templates ?? []).map(({ name }) => name)
  if (wanted === 'accounts') return (accounts ?? []).map(({ id }) => id)
  return (secrets ?? []).map(({ name }) => name)
}

/** By id and by name, the newest first; by the name that has been begun, of all that there are. */
async function jobs(api: Api, typed: string, signal: AbortSignal): Promise<string[]> {
  const filter = typed === '' || /^[0-9a-f-]+$/.test(typed) ? null : { name: typed }
  const found = await api.ask(JobNamesDocument, { filter, first: MOST }, signal)
  const nodes = found.jobs?.nodes ?? []
  const ids = nodes.map(({ id, name, state }) => `${id}\t${plain(name)}, ${state.toLowerCase()}`)
  const names = [...new Map(nodes.map((job) => [job.name, job])).values()].map(
    ({ name, state }) => `${name}\t${state.toLowerCase()}`,
  )
  return ['@last\tyour newest job', ...names, ...ids]
}
