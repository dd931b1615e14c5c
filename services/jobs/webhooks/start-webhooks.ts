// The webhooks at work: what happens is noted for each of them, and sent.
import type { Logger } from '@constellation/platform/log.ts'
import type { NatsLink } from '@constellation/platform/nats/nats.ts'
import type { Pool } from 'pg'
import { startDelivering } from './deliver.ts'
import { startNotingBudgets } from './note-budgets.ts'
import { startNoting } from './note-events.ts'

/** After so long a receiver that has not answered has failed, in milliseconds. */
const TIMEOUT_MS = 15_000

interface Options {
  pool: Pool
  nats: NatsLink
  log: Logger
  secretsKey: Buffer
  webhooksMayBePrivate: boolean
}

/** Serves webhooks until stopped. Several processes may do so at once. */
export function startWebhooks({ pool, nats, log, secretsKey, webhooksMayBePrivate }: Options): {
  stop(): Promise<void>
} {
  const sending = { timeoutMs: TIMEOUT_MS, allowPrivate: webhooksMayBePrivate }
  const delivering = startDelivering({ pool, secretsKey, sending, log })
  const noting = startNoting({ pool, nats, log, onStored: delivering.wake })
  const budgets = startNotingBudgets({ pool, nats, log, onStored: delivering.wake })
  return {
    async stop() {
      await Promise.all([noting.stop(), budgets.stop()])
      await delivering.stop()
    },
  }
}
