// `npm run usage:reconcile`: whether ledger, sums, files, runs and measured energy agree; 1 where they do not.
import { tellDifferences } from '../metrics/differences.ts'
import { readReckoningConfig } from './config.ts'
import { countOf, describe } from './differences.ts'
import { reconcile } from './reconcile.ts'

async function main(): Promise<number> {
  const config = readReckoningConfig()
  const found = await reconcile(config.DATABASE_URL, config.LAKE_DIRECTORY)
  console.log(describe(found))
  const { RECONCILE_METRICS_FILE: file } = config
  if (file !== undefined) await tellDifferences(file, found, new Date())
  if (config.LAKE_DIRECTORY === undefined) console.log('left out: the files of the lake, as LAKE_DIRECTORY is not set')
  return countOf(found) === 0 ? 0 : 1
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
