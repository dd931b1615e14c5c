// `npm run usage:rebuild`: is the ledger what the log of events makes of it? With `--apply` it becomes so.
import { parseArgs } from 'node:util'
import { readReckoningConfig } from './config.ts'
import { countOf, describe } from './differences.ts'
import { type Rebuilt, rebuildLedger } from './rebuild.ts'

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { apply: { type: 'boolean', default: false } } })
  const { DATABASE_URL: adminUrl } = readReckoningConfig()
  const found = await rebuildLedger(adminUrl, values)
  tell(found)
  if (countOf(found.differences) === 0) return 0
  if (!values.apply) {
    console.log('\nThe ledger is not what its events make of it. `npm run usage:rebuild -- --apply` mends it.')
    return 1
  }
  console.log('\nThe ledger was mended. Once more:\n')
  const left = await rebuildLedger(adminUrl)
  tell(left)
  return countOf(left.differences) === 0 ? 0 : 1
}

function tell({ events, forgotten, underWay, differences }: Rebuilt): void {
  console.log(`Made again from ${events} events.`)
  if (forgotten > 0) console.log(`${forgotten} runs are older than the log of events: taken as they stand.`)
  if (underWay > 0) console.log(`${underWay} runs have changed in the last minute: they are not judged yet.`)
  console.log(describe(differences))
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
