// Which GPUs there are, and whose: heard from the events of the gpus service, and kept for the claim, which
// believes no worker about it.
import { startConsumer } from '@constellation/platform/consume.ts'
import { query } from '@constellation/platform/database.ts'
import { type GpuEvent, gpuEvent, STREAMS, SUBJECTS } from '@constellation/platform/events.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { decode, type NatsLink } from '@constellation/platform/nats.ts'
import type { Pool } from 'pg'
import type { Announce } from './announce.ts'

/** Reads the events of GPUs until stopped. Workers are woken, as what they have may be claimable now. */
export function startLearning(options: { pool: Pool; nats: NatsLink; log: Logger; announce: Announce }) {
  const { pool, nats, log, announce } = options
  return startConsumer({
    nats,
    log,
    stream: STREAMS.EVENTS.name,
    durable: 'jobs-gpus',
    subject: SUBJECTS.allGpuEvents,
    async handle(messages) {
      const events = messages.flatMap((message) => {
        const decoded = decode(gpuEvent, message.data)
        if ('value' in decoded) return [decoded.value]
        // What is no event now will be none when it comes again.
        log.error({ subject: message.subject, fault: decoded.fault }, 'an event of a GPU could not be read')
        return []
      })
      await learnGpus(pool, events)
      announce.queueGrew()
    },
  })
}

/** Keeps what the events tell, unless something newer is known. */
export async function learnGpus(pool: Pool, events: readonly GpuEvent[]): Promise<void> {
  const latest = new Map(events.map((event) => [event.gpu.id, event]))
  const rows = [...latest.values()].map(({ id, type, gpu }) => ({
    ...gpu,
    present: type === 'gpu.registered',
    heard: Number(id.replace(/^gpus-/, '')),
  }))
  await query(
    pool,
    'learn-gpus',
    `INSERT INTO known_gpus AS k (gpu_id, gpu_uuid, model, memory_mb, simulated, worker_id, present, heard)
     SELECT id, uuid, name, "totalMemoryMb", simulated, "workerId", present, heard
     FROM jsonb_to_recordset($1) AS g (id uuid, uuid text, name text, "totalMemoryMb" integer, simulated boolean,
                                       "workerId" text, present boolean, heard bigint)
     ORDER BY id
     ON CONFLICT (gpu_id) DO UPDATE SET gpu_uuid = excluded.gpu_uuid, model = excluded.model,
       memory_mb = excluded.memory_mb, simulated = excluded.simulated, worker_id = excluded.worker_id,
       present = excluded.present, heard = excluded.heard
     WHERE k.heard < excluded.heard`,
    [JSON.stringify(rows)],
  )
}
