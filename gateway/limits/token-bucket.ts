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
  { perSecond, burst }: BucketSize,
  now: number,
): { bucket: Bucket; waitMs: number } {
  const gained = bucket ? (Math.max(now - bucket.at, 0) * perSecond) / 1_000 : burst
  const left = Math.min((bucket?.left ?? 0) + gained, burst)
  const after = left - Math.min(cost, burst)
  if (after < 0) return { bucket: { left, at: now }, waitMs: Math.ceil((-after * 1_000) / perSecond) }
  return { bucket: { left: after, at: now }, waitMs: 0 }
}
