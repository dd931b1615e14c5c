// npm run fuzz -- --seed N --count N: many bad inputs against a stack of their own.
// npm run fuzz -- --again N/M: the one input that such a run has named.
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { openWorld } from '../testing.ts'
import { fuzz, fuzzAgain } from './fuzz.ts'

const MOST_SHOWN = 20

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now()) },
    count: { type: 'string', default: '100000' },
    again: { type: 'string' },
  },
})
const count = v.parse(v.pipe(v.string(), v.digits('--count is a whole number'), v.transform(Number)), values.count)

// What is measured is what inputs do, not how many of them a person may send.
process.env.RATE_PER_SECOND = '0'
const world = await openWorld({ CONSTELLATION_SIMULATED_GPUS: '2' })
const begun = performance.now()
try {
  const { seed, again } = values
  console.log(again === undefined ? `seed ${seed}: ${count} bad inputs` : `the input ${again}`)
  const progress = (sent: number) => console.log(`${sent} sent`)
  const findings = again === undefined ? await fuzz(world, seed, count, progress) : await fuzzAgain(world, again)
  const { faults, diedParts, ...figures } = findings
  console.log(JSON.stringify(figures, null, 2))
  for (const { seed, sent, fault } of faults.slice(0, MOST_SHOWN)) {
    console.log(`\n${seed}: ${fault}\n${JSON.stringify(sent.slice(0, 2_000))}`)
  }
  const seconds = Math.round((performance.now() - begun) / 1_000)
  console.log(
    `\n${faults.length} faults, ${diedParts.length} parts that died (${diedParts.join(', ')}), in ${seconds} s`,
  )
  if (faults.length > 0 || diedParts.length > 0) process.exitCode = 1
} finally {
  await world.close()
}
