// What workers say of themselves and their GPUs, second by second: the latest samples are kept in memory, what they add
// up to is kept in roll-ups, and that a worker lives is written down from time to time.
import { query } from '@constellation/platform/database/database.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { type GpuProcess, type GpuSample, type Telemetry, telemetry } from '@constellation/platform/events/telemetry.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { decode, type NatsLink } from '@constellation/platform/nats/nats.ts'
import type { Pool } from 'pg'
import type { Rollups } from '../rollups/keep.ts'
import { type Reading, readingOf } from '../rollups/roll-up.ts'
import { processesOn, type Users, usersOf } from './users.ts'

/** A worker or a sample older than this counts as gone, in milliseconds. */
export const FRESH_MS = 30_000
/** How often signs of life are written down, in milliseconds. */
const WRITE_MS = 2_000
/** Of the processes that name it, one counts each message. */
const COUNTING = { queue: 'gpus-rollups' }

/** What is known of the last half minute. */
export interface LastSeen {
  /** The last sample of a worker's GPU, unless it is stale. */
  sample(workerId: string, gpuId: string): GpuSample | null
  /** What uses a worker's GPU, as it told last, unless that is stale. */
  processes(workerId: string, gpuId: string): GpuProcess[] | null
}

/** A worker's last message. */
interface Heard {
  receivedAt: number
  bytes: Uint8Array
  users: Users | null
  readings: ReadonlyMap<string, Reading>
  /** The readings of the message before. */
  before: ReadonlyMap<string, Reading> | undefined
}

/** Listens to every worker until stopped. */
export function watchTelemetry(options: {
  nats: NatsLink
  pool: Pool
  rollups: Pick<Rollups, 'count'>
  log: Logger
}): LastSeen & { stop(): Promise<void> } {
  const { nats, pool, rollups, log } = options
  // What each worker said last and no more, so that memory is bounded by how many there are.
  const last = new Map<string, Heard>()
  const signs = writeSignsOfLife(pool, log)

  const stopListening = nats.subscribe(SUBJECTS.allTelemetry, ({ subject, data }) => {
    const decoded = decode(telemetry, data)
    const speaker = speakerOf(subject)
    if ('fault' in decoded || decoded.value.workerId !== speaker) {
      const fault = 'fault' in decoded ? decoded.fault : 'it names another worker'
      return log.warn({ subject, fault }, 'telemetry was left out')
    }
    signs.note(speaker)
    last.set(speaker, hear(decoded.value, data, last.get(speaker)))
  })
  // Every process hears everything by the first, and so knows what came before what it is given to count by the second.
  const stopCounting = nats.subscribe(
    SUBJECTS.allTelemetry,
    ({ subject, data }) => {
      const speaker = speakerOf(subject)
      const heard = last.get(speaker)
      // NATS delivers a message here right after it was heard above; what was refused there does not count.
      if (heard && Buffer.compare(heard.bytes, data) === 0)
        rollups.count(speaker, heard.readings.values(), heard.before)
    },
    COUNTING,
  )
  const forgetting = setInterval(() => {
    for (const [id, { receivedAt }] of last) if (receivedAt < Date.now() - FRESH_MS) last.delete(id)
  }, FRESH_MS)

  const fresh = (workerId: string) => {
    const heard = last.get(workerId)
    return heard && heard.receivedAt >= Date.now() - FRESH_MS ? heard : null
  }
  return {
    sample: (workerId, gpuId) => fresh(workerId)?.readings.get(gpuId)?.sample ?? null,
    processes: (workerId, gpuId) => processesOn(fresh(workerId)?.users ?? null, gpuId),
    async stop() {
      clearInterval(forgetting)
      stopListening()
      stopCounting()
      await signs.stop()
    },
  }
}

/** The subject says who speaks, as NATS lets a worker publish on its own alone. */
function speakerOf(subject: string): string {
  return subject.split('.')[1] ?? ''
}

function hear(said: Telemetry, bytes: Uint8Array, previous: Heard | undefined): Heard {
  const receivedAt = Date.now()
  const readings = new Map(said.samples.map((sample) => [sample.gpuId, readingOf(sample, receivedAt)]))
  return { receivedAt, bytes, readings, users: usersOf(said, receivedAt, previous?.users), before: previous?.readings }
}

/** Writes down that workers live. */
function writeSignsOfLife(pool: Pool, log: Logger) {
  const seen = new Set<string>()
  let writing: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    if (seen.size === 0) return
    const ids = [...seen]
    seen.clear()
    writing = query(pool, 'workers-seen', 'UPDATE workers SET last_seen_at = now() WHERE id = ANY($1)', [ids]).then(
      () => undefined,
      (error: unknown) => log.warn({ err: error }, 'signs of life could not be written down'),
    )
  }, WRITE_MS)
  return {
    note: (workerId: string) => void seen.add(workerId),
    async stop() {
      clearInterval(timer)
      await writing
    },
  }
}
