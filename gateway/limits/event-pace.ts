// How fast the events of one principal's subscriptions are worked out, over all of them. An operation's cost is taken
// at its opening; but a subscription costs as much again at each event for which services are asked. Too many are
// not refused: they wait, and what happens meanwhile is kept, coalesced or given up as for a client that reads slowly.
import { boundedMap } from '@constellation/platform/bounded-map.ts'
import { type Bucket, type BucketSize, owe } from './token-bucket.ts'

/** Resolves when one more event of this cost is due. Undefined, which needs no turn to wait for, where it is at once. */
export type Pace = (principalId: string, cost: number) => Promise<void> | undefined

/** Principals that are remembered; one that is forgotten begins anew, with a full bucket. */
const REMEMBERED = 20_000

/** Paces events to this size for each principal, in values of `operationCost`; it is apart from what requests use. */
export function createPace(size: BucketSize, now: () => number = () => performance.now()): Pace {
  const buckets = boundedMap<string, Bucket>(REMEMBERED)
  return (principalId, cost) => {
    if (size.perSecond === 0) return undefined
    const { bucket, waitMs } = owe(buckets.get(principalId), cost, size, now())
    buckets.set(principalId, bucket)
    if (waitMs === 0) return undefined
    return new Promise((resolve) => {
      // A process that ends does not wait for it.
      setTimeout(resolve, waitMs).unref()
    })
  }
}
