// Sends what webhooks are to be sent: each message at least once, again and again for a day, several at a time.
import type { Logger } from '@constellation/platform/log.ts'
import { regularly } from '@constellation/platform/regularly.ts'
import type { Pool } from 'pg'
import { unseal } from '../secrets/seal.ts'
import {
  countFailure,
  type DueDelivery,
  disableWebhook,
  forgetDeliveries,
  markDelivered,
  markFailed,
  releaseDelivery,
  takeDue,
} from '../sql/webhook-deliveries.ts'
import { endWebhooks } from '../sql/webhook-rights.ts'
import { attempt, type Outcome, type Sending } from './attempt.ts'
import { afterFailure } from './retrying.ts'
import { sealPlace } from './seal-place.ts'
import { signedHeaders } from './signature.ts'

/** The slow look behind the wake-ups, and for what is due again, in milliseconds. */
const POLL_MS = 1_000
/** Webhooks that are served at the same time, and messages of one that are. */
const WEBHOOKS_AT_ONCE = 16
const EACH = 4
/** How much longer than an attempt takes it is left to this process, in seconds. */
const LEASE_MARGIN_SECONDS = 30
const SWEEP_MS = 60_000
/** How long deliveries are shown after their end, in seconds, and how many are forgotten at a time. */
const KEPT_SECONDS = 7 * 86_400
const SWEPT_AT_ONCE = 5_000

interface Options {
  pool: Pool
  /** What the secrets of webhooks are encrypted with: 32 bytes. */
  secretsKey: Buffer
  sending: Omit<Sending, 'stopping'>
  log: Logger
}

interface Delivering {
  /** There is something to send. */
  wake(): void
  stop(): Promise<void>
}

/** Delivers until stopped. Several processes may do so at once: what one has taken the others leave alone. */
export function startDelivering(options: Options): Delivering {
  const { pool, log } = options
  const stopping = new AbortController()
  const sending = { ...options.sending, stopping: stopping.signal }
  const leaseSeconds = sending.timeoutMs / 1_000 + LEASE_MARGIN_SECONDS
  const busy = new Map<string, Promise<void>>()
  let looking: Promise<void> | undefined
  let wanted = false

  async function look(): Promise<void> {
    while (wanted && !stopping.signal.aborted) {
      wanted = false
      const free = WEBHOOKS_AT_ONCE - busy.size
      if (free <= 0) return // Whichever ends wakes.
      const due = await takeDue(pool, { busy: [...busy.keys()], webhooks: free, each: EACH, leaseSeconds })
      for (const [webhookId, deliveries] of Map.groupBy(due, (one) => one.webhookId)) serve(webhookId, deliveries)
    }
  }

  function serve(webhookId: string, deliveries: readonly DueDelivery[]): void {
    const served = Promise.all(deliveries.map((delivery) => deliver(delivery, { ...options, sending })))
      // What was taken comes again when its lease has ended.
      .catch((error) => log.warn({ err: error }, 'a delivery could not be recorded'))
      .then(() => {
        busy.delete(webhookId)
        wake()
      })
    busy.set(webhookId, served)
  }

  function wake(): void {
    wanted = true
    looking ??= look()
      .catch((error) => log.warn({ err: error }, 'could not look for what webhooks are to be sent'))
      .finally(() => {
        looking = undefined
      })
  }

  const poll = setInterval(wake, POLL_MS)
  const sweeping = regularly(SWEEP_MS, 'forget old deliveries', log, async () => {
    await endWebhooks(pool)
    await forgetDeliveries(pool, KEPT_SECONDS, SWEPT_AT_ONCE)
  })
  return {
    wake,
    async stop() {
      stopping.abort()
      clearInterval(poll)
      await sweeping.stop()
      await looking
      await Promise.all(busy.values())
    },
  }
}

/** One attempt, and what follows from it. No transaction is open meanwhile. */
async function deliver(
  delivery: DueDelivery,
  { pool, secretsKey, sending, log }: Options & { sending: Sending },
): Promise<void> {
  const secret = openSecret(secretsKey, delivery)
  if (secret === undefined) return noteFailure(pool, delivery, UNOPENED, log)
  const headers = signedHeaders(secret, delivery.id, new Date(), delivery.payload)
  const outcome = await attempt(delivery.url, headers, delivery.payload, sending)
  if (outcome.delivered) return markDelivered(pool, delivery, outcome.status ?? 0)
  // Cut short by us, and no fault of the receiver: whoever is there takes it at once.
  if (outcome.status === null && sending.stopping.aborted) return releaseDelivery(pool, delivery)
  await noteFailure(pool, delivery, outcome, log)
}

const UNOPENED: Outcome = {
  delivered: false,
  status: null,
  error: 'Its secret cannot be opened: it was sealed with another SECRETS_KEY. Save the webhook with a new one.',
}

function openSecret(key: Buffer, delivery: DueDelivery): string | undefined {
  try {
    return unseal(key, sealPlace(delivery), delivery.secret)
  } catch {
    return undefined // Without it nothing can be signed, and it would be taken again and again.
  }
}

async function noteFailure(pool: Pool, delivery: DueDelivery, { status, error }: Outcome, log: Logger): Promise<void> {
  const counted = await countFailure(pool, delivery.webhookId)
  // It was deleted meanwhile, and its deliveries with it.
  if (!counted) return
  const why = error ?? 'It failed.'
  const { attempts, ageSeconds } = delivery
  const { retryInSeconds, whyDisabled } = afterFailure(
    { status, error: why, attempts, ageSeconds, ...counted },
    Math.random(),
  )
  await markFailed(pool, { id: delivery.id, status, error: why, retryInSeconds })
  if (whyDisabled === null) return
  await disableWebhook(pool, delivery.webhookId, whyDisabled)
  log.warn({ webhookId: delivery.webhookId, why: whyDisabled }, 'a webhook is disabled')
}
