// What the gateway tells of changes and refusals, and the jobs service keeps.
import * as v from 'valibot'
import { instant } from './event.ts'

const text = (most: number) => v.pipe(v.string(), v.maxLength(most))

export const auditRecord = v.object({
  id: v.pipe(v.string(), v.uuid()),
  at: instant,
  /** The principal; null where nobody was let in. */
  who: v.nullable(text(128)),
  role: v.nullable(text(32)),
  /** Where they came from; known of those alone who were not let in. */
  address: v.nullable(text(64)),
  via: v.picklist(['http', 'socket', 'rest']),
  /** A field of the graph, or `sign in`. */
  action: text(128),
  /** What it was done to: ids, and names where there are no ids. */
  targets: v.pipe(v.array(text(128)), v.maxLength(100)),
  /** What it was asked with, without what must stay hidden. */
  arguments: v.record(v.string(), v.unknown()),
  outcome: v.picklist(['done', 'refused', 'failed']),
  /** The code of the error. */
  error: v.nullable(text(64)),
  /** The same for all that was asked for at once. */
  requestId: text(64),
  /** How often, where the same was refused again and again. */
  count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 31 - 1)),
})
export type AuditRecord = v.InferOutput<typeof auditRecord>
