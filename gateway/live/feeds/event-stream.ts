// The stream of events as JetStream keeps it: followed live by one reader for all who listen, and read again from any
// place. The number that JetStream gave to an event comes with it, so that a client can say how far it has come.
import { setTimeout as delay } from 'node:timers/promises'
import { ConstellationError } from '@constellation/platform/errors.ts'
import type { Logger } from '@constellation/platform/log.ts'
import type { ConsumerMessages } from '@nats-io/jetstream'
import { type Kept, type Missed, openFrom, readMissed } from './kept-events.ts'
import type { Listening, NatsLink } from './nats-link.ts'
import type { Place } from './place.ts'

export interface EventStream {
  /** `subject` is that of one thing's events, or ends in `*`. */
  subscribe(subject: string, onMessage: OnMessage): Listening
  /** Where it is: whoever listens hears all that comes behind. Undefined until the stream was reached. */
  place(): Place | undefined
  /** Calls back where events may have been missed that can be had no more. Returns how to stop that. */
  onGap(listener: () => void): () => void
  /**
   * What came after a place.
   * @throws ConstellationError GONE where that is kept no longer, UNAVAILABLE where the stream cannot be reached
   */
  read(subject: string, after: Place): Promise<Missed>
  /** How many subjects are listened to. */
  subscriptions(): number
}

type OnMessage = (data: Uint8Array, place: Place) => void

/** Who listens waits no longer than this for NATS, in milliseconds. */
const READY_LIMIT_MS = 1_000
const RETRY_MS = 500

/** The stream, which is followed while somebody listens. */
export function createEventStream(link: NatsLink, log: Logger): EventStream {
  const wishes = new Map<string, Set<OnMessage>>()
  const gapListeners = new Set<() => void>()
  let following: Following | undefined

  function pass(subject: string, data: Uint8Array, place: Place): void {
    for (const wanted of [subject, allLike(subject)]) {
      for (const onMessage of wishes.get(wanted) ?? []) onMessage(data, place)
    }
  }
  const tellOfGap = () => {
    for (const listener of [...gapListeners]) listener()
  }

  return {
    subscribe(subject, onMessage) {
      const listeners = wishes.get(subject) ?? new Set<OnMessage>()
      wishes.set(subject, listeners.add(onMessage))
      following ??= follow(link, log, { pass, tellOfGap })
      return {
        ready: following.ready(),
        stop() {
          listeners.delete(onMessage)
          if (listeners.size === 0 && wishes.get(subject) === listeners) wishes.delete(subject)
          if (wishes.size > 0) return
          following?.stop()
          following = undefined
        },
      }
    },
    place: () => following?.place(),
    onGap(listener) {
      gapListeners.add(listener)
      return () => gapListeners.delete(listener)
    },
    async read(subject, after) {
      const connection = await Promise.race([link.connection, delay(READY_LIMIT_MS, undefined, { ref: false })])
      if (!connection) throw new ConstellationError('UNAVAILABLE', 'What was missed cannot be read now. Try again.')
      return await readMissed(connection, subject, after)
    },
    subscriptions: () => wishes.size,
  }
}

/** `events.jobs.*` for the events of one job. */
function allLike(subject: string): string {
  return `${subject.slice(0, subject.lastIndexOf('.'))}.*`
}

interface Following {
  /** Resolves when it is followed, or NATS is away: then `tellOfGap` comes when it is not any more. */
  ready(): Promise<void>
  place(): Place | undefined
  stop(): void
}

interface Told {
  pass(subject: string, data: Uint8Array, place: Place): void
  tellOfGap(): void
}

/** Follows the stream from its end on until it is stopped, over lost connections too. */
function follow(link: NatsLink, log: Logger, { pass, tellOfGap }: Told): Following {
  const stopping = new AbortController()
  const { signal } = stopping
  const opened = Promise.withResolvers<void>()
  let last: Place | undefined
  let messages: ConsumerMessages | undefined
  let someoneWentAhead = false

  // The reader would notice by its heartbeats, but only after a while.
  const stopWatching = link.onReconnect(() => void messages?.close())

  function begin({ place, hasGap }: Kept): void {
    last = place
    opened.resolve()
    if (hasGap || someoneWentAhead) tellOfGap()
    someoneWentAhead = false
  }

  async function followOnce(): Promise<void> {
    const connection = await link.connection
    if (signal.aborted) return
    const opening = await openFrom(connection, last)
    messages = opening.messages
    if (signal.aborted) return
    begin(opening)
    for await (const { subject, data, seq } of opening.messages) {
      last = { stream: opening.place.stream, seq }
      pass(subject, data, last)
    }
  }

  void keepTrying(followOnce, () => messages?.close(), signal, log)

  return {
    place: () => last,
    async ready() {
      if (last) return
      const late = await Promise.race([
        opened.promise,
        delay(READY_LIMIT_MS, true, { signal, ref: false }).catch(() => {}),
      ])
      if (late) someoneWentAhead = true
    },
    stop() {
      stopping.abort()
      stopWatching()
      void messages?.close()
    },
  }
}

/** One attempt after the other until the signal. */
async function keepTrying(
  attempt: () => Promise<void>,
  cleanUp: () => unknown,
  signal: AbortSignal,
  log: Logger,
): Promise<void> {
  let failing = false
  while (!signal.aborted) {
    try {
      await attempt()
      failing = false
    } catch (error) {
      // Once for each outage, however long it lasts.
      if (!failing && !signal.aborted) log.warn({ err: error }, 'the stream of events cannot be followed, trying on')
      failing = true
      await delay(RETRY_MS, undefined, { signal }).catch(() => {})
    } finally {
      await cleanUp()
    }
  }
}
