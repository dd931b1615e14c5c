// What goes over NATS: how many messages of each kind, and how old events are when they come.
import { jobEvent } from '@constellation/platform/events/job-event.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { decode } from '@constellation/platform/nats/nats.ts'
import type { NatsConnection } from '@nats-io/nats-core'

export interface Heard {
  /** By the first word of their subjects. */
  messages: Record<string, number>
  bytes: number
  seconds: number
}

/** Everything for so long, and no longer, as hearing it costs NATS as much as saying it. */
export async function hearAll(nats: NatsConnection, seconds: number): Promise<Heard> {
  const messages: Record<string, number> = {}
  let bytes = 0
  const began = performance.now()
  const all = nats.subscribe('>', {
    callback: (_, { subject, data }) => {
      const kind = subject.startsWith('wake.') ? 'wake' : (subject.split('.')[0] ?? '')
      messages[kind] = (messages[kind] ?? 0) + 1
      bytes += data.length
    },
  })
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000))
  all.unsubscribe()
  return { messages, bytes, seconds: (performance.now() - began) / 1_000 }
}

/** How old events of jobs are when they come, in milliseconds, until `take` is called for those since the last time. */
export function watchLag(nats: NatsConnection): { take(): number[] } {
  let lags: number[] = []
  nats.subscribe(SUBJECTS.allJobEvents, {
    callback: (_, { data }) => {
      const event = decode(jobEvent, data)
      if ('value' in event) lags.push(Date.now() - Date.parse(event.value.ts))
    },
  })
  return {
    take() {
      const taken = lags
      lags = []
      return taken
    },
  }
}
