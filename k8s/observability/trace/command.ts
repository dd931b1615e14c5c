// `npm run trace`: one job on a stack of its own, and its trace as a tree.
import { traceJob } from './trace-job.ts'
import { toTree } from './tree.ts'
import { isWhole, missingStations } from './whole.ts'

async function main(): Promise<number> {
  const { jobId, traceId, spans } = await traceJob()
  const programs = new Set(spans.map(({ service }) => service))
  console.log(`The trace ${traceId} of the job ${jobId}: ${spans.length} spans of ${programs.size} programs.\n`)
  console.log(`${'begins'.padStart(9)} ${'takes'.padStart(9)}     program`)
  console.log(toTree(spans).join('\n'))
  const missing = isWhole(spans) ? [] : [...missingStations(spans), 'what some spans follow from']
  for (const station of missing) console.error(`Not there: ${station}`)
  return missing.length === 0 ? 0 : 1
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(2)
  },
)
