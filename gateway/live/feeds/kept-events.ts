// What JetStream keeps of the events, from a place in the stream on.
import { randomUUID } from 'node:crypto'
import { ConstellationError } from '@constellation/platform/errors.ts'
import { STREAMS } from '@constellation/platform/events/subjects.ts'
import { ensureStreams } from '@constellation/platform/nats/nats.ts'
import {
  AckPolicy,
  type Consumer,
  type ConsumerMessages,
  DeliverPolicy,
  JetStreamApiError,
  type JetStreamManager,
  type JsMsg,
  jetstream,
  jetstreamManager,
  type StreamInfo,
} from '@nats-io/jetstream'
import { type NatsConnection, nanos } from '@nats-io/nats-core'
import type { Place } from './place.ts'

const STREAM = STREAMS.EVENTS.name
/** JetStream's error where there is no such stream. */
const STREAM_NOT_FOUND = 10_059
/** Events that are asked for at a time. */
const PAGE = 256
/** Events that JetStream may send ahead to who follows it live. */
const READ_AHEAD = 1_000
/** How long a page may take, in milliseconds. */
const PAGE_LIMIT_MS = 5_000
/** How long JetStream may take to answer, in milliseconds. */
const ANSWER_LIMIT_MS = 1_000
/** After this long without a question JetStream forgets a reader, in milliseconds. */
const READER_KEPT_MS = 60_000

const OPTIONS = { checkAPI: false, timeout: ANSWER_LIMIT_MS }

/** Where reading begins, and whether something between that and the place asked for is lost. */
export interface Kept {
  place: Place
  hasGap: boolean
}

/** What happens from now on, or, where it is kept, from behind `last` on. Makes the stream where it is missing. */
export async function openFrom(
  connection: NatsConnection,
  last: Place | undefined,
): Promise<Kept & { messages: ConsumerMessages }> {
  const manager = await jetstreamManager(connection, OPTIONS)
  const kept = startOf(await streamInfo(connection, manager), last)
  const consumer = await jetstream(connection, OPTIONS).consumers.get(STREAM, {
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: kept.place.seq + 1,
  })
  return { ...kept, messages: await consumer.consume({ max_messages: READ_AHEAD }) }
}

async function streamInfo(connection: NatsConnection, manager: JetStreamManager): Promise<StreamInfo> {
  try {
    return await manager.streams.info(STREAM)
  } catch (error) {
    if (!(error instanceof JetStreamApiError) || error.code !== STREAM_NOT_FOUND) throw error
    await ensureStreams(connection)
    return await manager.streams.info(STREAM)
  }
}

function startOf(info: StreamInfo, last: Place | undefined): Kept {
  const end = { stream: nameOf(info), seq: info.state.last_seq }
  if (!last) return { place: end, hasGap: false }
  return keepsAllAfter(info, last) ? { place: last, hasGap: false } : { place: end, hasGap: true }
}

/** A stream that was made at another time is another one. */
function nameOf({ created }: Pick<StreamInfo, 'created'>): string {
  return Date.parse(created).toString(36)
}

/** True where nothing is lost of what came after the place. */
function keepsAllAfter(info: Pick<StreamInfo, 'created' | 'state'>, { stream, seq }: Place): boolean {
  const { first_seq: first, last_seq: last } = info.state
  // A server that lost the newest events with its disk gives their numbers anew.
  return stream === nameOf(info) && seq + 1 >= first && seq <= last
}

interface KeptEvent {
  data: Uint8Array
  subject: string
  place: Place
}

/** What was missed, to be read at the reader's own pace. */
export interface Missed {
  /**
   * The next event, or undefined behind the last that there was when it was read.
   * @throws ConstellationError UNAVAILABLE where it cannot be read on
   */
  next(): Promise<KeptEvent | undefined>
}

/** @throws ConstellationError GONE where events after the place are kept no longer, UNAVAILABLE where JetStream does not answer */
export async function readMissed(connection: NatsConnection, subject: string, after: Place): Promise<Missed> {
  const manager = await jetstreamManager(connection, OPTIONS)
  const info = await answered(() => streamInfo(connection, manager))
  if (!keepsAllAfter(info, after)) {
    throw new ConstellationError('GONE', 'What came after it is kept no longer. Read anew, and subscribe without it.')
  }
  const consumer = await answered(async () => {
    const { name } = await manager.consumers.add(STREAM, {
      // With a name, so that the gateway's permissions can tell it from the consumers of the services.
      name: `gateway-${randomUUID()}`,
      filter_subject: subject,
      ack_policy: AckPolicy.None,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: after.seq + 1,
      mem_storage: true,
      inactive_threshold: nanos(READER_KEPT_MS),
    })
    return await jetstream(connection, OPTIONS).consumers.get(STREAM, name)
  })
  return readPages(consumer, after.stream)
}

function readPages(consumer: Consumer, stream: string): Missed {
  let page: JsMsg[] = []
  let pending: number | undefined
  let read = 0

  async function readPage(): Promise<void> {
    pending ??= (await consumer.info()).num_pending
    if (pending === 0) return
    const messages = await consumer.fetch({ max_messages: Math.min(PAGE, pending), expires: PAGE_LIMIT_MS })
    for await (const message of messages) {
      read += 1
      // Lost with a connection: JetStream would not send it again.
      if (message.info.deliverySequence !== read) throw new Error('An event was lost on its way.')
      page.push(message)
    }
    if (page.length === 0) throw new Error('JetStream sent nothing.')
    pending = page.at(-1)?.info.pending ?? 0
  }

  return {
    async next() {
      if (page.length === 0) await answered(readPage)
      const message = page.shift()
      if (message) return { subject: message.subject, data: message.data, place: { stream, seq: message.seq } }
      page = []
      await consumer.delete().catch(() => false)
      return undefined
    },
  }
}

/** @throws ConstellationError UNAVAILABLE in place of what NATS may throw */
async function answered<Value>(ask: () => Promise<Value>): Promise<Value> {
  try {
    return await ask()
  } catch (cause) {
    throw new ConstellationError('UNAVAILABLE', 'What was missed cannot be read now. Try again.', { cause })
  }
}
