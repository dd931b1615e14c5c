// What workers say of themselves and their GPUs, second by second: the latest samples are kept in memory,
// and that a worker lives is written down from time to time.
import { query } from '@constellation/platform/database.ts'
import { type GpuSample, SUBJECTS, telemetry } from '@constellation/platform/events.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { decode, type NatsLink } from '@constellation/platform/nats.ts'
import type { Pool } from 'pg'

/** A worker or a sample older than this counts as gone, in milliseconds. */
export const FRESH_MS = 30_000
/** How often signs of life are written down, in milliseconds. */
const WRITE_MS = 2_000

/** What is known of the last half minute. */
export interface LastSeen {
  /** The last sample of a worker's GPU, unless it is stale. */
  sample(workerId: string, gpuId: string): GpuSample | null
}

/** Listens to every worker until stopped. */
export function watchTelemetry(options: {
  nats: NatsLink
  pool: Pool
  log: Logger
}): LastSeen & { stop(): Promise<void> } {
  const { nats, pool, log } = options
  // What each worker said last and no more, so that memory is bounded by how many there are.
  const last = new Map<string, { receivedAt: number; samples: readonly GpuSample[] }>()
  const seen = new Set<string>()
  let writing: Promise<void> = Promise.resolve()

  const unsubscribe = nats.subscribe(SUBJECTS.allTelemetry, (message) => {
    const decoded = decode(telemetry, message.data)
    // The subject says who speaks, as NATS lets a worker publish on its own alone.
    const speaker = message.subject.split('.')[1]
    if ('fault' in decoded || decoded.value.workerId !== speaker) {
      log.warn(
        { subject: message.subject, fault: 'fault' in decoded ? decoded.fault : 'it names another worker' },
        'telemetry was left out',
      )
      return
    }
    seen.add(speaker)
    last.set(speaker, { receivedAt: Date.now(), samples: decoded.value.samples })
  })
  const timer = setInterval(() => {
    for (const [id, { receivedAt }] of last) if (receivedAt < Date.now() - FRESH_MS) last.delete(id)
    if (seen.size === 0) return
    const ids = [...seen]
    seen.clear()
    writing = query(pool, 'workers-seen', 'UPDATE workers SET last_seen_at = now() WHERE id = ANY($1)', [ids]).then(
      () => undefined,
      (error: unknown) => log.warn({ err: error }, 'signs of life could not be written down'),
    )
  }, WRITE_MS)

  return {
    sample(workerId, gpuId) {
      const said = last.get(workerId)
      if (!said || said.receivedAt < Date.now() - FRESH_MS) return null
      return said.samples.find((sample) => sample.gpuId === gpuId) ?? null
    },
    async stop() {
      clearInterval(timer)
      unsubscribe()
      await writing
    },
  }
}
