// One subscription to a subject of NATS, however many clients watch it; each message is decoded once.

import { boundedMap } from '@constellation/platform/bounded-map.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { decode as decodeMessage } from '@constellation/platform/nats/nats.ts'
import type * as v from 'valibot'
import { eventLag } from '../../metrics.ts'
import type { Listening } from './nats-link.ts'
import type { Place } from './place.ts'

export interface FanOut<Event> {
  listen(subject: string, listener: (event: Event) => void): Listening
}

/** Where messages come from: NATS itself, or the stream of events, which tells their places too. */
interface Messages {
  subscribe(subject: string, onMessage: (data: Uint8Array, place?: Place) => void): Listening
}

interface FanOutOptions<Schema extends v.GenericSchema, Event> {
  schema: Schema
  /** What the listeners get. The same object for all, so that work on it can be shared. */
  translate: (message: v.InferOutput<Schema>, place?: Place) => Event
  /** What an event has of its own: one that was seen is not passed on again. The outboxes publish at least once. */
  idOf?: (message: v.InferOutput<Schema>) => string
  /** When it happened, where that is to be measured. */
  tsOf?: (message: v.InferOutput<Schema>) => string
}

interface Watched<Event> {
  listeners: Set<(event: Event) => void>
  source: Listening
}

/** How many events of a subject are remembered, to know a repeated one by. */
const REMEMBERED = 4_096

/** Messages of one kind, for many listeners. */
export function createFanOut<Schema extends v.GenericSchema, Event>(
  messages: Messages,
  log: Logger,
  { schema, translate, idOf, tsOf }: FanOutOptions<Schema, Event>,
): FanOut<Event> {
  const subjects = new Map<string, Watched<Event>>()

  function watch(subject: string): Watched<Event> {
    const listeners = new Set<(event: Event) => void>()
    const seen = boundedMap<string, true>(REMEMBERED)
    const source = messages.subscribe(subject, (data, place) => {
      const decoded = decodeMessage(schema, data)
      if ('fault' in decoded)
        return log.warn({ subject, fault: decoded.fault }, 'ignored a message that is not as it should be')
      const id = idOf?.(decoded.value)
      if (id !== undefined && seen.get(id)) return
      if (id !== undefined) seen.set(id, true)
      if (tsOf) eventLag.observe(Math.max(0, Date.now() - Date.parse(tsOf(decoded.value))) / 1_000)
      const event = translate(decoded.value, place)
      for (const listener of listeners) listener(event)
    })
    return { listeners, source }
  }

  return {
    listen(subject, listener) {
      const watched = subjects.get(subject) ?? watch(subject)
      subjects.set(subject, watched)
      watched.listeners.add(listener)
      return {
        ready: watched.source.ready,
        stop() {
          watched.listeners.delete(listener)
          if (watched.listeners.size > 0 || subjects.get(subject) !== watched) return
          subjects.delete(subject)
          watched.source.stop()
        },
      }
    },
  }
}
