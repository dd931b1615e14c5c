// Which accounts may not start anything: heard from the usage service, which says all of it every few seconds. While it is
// silent, what it said last holds, at most to the end of the month.
import { budgetHolds } from '@constellation/platform/events/budgets.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { decode, type NatsLink } from '@constellation/platform/nats/nats.ts'
import type { Pool } from 'pg'
import type { Announce } from '../announce.ts'
import { keepHolds } from '../sql/budget-holds.ts'

/** Hears of budgets until stopped, one process for all. Workers are woken where an account may go on. */
export function startHearingBudgets(options: { pool: Pool; nats: NatsLink; log: Logger; announce: Announce }) {
  const { pool, nats, log, announce } = options
  let hearing = Promise.resolve()

  async function hear(data: Uint8Array): Promise<void> {
    const decoded = decode(budgetHolds, data)
    if ('fault' in decoded) return log.error({ fault: decoded.fault }, 'the state of budgets could not be read')
    try {
      if (await keepHolds(pool, decoded.value)) announce.queueGrew()
    } catch (error) {
      log.warn({ err: error }, 'the state of budgets could not be kept; it comes again')
    }
  }

  const unsubscribe = nats.subscribe(
    SUBJECTS.budgetHolds,
    (message) => {
      hearing = hearing.then(() => hear(message.data))
    },
    { queue: 'jobs' },
  )
  return {
    async stop() {
      unsubscribe()
      await hearing
    },
  }
}
