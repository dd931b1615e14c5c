// The gateway's side of the audit log: who hears of changes and refusals, and makes records of them.
import { randomUUID } from 'node:crypto'
import type { AuditRecord } from '@constellation/platform/events/audit-record.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { linkNats, type StreamSettings } from '@constellation/platform/nats/nats.ts'
import { MERGE_PERIOD_MS, mergeRefusals, type Refusal } from './merge-refusals.ts'
import { startOutbound } from './outbound.ts'

/** Something that happened, before it is a record. */
export type Happening = Omit<AuditRecord, 'id' | 'at' | 'count'>

export interface Audit {
  /** Takes note of a change; of a refusal as `refuse` does. */
  note(happening: Happening): void
  /** Takes note of a refusal. The same again within a minute only counts. */
  refuse(refusal: Refusal): void
  stop(): Promise<void>
}

/**
 * Never holds anybody up: without NATS, records wait, in memory and in `file` where one is given.
 * @throws Error where the file cannot be read or written
 */
export async function startAudit(
  natsUrl: string,
  log: Logger,
  file?: string,
  settings?: StreamSettings,
): Promise<Audit> {
  const nats = linkNats(natsUrl, 'gateway audit', log, settings)
  const outbound = await startOutbound(nats, log, file)
  const put = (happening: Happening, count: number) =>
    outbound.put({ ...happening, id: randomUUID(), at: new Date().toISOString(), count })
  const merged = mergeRefusals((refusal, count) => put({ ...refusal, outcome: 'refused' }, count))
  const timer = setInterval(() => merged.flush(), MERGE_PERIOD_MS)
  return {
    note({ outcome, ...happening }) {
      if (outcome === 'refused') merged.add(happening)
      else put({ ...happening, outcome }, 1)
    },
    refuse: merged.add,
    async stop() {
      clearInterval(timer)
      merged.flush()
      await outbound.stop()
      await nats.close()
    },
  }
}
