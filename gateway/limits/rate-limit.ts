// Rates of many at a time, each by a key such as a principal or an address.
import { boundedMap } from '@constellation/platform/bounded-map.ts'
import { type Bucket, type BucketSize, take } from './token-bucket.ts'

/** Keys that are remembered; one that is forgotten begins anew, with a full bucket. */
const REMEMBERED = 20_000

export interface RateLimit {
  /** Takes `cost` from the bucket of `key`. 0, or the milliseconds to wait where nothing was taken. */
  take(key: string, cost: number): number
  /** The same, without taking anything. */
  waitFor(key: string, cost: number): number
}

export function createRateLimit(size: BucketSize, now: () => number = () => performance.now()): RateLimit {
  const buckets = boundedMap<string, Bucket>(REMEMBERED)
  return {
    take(key, cost) {
      if (size.perSecond === 0) return 0
      const { bucket, waitMs } = take(buckets.get(key), cost, size, now())
      buckets.set(key, bucket)
      return waitMs
    },
    waitFor(key, cost) {
      const bucket = buckets.get(key)
      return bucket ? take(bucket, cost, size, now()).waitMs : 0
    },
  }
}
