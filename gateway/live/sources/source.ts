// Where the events of one subscription come from.
import { ConstellationError, invalidInput } from '@constellation/platform/errors.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import * as v from 'valibot'
import type { AskGraph } from '../ask-graph.ts'
import type { EventFeeds } from '../feeds/event-feeds.ts'
import type { EventStream } from '../feeds/event-stream.ts'
import type { NatsLink } from '../feeds/nats-link.ts'

/** Something that a client is told of. */
export interface Occurrence {
  /** What the subscription's root field gives. */
  payload: object
  /** What a client gives as `after` to go on behind it. */
  cursor?: string | undefined
  /** What gave rise to it: the same object for everybody who is told of it. */
  origin: object
  /** Occurrences of the same origin and version are the same to everybody who may see them. */
  version: string
  /** True where it is not to be told to a client that was told the very same the last time. */
  ifNew?: boolean
}

export interface Source {
  /** The next occurrence, or undefined at the end. Rejects when it cannot go on. Not to be called while one is awaited. */
  next(): Promise<Occurrence | undefined>
  /** Ends it: a `next` that is awaited gives undefined at once. */
  stop(): void
}

/** What sources are made from. */
export interface Surroundings {
  link: NatsLink
  stream: EventStream
  feeds: EventFeeds
  ask: AskGraph
}

/** Opens the events of one subscription. `selects` is true of the fields that the client selects of the root field. */
export type OpenSource = (
  args: unknown,
  who: Principal,
  around: Surroundings,
  selects: (field: string) => boolean,
) => Promise<Source>

/** An id as PostgreSQL writes it, which also makes it safe as a part of a subject. */
export const id = v.pipe(v.string(), v.uuid('must be a UUID'), v.toLowerCase())

/** @throws ConstellationError BAD_USER_INPUT naming each argument that is wrong */
export function readArguments<const Schema extends v.GenericSchema>(
  schema: Schema,
  args: unknown,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, args)
  if (result.success) return result.output
  throw invalidInput(result.issues.map((issue) => ({ path: v.getDotPath(issue) ?? '', message: issue.message })))
}

/** The end of a subscription to a list, after which it must be read anew. */
export function missedChanges(): ConstellationError {
  return new ConstellationError(
    'UNAVAILABLE',
    'Changes may have been missed: read the list again, and subscribe again.',
  )
}
