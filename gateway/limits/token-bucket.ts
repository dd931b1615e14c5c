// How much somebody may use in a time: a bucket that fills steadily, and that each use takes from.

export interface BucketSize {
  /** What comes back each second. Nothing is limited with 0. */
  perSecond: number
  /** What may be used at once. */
  burst: number
}

export interface Bucket {
  /** What is left of it at `at`. */
  left: number
  /** In milliseconds. */
  at: number
}

/**
 * The bucket after `cost` was taken, or as it is where there is too little in it, with the milliseconds until there is
 * enough. More than a whole bucket costs a whole one, since it could never be had otherwise.
 */
export function take(
  bucket: Bucket | undefined,
  cost: number,
  size: BucketSize,
  now: number,
): { bucket: Bucket; waitMs: number } {
  const left = leftAt(bucket, size, now)
  const after = left - Math.min(cost, size.burst)
  if (after < 0) return { bucket: { left, at: now }, waitMs: Math.ceil((-after * 1_000) / size.perSecond) }
  return { bucket: { left: after, at: now }, waitMs: 0 }
}

/**
 * The bucket after `cost` was taken in any case, and the milliseconds after which it will have been there: what is owed
 * makes those who come later wait longer. As with `take`, more than a whole bucket costs a whole one.
 */
export function owe(
  bucket: Bucket | undefined,
  cost: number,
  size: BucketSize,
  now: number,
): { bucket: Bucket; waitMs: number } {
  const left = leftAt(bucket, size, now) - Math.min(cost, size.burst)
  return { bucket: { left, at: now }, waitMs: left < 0 ? Math.ceil((-left * 1_000) / size.perSecond) : 0 }
}

function leftAt(bucket: Bucket | undefined, { perSecond, burst }: BucketSize, now: number): number {
  if (!bucket) return burst
  return Math.min(bucket.left + (Math.max(now - bucket.at, 0) * perSecond) / 1_000, burst)
}
