import { isAbsolute } from 'node:path'
import {
  databaseSettings,
  flag,
  readConfig,
  serviceSettings,
  url,
  wholeNumber,
} from '@constellation/platform/config.ts'
import * as v from 'valibot'
import type { BucketSettings } from './lake/bucket.ts'

const ofBucket = {
  /** Where the lake is kept, if not in the directory alone: a bucket, or a path in one, by the S3 API. */
  LAKE_BUCKET: v.optional(v.pipe(url, v.startsWith('http', 'must begin with https:// or http://'))),
  /** Of the bucket. */
  LAKE_BUCKET_REGION: v.optional(v.string(), 'us-east-1'),
  /** Needed with a bucket: who writes there. */
  LAKE_BUCKET_KEY_ID: v.optional(v.string()),
  /** And by which secret. */
  LAKE_BUCKET_SECRET: v.optional(v.string()),
}
/** Of the bucket alone. */
export const bucketSettings = v.object(ofBucket)

export const settings = v.object({
  ...serviceSettings,
  ...databaseSettings,
  /** A directory for the files of the lake, which no other program writes to. */
  LAKE_DIRECTORY: v.pipe(v.string(), v.check(isAbsolute, 'must be an absolute path')),
  /** Older files go; 0 keeps all. */
  LAKE_KEEP_MONTHS: v.optional(wholeNumber(0, 1200), '0'),
  ...ofBucket,
  /** True where the process ends when its standard input closes. */
  EXIT_WITH_PARENT: v.optional(flag, 'false'),
})

/** The settings of the usage service, from its environment. */
export function readUsageConfig() {
  return readConfig(settings)
}

export type UsageConfig = ReturnType<typeof readUsageConfig>

/**
 * The bucket of the lake, if it is kept in one.
 * @throws Error where its key is not given
 */
export function bucketOf(config: v.InferOutput<typeof bucketSettings>): BucketSettings | undefined {
  const { LAKE_BUCKET: url, LAKE_BUCKET_REGION: region, LAKE_BUCKET_KEY_ID: keyId, LAKE_BUCKET_SECRET: secret } = config
  if (url === undefined) return undefined
  if (keyId === undefined || secret === undefined) {
    throw new Error('LAKE_BUCKET needs LAKE_BUCKET_KEY_ID and LAKE_BUCKET_SECRET.')
  }
  return { url, region, keyId, secret }
}
