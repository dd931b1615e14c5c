// From the events of budgets to what each webhook is to be sent: of thresholds that were crossed, to those who name that.

import { type BudgetEvent, budgetEvent } from '@constellation/platform/events/budgets.ts'
import { STREAMS, SUBJECTS } from '@constellation/platform/events/subjects.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { readable, startConsumer } from '@constellation/platform/nats/consume.ts'
import type { NatsLink } from '@constellation/platform/nats/nats.ts'
import type { components } from '@constellation/schema/generated/openapi.ts'
import type { Pool } from 'pg'
import { storeDeliveries } from '../sql/webhook-deliveries.ts'

export const BUDGET_CROSSED = 'budget.crossed'

type Message = components['schemas']['BudgetEvent']

interface Options {
  pool: Pool
  nats: NatsLink
  log: Logger
  /** There is something to send. */
  onStored(): void
}

/** Notes events until stopped. Of several processes each takes some of them. */
export function startNotingBudgets({ pool, nats, log, onStored }: Options): { stop(): Promise<void> } {
  return startConsumer({
    nats,
    log,
    stream: STREAMS.EVENTS.name,
    durable: 'jobs-webhooks-budgets',
    subject: SUBJECTS.allBudgetEvents,
    handle: async (messages) => {
      if ((await noteBudgets(pool, readable(messages, budgetEvent, log))) > 0) onStored()
    },
  })
}

/** Stores what webhooks are to be sent of these events; those that come again change nothing. Returns how much is new. */
export async function noteBudgets(pool: Pool, events: readonly BudgetEvent[]): Promise<number> {
  const hooked = events.flatMap((event) => {
    const message = toMessage(event)
    if (!message) return []
    const { id, type, ts, account } = event
    return [{ id, type, ts, account, submittedBy: null, payload: JSON.stringify(message) }]
  })
  return hooked.length > 0 ? storeDeliveries(pool, hooked) : 0
}

/** In the words of REST; undefined for what webhooks do not hear of. */
function toMessage({ type, ts, budgetId, account, unit, amount, month, threshold, spent }: BudgetEvent) {
  if (type !== BUDGET_CROSSED || month == null || threshold == null || spent == null) return undefined
  const budget = { id: budgetId, account, unit, amount, month, threshold, spent }
  return { type, timestamp: ts, data: { budget } } satisfies Message
}
