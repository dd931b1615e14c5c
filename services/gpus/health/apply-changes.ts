// Writes down what reports change, the events with it.
import { query } from '@constellation/platform/database/database.ts'
import type { PoolClient } from 'pg'
import { clearFaults, clearStanding, type NewFault, noteFaults, raiseFaults } from '../sql/faults.ts'
import { recordGpuEvents } from '../sql/record-events.ts'
import type { Changes, Raised } from './assess.ts'
import { settle } from './settle.ts'

/** A report of a GPU whose row is locked, and what it changes. */
export interface Assessed {
  gpuId: string
  runId: string | null
  changes: Changes
}

/** True where there were news to tell. */
export async function applyChanges(client: PoolClient, assessed: readonly Assessed[]): Promise<boolean> {
  await raiseFaults(
    client,
    assessed.flatMap((each) => each.changes.raise.map((fault) => faultOf(each, fault))),
  )
  const noted = await noteFaults(
    client,
    assessed.flatMap((each) => each.changes.note.map((fault) => faultOf(each, fault))),
  )
  await clearFaults(
    client,
    assessed.flatMap(({ changes }) => changes.clear),
  )
  const reset = await clearXids(client, assessed)
  await keepHeard(client, assessed)
  const news = await settle(
    client,
    assessed.map((each) => newsOf(each, noted, reset)),
  )
  await recordGpuEvents(client, news)
  return news.length > 0
}

function faultOf({ gpuId, runId }: Assessed, { isNew: _, ...fault }: Raised): NewFault {
  return { gpuId, runId, ...fault }
}

/** Returns the GPUs whose XIDs were cleared. */
async function clearXids(client: PoolClient, assessed: readonly Assessed[]): Promise<string[]> {
  const wells = Map.groupBy(assessed, ({ changes }) => changes.clearXids)
  const cleared: string[] = []
  for (const [by, all] of wells) {
    const ids = all.map(({ gpuId }) => gpuId)
    if (by !== null) cleared.push(...(await clearStanding(client, ids, 'xid', by)))
  }
  return cleared
}

/** What has something new to say of a GPU ends the time in which it was well. */
async function keepHeard(client: PoolClient, assessed: readonly Assessed[]): Promise<void> {
  const rows = assessed.flatMap(({ gpuId, changes: { heard, raise, note } }) => {
    const hasXids = [...raise, ...note].some(({ kind }) => kind === 'xid')
    const isWorse = raise.length > 0
    return hasXids || isWorse ? [{ id: gpuId, heard, isWorse }] : []
  })
  if (rows.length === 0) return
  await query(
    client,
    'keep-heard',
    `UPDATE gpus g SET heard_xids = h.heard, well_since = CASE WHEN h."isWorse" THEN NULL ELSE g.well_since END
     FROM jsonb_to_recordset($1) AS h (id uuid, heard jsonb, "isWorse" boolean) WHERE g.id = h.id`,
    [JSON.stringify(rows)],
  )
}

function newsOf({ gpuId, changes }: Assessed, noted: readonly NewFault[], reset: readonly string[]) {
  const { raise, clear, clearXids } = changes
  return {
    gpuId,
    opened: raise.filter(({ isNew }) => isNew).map(({ message }) => message),
    noted: noted.filter((fault) => fault.gpuId === gpuId).map(({ message }) => message),
    cleared: [...clear.map(({ by }) => by), ...(clearXids !== null && reset.includes(gpuId) ? [clearXids] : [])],
  }
}
