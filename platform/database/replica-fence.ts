// How far a replica has to be before it may answer: the place in the primary's log behind which everything stands that
// was committed until now, and whether a replica has replayed it.
import { setTimeout as delay } from 'node:timers/promises'
import { type Pool, type PoolClient, types } from 'pg'

/** A place in the log of one history of one server. */
export interface Fence {
  lsn: string
  /** Which of the histories that promotions have begun. */
  timeline: number
  /** Of the server that was made once, with all its replicas. */
  system: string
}

/** What a replica says of itself against a fence. */
export type Standing = { kind: 'there' | 'behind'; lagBytes: number } | { kind: 'other'; why: string }

/** An answer that takes longer counts as none, in milliseconds. */
const ASK_LIMIT_MS = 1_000
/** How long a replica is waited for, in milliseconds: by streaming a commit is there within one or two. */
const PAUSES_MS = [1, 2, 4, 8]

/**
 * What is acknowledged is in the log by then: flushed, unless commits are told before that. Whoever reads the timeline
 * in the name of the log's file reads that of the log that is written now.
 */
const PRIMARY = `
SELECT place.lsn::text, ('x' || left(pg_walfile_name(place.lsn), 8))::bit(32)::integer AS timeline,
  (SELECT system_identifier::text FROM pg_control_system()) AS system
FROM (SELECT CASE current_setting('synchronous_commit') WHEN 'off' THEN pg_current_wal_insert_lsn()
  ELSE pg_current_wal_flush_lsn() END) AS place (lsn)`

/** The control file names the timeline of the last checkpoint: an older one for some minutes after a promotion, never a newer. */
const REPLICA = `
SELECT pg_is_in_recovery() AS "isReplica", (pg_last_wal_replay_lsn() - $1::pg_lsn)::text AS ahead,
  (SELECT timeline_id FROM pg_control_checkpoint()) AS timeline,
  (SELECT system_identifier::text FROM pg_control_system()) AS system`

interface Said {
  isReplica: boolean
  /** Bytes; null where nothing was ever replayed. */
  ahead: string | null
  timeline: number
  system: string
}

/** The place behind everything that was committed before this was called. */
export async function fenceOf(primary: Pool): Promise<Fence> {
  const { rows } = await primary.query<Fence>({ name: 'fence', text: PRIMARY, types })
  const [fence] = rows
  if (!fence) throw new Error('The primary does not say where its log is.')
  return fence
}

/** Whether the server behind this connection is there, or comes there in a few milliseconds. */
export async function reaches(client: PoolClient, fence: Fence): Promise<Standing> {
  for (const pauseMs of PAUSES_MS) {
    const standing = await standingOf(client, fence)
    if (standing.kind !== 'behind') return standing
    await delay(pauseMs)
  }
  return standingOf(client, fence)
}

async function standingOf(client: PoolClient, fence: Fence): Promise<Standing> {
  const asked = { name: 'standing', text: REPLICA, values: [fence.lsn], types, query_timeout: ASK_LIMIT_MS }
  const { rows } = await client.query<Said>(asked)
  return judge(rows[0], fence)
}

/** A server of another history may have what was never committed here, however far it is. */
export function judge(said: Said | undefined, fence: Fence): Standing {
  if (!said || said.system !== fence.system) return { kind: 'other', why: 'it is a replica of another server' }
  if (!said.isReplica) return { kind: 'other', why: 'it is no replica' }
  if (said.timeline !== fence.timeline)
    return { kind: 'other', why: `it is on timeline ${said.timeline}, and the primary on ${fence.timeline}` }
  const ahead = Number(said.ahead ?? Number.NEGATIVE_INFINITY)
  return { kind: ahead >= 0 ? 'there' : 'behind', lagBytes: Math.max(0, -ahead) }
}
