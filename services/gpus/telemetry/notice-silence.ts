// A worker that is not heard of for half a minute has not said so itself: it is noticed here, and told as an event, as is
// its return. Several processes of the service may look at once.
import { inTransaction, query } from '@constellation/platform/database/database.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { type Regular, regularly } from '@constellation/platform/regularly.ts'
import type { Pool, PoolClient } from 'pg'
import { recordWorkerEvent } from '../sql/record-worker-event.ts'
import { FRESH_MS } from './telemetry.ts'

const LOOK_MS = 2_000

interface Noticing {
  pool: Pool
  /** To be called after a commit that wrote events. */
  changed: () => void
}

/** Looks regularly until stopped. What was not heard while no process of the service ran is no silence yet. */
export function startNoticingSilence(options: Noticing & { log: Logger }): Regular {
  const startedAt = Date.now()
  return regularly(LOOK_MS, 'look for workers that are silent', options.log, () =>
    noticeSilence(options, { hasListened: Date.now() - startedAt > FRESH_MS }),
  )
}

/** Tells of the workers that have fallen silent, where this process has listened for long enough to know, and of those that are back. */
export async function noticeSilence(
  { pool, changed }: Noticing,
  { hasListened }: { hasListened: boolean },
): Promise<void> {
  const told = await inTransaction(pool, async (client) => {
    const turned = await turnSilent(client, hasListened)
    for (const { id, silent } of turned) {
      await recordWorkerEvent(client, silent ? 'worker.silent' : 'worker.back', id, silent ? SILENT : null)
    }
    return turned.length
  })
  if (told > 0) changed()
}

const SILENT = `It has not been heard of for ${FRESH_MS / 1_000} s.`

/** Those that are being written to at this moment are for the next look. */
function turnSilent(client: PoolClient, hasListened: boolean): Promise<{ id: string; silent: boolean }[]> {
  return query(
    client,
    'turn-silent',
    `UPDATE workers SET silent = NOT silent WHERE id IN (
       SELECT id FROM workers
       WHERE silent = (last_seen_at > now() - $1 * interval '1 ms') AND (silent OR $2)
       ORDER BY id FOR NO KEY UPDATE SKIP LOCKED)
     RETURNING id, silent`,
    [FRESH_MS, hasListened],
  )
}
