// Records on their way to NATS. While it is away they wait, within bounds: changes before refusals.
import type { AuditRecord } from '@constellation/platform/events/audit-record.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import type { Logger } from '@constellation/platform/log.ts'
import type { NatsLink } from '@constellation/platform/nats/nats.ts'
import { publishBatch } from '@constellation/platform/nats/publish-batch.ts'
import { openSpool } from './spool.ts'
import { createWaiting, toUnsent } from './waiting.ts'

const BATCH = 100
const PUBLISH_LIMIT_MS = 2_000
const RETRY_MS = 1_000
/** How long the end waits for what has not been sent, in milliseconds. */
const LAST_LIMIT_MS = 2_000

export interface Outbound {
  put(record: AuditRecord): void
  /** Sends what it can in a moment, and nothing after that. The rest stays in the file. */
  stop(): Promise<void>
}

/**
 * Sends each record at least once, in order, those first that an earlier process left in `file`. What cannot be kept
 * meanwhile is counted in the log. Without a file what waits ends with the process.
 * @throws Error where the file cannot be read or written
 */
export async function startOutbound(nats: NatsLink, log: Logger, file?: string): Promise<Outbound> {
  const waiting = createWaiting((dropped) => log.error({ dropped }, 'the audit log has lost records: NATS is away'))
  const spool = file === undefined ? undefined : await openSpool(file, waiting, log)
  const stopping = Promise.withResolvers<void>()
  let stopped = false
  let sending: Promise<void> | undefined
  let failing = false

  async function sendAll(): Promise<void> {
    while (waiting.size() > 0 && !stopped) {
      try {
        await sendSome()
        failing = false
      } catch (error) {
        if (!failing) log.warn({ err: error }, 'records of the audit log wait to be sent')
        failing = true
        await pause(stopping.promise)
      }
    }
  }

  async function sendSome(): Promise<void> {
    const connection = await Promise.race([nats.connection, stopping.promise])
    if (!connection) return
    const records = waiting.first(BATCH)
    const messages = records.map(({ id, text }) => ({ subject: SUBJECTS.audit, id, text }))
    await publishBatch(connection, messages, PUBLISH_LIMIT_MS)
    waiting.remove(records)
    spool?.sent()
  }

  function wake(): void {
    sending ??= sendAll().finally(() => {
      sending = undefined
    })
  }

  wake()
  return {
    put(record) {
      if (stopped) return
      const unsent = toUnsent(record)
      waiting.put(unsent)
      spool?.put(unsent)
      wake()
    },
    async stop() {
      const cut = setTimeout(() => stopping.resolve(), LAST_LIMIT_MS)
      await Promise.race([sending, stopping.promise])
      clearTimeout(cut)
      stopped = true
      stopping.resolve()
      await sending
      await spool?.close()
    },
  }
}

function pause(sooner: Promise<void>): Promise<void> {
  const over = Promise.withResolvers<void>()
  const timer = setTimeout(over.resolve, RETRY_MS)
  return Promise.race([over.promise, sooner]).finally(() => clearTimeout(timer))
}
