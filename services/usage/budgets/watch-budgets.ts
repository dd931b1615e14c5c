// Budgets are looked at every few seconds, and whoever starts jobs is told which of them hold work back: all of them, again
// and again, so that a message that is lost costs a few seconds and nothing else.
import { query } from '@constellation/platform/database/database.ts'
import { type BudgetHolds, MOST_HOLDS } from '@constellation/platform/events/budgets.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import type { Logger } from '@constellation/platform/log.ts'
import type { NatsLink } from '@constellation/platform/nats/nats.ts'
import { regularly } from '@constellation/platform/regularly.ts'
import type { Pool } from 'pg'
import { checkBudgets } from './check.ts'

const CHECK_MS = 2_000
/** So that checks of very many budgets take a tenth of the time at most. */
const RESTS = 10

export interface BudgetWatch {
  /** To be called when a budget was saved or deleted: whoever starts jobs is told at once. */
  tell(): Promise<void>
  stop(): Promise<void>
}

/** Checks until stopped; of several processes one at a time. `changed` is told when events were written. */
export function watchBudgets(options: { pool: Pool; nats: NatsLink; log: Logger; changed: () => void }): BudgetWatch {
  const { pool, nats, log, changed } = options
  let restUntil = 0

  async function check(): Promise<void> {
    if (performance.now() < restUntil) return
    const began = performance.now()
    if ((await checkBudgets(pool, new Date(), CHECK_MS / 2)) > 0) changed()
    restUntil = performance.now() + RESTS * (performance.now() - began) - CHECK_MS
  }

  async function tell(): Promise<void> {
    const holds = await readHolds(pool)
    if (holds.holds.length === MOST_HOLDS) log.warn('so many budgets are used up that not all of them hold work back')
    nats.publish(SUBJECTS.budgetHolds, JSON.stringify(holds))
  }

  const checking = regularly(CHECK_MS, 'check budgets', log, async () => {
    await check()
    await tell()
  })
  return {
    async tell() {
      changed()
      await tell().catch((error: unknown) => log.warn({ err: error }, 'could not tell of budgets, trying again soon'))
    },
    stop: () => checking.stop(),
  }
}

/** In one snapshot, with the version that it has. */
export async function readHolds(pool: Pool): Promise<BudgetHolds> {
  const [row] = await query<{ version: string; holds: BudgetHolds['holds'] }>(
    pool,
    'read-holds',
    `SELECT holds_version AS version, coalesce((
       SELECT jsonb_agg(jsonb_build_object('budgetId', budget_id, 'account', account, 'unit', unit, 'amount', amount::text,
         'spent', spent::text, 'until', to_char(until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
       FROM (SELECT * FROM budget_holds ORDER BY account, unit LIMIT ${MOST_HOLDS}) h
     ), '[]') AS holds FROM budget_check`,
  )
  if (!row) throw new Error('The state of the budgets is not there.')
  return { version: Number(row.version), holds: row.holds }
}
