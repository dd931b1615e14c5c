// Lists of jobs: those that the principal may see, by pages and in several orders, and how many there are.
import { query } from '@constellation/platform/database/database.ts'
import { type Page, pageOf, rowsFor } from '@constellation/platform/pages.ts'
import type { Pool, PoolClient } from 'pg'
import type { Context } from '../context.ts'
import type { Job } from '../entities.ts'
import type { JobFilter, JobOrder, JobSearch, JobState } from '../generated/resolvers.ts'
import { JOB } from '../sql/columns.ts'
import { areFew, type Condition, matching, visibleTo } from './conditions.ts'
import { behind, behindId, isNewestFirst, type Order, orderOf, type Place, placeOf, readPlace } from './order.ts'
import { type Step, stepsFrom } from './steps.ts'

const MOST = 1_000
/** A count stops here, as it would read all of the jobs. */
const MOST_COUNTED = 1_000

/** What a list is asked for. */
export interface Wanted {
  filter?: JobFilter | null | undefined
  search?: JobSearch | null | undefined
}

/**
 * One page of at most `first` jobs after the cursor of the page before.
 * @throws ConstellationError BAD_USER_INPUT for a cursor of another order
 */
export async function listJobs(
  { read, who }: Context,
  { filter, search, orderBy }: Wanted & { orderBy?: JobOrder | null | undefined },
  first: number,
  after: string | null | undefined,
): Promise<Page<Job>> {
  const limit = rowsFor(first, MOST)
  const order = orderOf(orderBy)
  const place = after == null ? null : readPlace(order, after)
  const rows = await read(async (client) => {
    const oneByOne = isNewestFirst(order) && filter?.states?.includes('QUEUED') === true && (await queueIsLong(client))
    const where = [...visibleTo(who), ...matching(filter ?? {}, search ?? {}, oneByOne)]
    const list = { client, where, order, place, limit }
    return order.isTime ? listByTime(list, areFew(filter ?? {})) : listByIndex(list)
  })
  return pageOf(rows, first, (job) => placeOf(order, job))
}

/** With more jobs in it than this, the newest of those that are queued are among the newest of all. */
const LONG_QUEUE = 1_000

async function queueIsLong(client: Client): Promise<boolean> {
  const sql = `SELECT FROM (SELECT FROM queue LIMIT ${LONG_QUEUE}) q HAVING count(*) = ${LONG_QUEUE}`
  return (await query(client, 'queue-is-long', sql)).length > 0
}

/** How many jobs are in each state; MOST_COUNTED stands for that or more. */
export async function countJobs(
  { read, who }: Context,
  { filter, search }: Wanted,
): Promise<{ state: JobState; count: number }[]> {
  const counted = filter?.states ?? ALL_STATES
  const parts = counted.map((state) => {
    const where = [...visibleTo(who), ...matching({ ...filter, states: [state] }, search ?? {})]
    const { sql, values } = allOf(where)
    return {
      sql: `SELECT ?::text AS state, (SELECT count(*)::integer FROM (SELECT FROM jobs j WHERE ${sql} LIMIT ${MOST_COUNTED}) c) AS count`,
      values: [state, ...values],
    }
  })
  if (parts.length === 0) return []
  const sql = parts.map((part) => part.sql).join(' UNION ALL ')
  return read((client) => ask(client, { sql, values: parts.flatMap(({ values }) => values) }))
}

const ALL_STATES: readonly JobState[] = ['QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED']

type Client = Pool | PoolClient

interface List {
  client: Client
  where: readonly Condition[]
  order: Order
  place: Place | null
  limit: number
}

function listByIndex({ client, where, order, place, limit }: List): Promise<Job[]> {
  return readRows(client, place ? [...where, behind(order, place)] : where, order, limit)
}

/** Those that have the time, step by step, and then those that have none. */
async function listByTime({ client, where, order, place, limit }: List, few: boolean): Promise<Job[]> {
  const rows: Job[] = []
  const isDone = () => rows.length >= limit
  if (place?.value !== null) {
    const from = place ? [behind(order, place)] : []
    const steps = few ? [{ from: null, to: null }] : stepsFrom(await startOf(client, order, place), order.direction)
    for (const step of steps) {
      if (!isDone())
        rows.push(...(await readRows(client, [...where, ...from, within(order, step)], order, limit - rows.length)))
    }
  }
  if (isDone()) return rows
  const without = { sql: `j.${order.column} IS NULL`, values: [] }
  const rest = place?.value === null ? [behindId(order, place)] : []
  return [
    ...rows,
    ...(await readRows(client, [...where, without, ...rest], { ...order, column: 'id' }, limit - rows.length)),
  ]
}

/** Where the list begins. Nothing starts before the oldest job was made, and nothing has started in the future. */
async function startOf(client: Client, { direction }: Order, place: Place | null): Promise<number> {
  if (typeof place?.value === 'string') return Date.parse(place.value)
  if (direction === 'DESC') return Date.now()
  const [oldest] = await query<{ at: Date }>(
    client,
    'oldest-job',
    'SELECT created_at AS at FROM jobs ORDER BY created_at, id LIMIT 1',
  )
  return oldest?.at.getTime() ?? 0
}

function within({ column }: Order, { from, to }: Step): Condition {
  const ends = [
    { sql: `j.${column} >= ?`, at: from },
    { sql: `j.${column} < ?`, at: to },
  ].filter(({ at }) => at !== null)
  if (ends.length === 0) return { sql: `j.${column} IS NOT NULL`, values: [] }
  return { sql: ends.map(({ sql }) => sql).join(' AND '), values: ends.map(({ at }) => new Date(at ?? 0)) }
}

function readRows(
  client: Client,
  where: readonly Condition[],
  { column, direction }: Order,
  limit: number,
): Promise<Job[]> {
  const { sql, values } = allOf(where)
  const order = `j.${column} ${direction}${column === 'id' ? '' : `, j.id ${direction}`}`
  return ask(client, {
    sql: `SELECT ${JOB} FROM jobs j WHERE ${sql} ORDER BY ${order} LIMIT ?`,
    values: [...values, limit],
  })
}

function allOf(where: readonly Condition[]): Condition {
  return {
    sql: where.map(({ sql }) => sql).join(' AND ') || 'true',
    values: where.flatMap(({ values }) => values),
  }
}

function ask<Row extends object>(client: Client, { sql, values }: Condition): Promise<Row[]> {
  let count = 0
  return query<Row>(
    client,
    null,
    sql.replace(/\?/g, () => `$${++count}`),
    values,
  )
}
