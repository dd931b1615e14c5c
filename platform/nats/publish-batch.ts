// Publishes many messages to JetStream at once. The client's own `publish` makes a request of each, with a timer and
// two errors prepared for the case that it fails: for thousands a second that is most of a relay's time.
import { headers, type NatsConnection } from '@nats-io/transport-node'
import * as v from 'valibot'
import { inboxOf } from './nats.ts'

export interface BatchMessage {
  subject: string
  /** JetStream keeps one message of an id. */
  id: string
  text: string
  /** What whoever handles it follows from. */
  traceparent?: string | undefined
}

/** JetStream's answer to a message: https://docs.nats.io/reference/reference-protocols/nats_api_reference. */
const acknowledgement = v.union([
  v.object({ error: v.object({ description: v.string() }) }),
  v.object({ stream: v.string(), seq: v.number() }),
])

/**
 * Returns when JetStream has all of them, in their order. @throws Error where it refuses one, or has not said within
 * `limitMs` that it has them: some may be there then, so what comes again must have the same id.
 */
export async function publishBatch(
  nats: NatsConnection,
  messages: readonly BatchMessage[],
  limitMs: number,
): Promise<void> {
  if (messages.length === 0) return
  const done = Promise.withResolvers<void>()
  const inbox = inboxOf(nats)
  let missing = messages.length
  const answers = nats.subscribe(`${inbox}.*`, {
    callback(error, answer) {
      const fault = error?.message ?? faultOf(answer.data, answer.headers?.code)
      if (fault !== undefined) done.reject(new Error(`JetStream did not take a message: ${fault}`))
      missing -= 1
      if (missing === 0) done.resolve()
    },
  })
  const timer = setTimeout(() => {
    done.reject(new Error(`JetStream has not acknowledged ${missing} of ${messages.length} messages in ${limitMs} ms.`))
  }, limitMs)
  try {
    messages.forEach(({ subject, id, text, traceparent }, n) => {
      const head = headers()
      head.set('Nats-Msg-Id', id)
      if (traceparent !== undefined) head.set('traceparent', traceparent)
      nats.publish(subject, text, { headers: head, reply: `${inbox}.${n}` })
    })
    await done.promise
  } finally {
    clearTimeout(timer)
    answers.unsubscribe()
  }
}

const NO_RESPONDERS = 503

function faultOf(data: Uint8Array, status: number | undefined): string | undefined {
  if (status === NO_RESPONDERS) return 'no stream takes its subject'
  try {
    const answer = v.parse(acknowledgement, JSON.parse(new TextDecoder().decode(data)))
    return 'error' in answer ? answer.error.description : undefined
  } catch {
    return 'its answer could not be read'
  }
}
