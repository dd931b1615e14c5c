// A service's access to its own PostgreSQL schema: MikroORM for plain rows, the same pool for the
// statements that are written by hand.
import { type EntitySchema, MikroORM } from '@mikro-orm/postgresql'
import { type Pool, type PoolClient, type QueryResultRow, types } from 'pg'
import type { Logger } from '../log.ts'
import { atScrape } from '../metrics/serve-metrics.ts'
import { sqlConnections } from '../metrics/service-metrics.ts'
import { isTracing } from '../tracing/trace.ts'
import { tlsOf } from './database-tls.ts'
import { openReads, type Read } from './read-replica.ts'

/** A connection is waited for this long, in milliseconds; then the caller is told to try again. */
const ACQUIRE_TIMEOUT_MS = 5_000

export interface Database {
  orm: MikroORM
  /** The pool that `orm` uses too. */
  pool: Pool
  /** For what only shows something: lists, histories, sums. A replica may answer it. */
  read: Read
  close(): Promise<void>
}

/** Opens the database of one service; `url` names the role of the service, whose search path is its schema. */
export async function openDatabase(
  url: string,
  options: {
    schema: string
    entities: EntitySchema[]
    log: Logger
    connections?: number
    replicaUrl?: string | undefined
  },
): Promise<Database> {
  const orm = await MikroORM.init({
    clientUrl: url,
    schema: options.schema,
    entities: options.entities,
    discovery: { warnWhenNoEntities: false },
    pool: { max: options.connections ?? 10 },
    driverOptions: { connectionTimeoutMillis: ACQUIRE_TIMEOUT_MS, ssl: tlsOf(url) },
    logger: (message) => options.log.warn(message),
    debug: false,
    colors: false,
  })
  const pool: Pool = await orm.em.getConnection().getNativeClient()
  if (isTracing()) (await import('../tracing/trace-sql.ts')).traceStatements(pool)
  atScrape([sqlConnections], () => tellConnections(pool))
  const reads = openReads(pool, options.replicaUrl, options.log)
  const close = async () => {
    await reads.close()
    await orm.close(true)
  }
  return { orm, pool, read: reads.read, close }
}

function tellConnections({ totalCount, idleCount, waitingCount }: Pool): void {
  sqlConnections.set({ state: 'busy' }, totalCount - idleCount)
  sqlConnections.set({ state: 'idle' }, idleCount)
  sqlConnections.set({ state: 'waiting' }, waitingCount)
}

/**
 * Runs one statement and returns its rows. It is prepared under its `name`, at most 63 characters, which
 * must stand for this text alone; null for a text that is put together as it is needed. Instants come as
 * `Date`, whatever parsers MikroORM has put on the pool.
 */
export async function query<Row extends QueryResultRow>(
  client: Pool | PoolClient,
  name: string | null,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const { rows } = await client.query<Row>({ ...(name !== null && { name }), text, values: [...values], types })
  return rows
}

/** The columns of an entity for a hand-written statement, named as the entity's properties: `j.created_at AS "createdAt"`. */
export function columns(entity: EntitySchema, alias: string): string {
  const { properties } = entity.meta
  const named = Object.keys(properties).map(
    (name) => `${alias}.${name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)} AS "${name}"`,
  )
  return named.join(', ')
}

/** How often a transaction is tried that waits for rows in a circle with others: the one that is broken off has done nothing. */
const TRIES = 3

/**
 * Runs `work` in one transaction, and again where it met a deadlock. No network call belongs inside, as it would hold
 * row locks meanwhile.
 */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  for (let left = TRIES; ; left--) {
    try {
      return await tryTransaction(pool, work)
    } catch (error) {
      if (left === 1 || codeOf(error) !== '40P01') throw error
    }
  }
}

async function tryTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    client.release()
    return result
  } catch (error) {
    // A connection that cannot even roll back is broken: the pool must not hand it out again.
    await client.query('ROLLBACK').then(
      () => client.release(),
      (broken: Error) => client.release(broken),
    )
    throw error
  }
}

/** True for PostgreSQL's error of a unique index. */
export function isUniqueViolation(error: unknown): boolean {
  return codeOf(error) === '23505'
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
