// `npm run usage:check-bucket`: whether the bucket that LAKE_BUCKET names can keep a lake; 1 where it cannot.
import { readConfig } from '@constellation/platform/config.ts'
import { bucketOf, bucketSettings } from '../config.ts'
import { checkBucket } from './check-bucket.ts'

async function main(): Promise<number> {
  const settings = bucketOf(readConfig(bucketSettings))
  if (!settings) throw new Error('LAKE_BUCKET must name a bucket, such as https://s3.example.com/bucket/lake.')
  let faults = 0
  for await (const { what, isWell } of checkBucket(settings)) {
    console.log(`${isWell ? 'yes' : 'NO '}  ${what}`)
    if (!isWell) faults += 1
  }
  return faults === 0 ? 0 : 1
}

main().then(
  (code) => {
    process.exitCode = code
  },
  (error) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 2
  },
)
