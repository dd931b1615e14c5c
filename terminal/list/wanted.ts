// Which jobs a list is of.

import { type Call, has, oneOf, readOption, textOf, textsOf } from '../command.ts'
import { type JobFilter, type JobOrder, type JobSearch, WhoAmIDocument } from '../generated/documents.ts'
import type { Api } from '../server/api.ts'
import { instant, listed, wholeNumber } from '../values.ts'

const STATES = ['QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED'] as const
const LIVE = ['QUEUED', 'RUNNING'] as const
const ORDERS = ['CREATED', 'STARTED', 'FINISHED', 'NAME', 'PRIORITY'] as const

export interface Wanted {
  filter: JobFilter
  /** The states whose changes are told; null for all, as a job that leaves the list has changed too. */
  changes: JobFilter['states']
  query: { search: JobSearch | null; orderBy: JobOrder | null }
  limit: number
}

/** What an empty list says. Pure. */
export function nothingLike({ filter: { states }, changes }: Wanted): string {
  const isUnasked = states != null && changes === null
  return isUnasked ? 'None is queued or running. --all shows those that have ended, too.' : 'There is no such job.'
}

/** Without a word about states, the jobs that have not ended. */
export async function wantedList(call: Call, api: Api): Promise<Wanted> {
  const states = listed(textsOf(call, 'state')).map((word) => oneOf('--state', word, STATES))
  const searched = ['search', 'gpu-model', 'gpu', 'template', 'since', 'until'].some(
    (name) => textOf(call, name) !== undefined,
  )
  const isAll = has(call, 'all') || textOf(call, 'array') !== undefined || searched
  const mine = has(call, 'mine') ? (await api.ask(WhoAmIDocument, {})).viewer.id : undefined
  const order = readOption(call, 'order', (name, word) => oneOf(name, word, ORDERS))
  return {
    filter: {
      states: states.length > 0 ? states : isAll ? null : [...LIVE],
      account: textOf(call, 'account') ?? null,
      submittedBy: mine ?? textOf(call, 'user') ?? null,
      name: textOf(call, 'name') ?? null,
      array: textOf(call, 'array') ?? null,
    },
    changes: states.length > 0 ? states : null,
    query: {
      search: searched
        ? {
            text: textOf(call, 'search') ?? null,
            gpuModel: textOf(call, 'gpu-model') ?? null,
            gpu: textOf(call, 'gpu') ?? null,
            template: textOf(call, 'template') ?? null,
            createdFrom: readOption(call, 'since', instant) ?? null,
            createdBefore: readOption(call, 'until', instant) ?? null,
          }
        : null,
      orderBy:
        order === undefined
          ? null
          : { by: order, direction: has(call, 'reverse') || order === 'NAME' ? 'ASCENDING' : 'DESCENDING' },
    },
    limit: readOption(call, 'limit', (name, text) => wholeNumber(name, text, 1, 10_000)) ?? 50,
  }
}
