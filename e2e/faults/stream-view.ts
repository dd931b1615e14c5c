// A subscriber of the stream of events, which goes on from the last that it saw, whatever happens to NATS.
import { setTimeout as delay } from 'node:timers/promises'
import { STREAMS, SUBJECTS } from '@constellation/platform/events/subjects.ts'
import type { NatsLink } from '@constellation/platform/nats/nats.ts'
import { type ConsumerMessages, DeliverPolicy, jetstream } from '@nats-io/jetstream'
import * as v from 'valibot'
import type { View } from './history.ts'

const event = v.object({ id: v.string(), job: v.object({ id: v.string(), version: v.number() }) })
const RETRY_MS = 200

export interface StreamView {
  /** What was seen of these jobs so far. */
  of(jobIds: readonly string[]): View
  stop(): Promise<void>
}

/** Reads the stream from its beginning. */
export function openStreamView(nats: NatsLink): StreamView {
  const seen: View['seen'][number][] = []
  let sequence = 0
  let stopped = false
  let messages: ConsumerMessages | undefined

  const follow = async () => {
    const stream = jetstream(await nats.connection)
    const consumer = await stream.consumers.get(STREAMS.EVENTS.name, {
      filter_subjects: SUBJECTS.allJobEvents,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: sequence + 1,
    })
    messages = await consumer.consume({ abort_on_missing_resource: true })
    for await (const message of messages) {
      sequence = message.seq
      const { id, job } = v.parse(event, message.json())
      seen.push({ jobId: job.id, version: job.version, eventId: id })
    }
  }
  const running = (async () => {
    while (!stopped) {
      await follow().catch(() => undefined)
      if (!stopped) await delay(RETRY_MS)
    }
  })()

  return {
    of(jobIds) {
      const wanted = new Set(jobIds)
      const own = seen.filter(({ jobId }) => wanted.has(jobId))
      return { subscriber: 'the stream', kind: 'stream', jobIds, seen: own, interrupted: false }
    },
    async stop() {
      stopped = true
      await messages?.close()
      await running
    },
  }
}
