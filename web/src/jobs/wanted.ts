// What the address of the jobs page says about which jobs it shows, and in what order.
import type { JobFilter, JobOrder, JobOrderField, JobRowFragment, JobSearch, JobState } from '../generated/documents.ts'

export const JOB_STATES = ['QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED'] as const satisfies JobState[]

/** How far back jobs were created. */
export const RANGES = ['today', '24h', '7d', '30d'] as const
export type Range = (typeof RANGES)[number]

/** The parameters of the address that say which jobs there are; `sort` and `after` say how they are shown. */
export const FILTERS = ['state', 'q', 'account', 'user', 'range', 'array', 'template', 'model'] as const
export type Filter = (typeof FILTERS)[number]
export type Address = Readonly<Partial<Record<Filter | 'sort' | 'after', string | undefined>>>

/** The same as the server is asked for it. */
export interface Wanted {
  filter: JobFilter
  search: JobSearch
  orderBy: JobOrder
}

/** `now` is what ranges count back from, in milliseconds since 1970; a day begins in the reader's zone. */
export function wantedOf(address: Address, now: number): Wanted {
  const states = statesOf(address.state)
  const from = startOf(address.range, now)
  return {
    filter: {
      ...(states.length > 0 && { states }),
      ...(address.account && { account: address.account }),
      ...(address.user && { submittedBy: address.user }),
      ...(address.array && { array: address.array }),
    },
    search: {
      ...(address.q && { text: address.q }),
      ...(address.template && { template: address.template }),
      ...(address.model && { gpuModel: address.model }),
      ...(from !== undefined && { createdFrom: new Date(from).toISOString() }),
    },
    orderBy: orderOf(address.sort),
  }
}

/** Those that the address names, in a fixed order; what is no state is left out. */
export function statesOf(state: string | undefined): JobState[] {
  const asked = (state ?? '').toUpperCase().split(',')
  return JOB_STATES.filter((each) => asked.includes(each))
}

/** The address's words for these states; undefined for any state. */
export function statesToAddress(states: readonly JobState[]): string | undefined {
  const kept = JOB_STATES.filter((each) => states.includes(each))
  return kept.length > 0 ? kept.join(',').toLowerCase() : undefined
}

const DAY_MS = 86_400_000
const BACK_MS: Readonly<Record<Exclude<Range, 'today'>, number>> = {
  '24h': DAY_MS,
  '7d': 7 * DAY_MS,
  '30d': 30 * DAY_MS,
}

/** A range of the address; undefined for what is none. */
export function rangeOf(text: string | undefined): Range | undefined {
  return RANGES.find((range) => range === text)
}

function startOf(text: string | undefined, now: number): number | undefined {
  const range = rangeOf(text)
  if (range === undefined) return undefined
  return range === 'today' ? new Date(now).setHours(0, 0, 0, 0) : now - BACK_MS[range]
}

const ORDERS: readonly JobOrderField[] = ['CREATED', 'STARTED', 'FINISHED', 'NAME', 'PRIORITY']

/** `name` is from the least on, `-name` from the greatest; the newest first for what is no order. */
export function orderOf(sort: string | undefined): JobOrder {
  const by = ORDERS.find((each) => each.toLowerCase() === sort?.replace(/^-/, ''))
  if (!by) return { by: 'CREATED', direction: 'DESCENDING' }
  return { by, direction: sort?.startsWith('-') ? 'DESCENDING' : 'ASCENDING' }
}

/** The address's word for an order; undefined for the newest first. */
export function orderToAddress(order: JobOrder): string | undefined {
  return isNewestFirst(order) ? undefined : orderWord(order)
}

/** The word for an order, whichever it is. */
export function orderWord({ by, direction }: JobOrder): string {
  return `${direction === 'ASCENDING' ? '' : '-'}${by.toLowerCase()}`
}

export function isNewestFirst({ by, direction }: JobOrder): boolean {
  return by === 'CREATED' && direction !== 'ASCENDING'
}

type Told = Pick<
  JobRowFragment,
  'state' | 'name' | 'account' | 'submittedBy' | 'array' | 'commandLine' | 'template' | 'gpus' | 'createdAt' | 'id'
>

/** Whether the server would list the job, as far as its row tells. */
export function matches(job: Told, { filter, search }: Pick<Wanted, 'filter' | 'search'>): boolean {
  return (
    (!filter.states || filter.states.includes(job.state)) &&
    (!filter.account || filter.account === job.account) &&
    (!filter.submittedBy || filter.submittedBy === job.submittedBy) &&
    (!filter.array || filter.array === job.array?.id) &&
    (!search.template || search.template === job.template) &&
    (!search.gpuModel || search.gpuModel.toLowerCase() === job.gpus.model?.toLowerCase()) &&
    (!search.createdFrom || Date.parse(search.createdFrom) <= Date.parse(job.createdAt)) &&
    hasWords(job, search.text ?? '')
  )
}

/** The shortest part of a word that the server looks for anywhere; a shorter word must begin one. */
const ANYWHERE = 3

function hasWords(job: Told, text: string): boolean {
  const told = ` ${job.name} ${job.submittedBy} ${job.account} ${job.commandLine}`.toLowerCase()
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
  return words.every((word) => {
    const long = (word.match(/[\p{L}\p{N}]+/gu) ?? []).some((part) => part.length >= ANYWHERE)
    return told.includes(long ? word : ` ${word}`) || job.id.startsWith(word)
  })
}
