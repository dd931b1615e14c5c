// The orders that lists of jobs have, and the cursors by which a list goes on.
import { instant } from '@constellation/platform/events/event.ts'
import { cursorText, readCursor } from '@constellation/platform/pages.ts'
import * as v from 'valibot'
import type { Job } from '../entities.ts'
import type { JobOrder, JobOrderField } from '../generated/resolvers.ts'
import { priority } from '../submission/spec.ts'
import type { Condition } from './conditions.ts'

/** Where a page begins: behind the job of this value and id. */
export interface Place {
  /** Null behind all jobs that have a value. */
  value: string | number | null
  id: string
}

export interface Order {
  field: JobOrderField
  /** A column of `jobs`, which an index has in this order together with the id, or by which it finds times. */
  column: string
  /** Whether some jobs have no value, and stand at the end. */
  isTime: boolean
  direction: 'ASC' | 'DESC'
}

const COLUMNS = {
  CREATED: { column: 'created_at', isTime: false, value: ({ createdAt }) => createdAt },
  STARTED: { column: 'started_at', isTime: true, value: ({ startedAt }) => startedAt ?? null },
  FINISHED: { column: 'finished_at', isTime: true, value: ({ finishedAt }) => finishedAt ?? null },
  NAME: { column: 'name', isTime: false, value: ({ name }) => name },
  PRIORITY: { column: 'priority', isTime: false, value: ({ priority }) => priority },
} as const satisfies Record<JobOrderField, { column: string; isTime: boolean; value(job: Job): unknown }>

/** The newest first where none is asked for. */
export function orderOf(asked: JobOrder | null | undefined): Order {
  const field = asked?.by ?? 'CREATED'
  const { column, isTime } = COLUMNS[field]
  return { field, column, isTime, direction: asked?.direction === 'ASCENDING' ? 'ASC' : 'DESC' }
}

/** The order of those who watch what happens. */
export function isNewestFirst({ field, direction }: Order): boolean {
  return field === 'CREATED' && direction === 'DESC'
}

const id = v.pipe(v.string(), v.uuid())
const CURSORS = {
  // The list's first order: its cursors name none.
  CREATED: v.tuple([instant, id]),
  STARTED: v.tuple([v.nullable(instant), id, v.literal('STARTED')]),
  FINISHED: v.tuple([v.nullable(instant), id, v.literal('FINISHED')]),
  NAME: v.tuple([cursorText, id, v.literal('NAME')]),
  PRIORITY: v.tuple([priority, id, v.literal('PRIORITY')]),
} as const

/** What a cursor of this order holds. @throws ConstellationError BAD_USER_INPUT where it is none */
export function readPlace({ field }: Order, cursor: string): Place {
  const [value, id] = readCursor(CURSORS[field], cursor)
  return { value, id }
}

/** What goes into the cursor behind this job. */
export function placeOf({ field }: Order, job: Job): readonly unknown[] {
  const place = [COLUMNS[field].value(job), job.id]
  return field === 'CREATED' ? place : [...place, field]
}

/** The jobs behind the place, of those that have a value. */
export function behind({ column, direction }: Order, { value, id }: Place): Condition {
  const sign = direction === 'ASC' ? '>' : '<'
  // The second condition says nothing new, but BRIN indexes know what to do with it alone.
  return { sql: `(j.${column}, j.id) ${sign} (?, ?) AND j.${column} ${sign}= ?`, values: [value, id, value] }
}

/** The same of those that have none. */
export function behindId({ direction }: Order, { id }: Place): Condition {
  return { sql: `j.id ${direction === 'ASC' ? '>' : '<'} ?`, values: [id] }
}
