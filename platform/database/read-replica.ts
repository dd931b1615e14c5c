// Reads that a streaming replica may answer in the primary's place. Nobody can tell the difference: a replica is asked only
// once it has replayed all that was committed when the read was asked for, and otherwise the primary is.
import pg, { type Pool, type PoolClient } from 'pg'
import { ConstellationError } from '../errors.ts'
import type { Logger } from '../log.ts'
import { atScrape } from '../metrics/serve-metrics.ts'
import { replicaLag, replicaReads } from '../metrics/service-metrics.ts'
import { isTracing } from '../tracing/trace.ts'
import { tlsOf } from './database-tls.ts'
import { inRounds } from './in-rounds.ts'
import { type Fence, fenceOf, reaches } from './replica-fence.ts'

/**
 * Runs `work`, which only reads and may be run twice, on a server that has everything that was committed before the call.
 * Never for what a change depends on: that belongs into the transaction of the change.
 */
export type Read = <T>(work: (client: Pool | PoolClient) => Promise<T>) => Promise<T>

export interface Reads {
  read: Read
  close(): Promise<void>
}

const CONNECTIONS = 5
/** A connection, and an answer, in milliseconds; then the primary is asked. */
const CONNECT_LIMIT_MS = 1_000
const READ_LIMIT_MS = 5_000
/** A connection is made anew after so long, so that replicas that are added get their share. */
const CONNECTION_SECONDS = 600
/** How long a replica is left alone that was behind, or that did not answer. In milliseconds. */
const REST_MS = { behind: 500, other: 5_000, failed: 5_000 }

/** Without a replica the primary answers everything. */
export function openReads(
  primary: Pool,
  replicaUrl: string | undefined,
  log: Logger,
  restMs: typeof REST_MS = REST_MS,
): Reads {
  if (replicaUrl === undefined) return { read: (work) => work(primary), close: async () => undefined }
  const pool = openPool(replicaUrl, log)
  const fence = inRounds(() => fenceOf(primary))
  const rest = resting(log, restMs)

  const read: Read = async (work) => {
    if (rest.isOver() && !isFull(pool)) {
      const tried = await tryReplica(pool, fence, work)
      replicaReads.inc({ outcome: tried.outcome })
      if (tried.outcome === 'replica') {
        rest.end()
        return tried.result
      }
      rest.begin(tried)
    } else replicaReads.inc({ outcome: rest.isOver() ? 'busy' : 'resting' })
    return work(primary)
  }
  const untold = atScrape([replicaLag], () => tellLag(pool, fence))
  return {
    read,
    async close() {
      untold()
      await pool.end()
    },
  }
}

function openPool(url: string, log: Logger): Pool {
  const pool = new pg.Pool({
    connectionString: withoutTls(url),
    ssl: tlsOf(url) ?? false,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    query_timeout: READ_LIMIT_MS,
    maxLifetimeSeconds: CONNECTION_SECONDS,
  })
  pool.on('error', (err) => log.info({ err }, 'a connection to the replica has ended'))
  if (isTracing()) void import('../tracing/trace-sql.ts').then(({ traceStatements }) => traceStatements(pool))
  return pool
}

/** The driver would read them again, and put what they say over what it is given. */
function withoutTls(given: string): string {
  const url = new URL(given)
  for (const name of ['sslmode', 'sslrootcert']) url.searchParams.delete(name)
  return url.href
}

function isFull({ idleCount, totalCount }: Pool): boolean {
  return idleCount === 0 && totalCount >= CONNECTIONS
}

type Refusal = { outcome: 'behind' } | { outcome: 'other' | 'failed'; why: unknown }
type Tried<T> = { outcome: 'replica'; result: T } | Refusal

/** The replica is asked by the connection whose server was found to be there: there may be several. */
async function tryReplica<T>(
  pool: Pool,
  fence: () => Promise<Fence>,
  work: (client: PoolClient) => Promise<T>,
): Promise<Tried<T>> {
  let client: PoolClient | undefined
  let broken = true
  try {
    const placing = fence()
    // It is awaited below; until then its failure is not unhandled.
    placing.catch(() => undefined)
    client = await pool.connect()
    const standing = await reaches(client, await placing)
    if (standing.kind === 'there') {
      const result = await work(client)
      broken = false
      return { outcome: 'replica', result }
    }
    broken = standing.kind === 'other'
    return standing.kind === 'other' ? { outcome: 'other', why: standing.why } : { outcome: 'behind' }
  } catch (error) {
    // What is wrong with the question is wrong at the primary, too.
    if (error instanceof ConstellationError) {
      broken = false
      throw error
    }
    return { outcome: 'failed', why: error }
  } finally {
    client?.release(broken)
  }
}

/** When the replica may be asked again, and what of it is said: once, when it is left alone, and when it answers again. */
function resting(log: Logger, restMs: typeof REST_MS) {
  let until = Number.NEGATIVE_INFINITY
  let said = false
  return {
    isOver: () => performance.now() >= until,
    begin(refusal: Refusal) {
      until = performance.now() + restMs[refusal.outcome]
      if (refusal.outcome === 'behind' || said) return
      said = true
      log.warn({ err: refusal.why }, 'the replica does not answer reads; the primary does')
    },
    end() {
      if (said) log.info('the replica answers reads again')
      said = false
    },
  }
}

async function tellLag(pool: Pool, fence: () => Promise<Fence>): Promise<void> {
  const place = await fence()
  const client = await pool.connect()
  let broken = true
  try {
    const standing = await reaches(client, place)
    broken = standing.kind === 'other'
    if (standing.kind === 'other') replicaLag.remove()
    else replicaLag.set(standing.lagBytes)
  } finally {
    client.release(broken)
  }
}
