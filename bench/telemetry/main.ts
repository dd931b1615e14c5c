// Telemetry from workers to watchers and into roll-ups, and where it breaks: `npm run bench:telemetry`. It stops by
// itself and leaves nothing but the report.
import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import * as v from 'valibot'
import { watchOthers } from '../queue/cpu.ts'
import { toMarkdown } from '../queue/section.ts'
import { type Measured, measureStep, type Step } from './measure.ts'
import { startWorker } from './orders.ts'
import { sectionOf, whyBroken } from './report.ts'
import { GPUS_PER_WORKER, startSystem } from './system.ts'

const REPORT = path.join(import.meta.dirname, '..', 'results', 'telemetry.md')
const MOST_GPUS = 16_000
/** After this long no further step is begun, in milliseconds. */
const TIME_LIMIT_MS = 150_000

const GOAL: Step = { gpus: 1_000, watchers: 100, shape: 'all', everyMs: 1_000 }
const FIRST: readonly Step[] = [{ ...GOAL, watchers: 0 }, GOAL, { ...GOAL, everyMs: 250 }, { ...GOAL, shape: '8 each' }]
/** Each is doubled until something breaks. */
const DOUBLINGS: readonly { from: Step; double: 'gpus' | 'watchers' }[] = [
  { from: { ...GOAL, shape: '8 each' }, double: 'gpus' },
  { from: GOAL, double: 'watchers' },
  { from: { ...GOAL, shape: '8 each' }, double: 'watchers' },
]

await main()

async function main(): Promise<void> {
  const quick = process.argv.includes('--goal')
  const began = performance.now()
  const others = watchOthers()
  const rows: Measured[] = []
  const system = await startSystem(MOST_GPUS / GPUS_PER_WORKER)
  const publisher = startWorker(path.join(import.meta.dirname, 'publish.ts'))
  const watchers = startWorker(path.join(import.meta.dirname, 'watch.ts'))
  const measure = async (step: Step) => {
    const measured = await measureStep(system, { publisher, watchers }, step)
    rows.push(measured)
    console.error(JSON.stringify(measured))
    return measured
  }
  try {
    const { natsUrl, inventory } = system
    await publisher.order({ kind: 'connect', natsUrl, inventory }, v.unknown())
    for (const step of FIRST) await measure(step)
    for (const { from, double } of quick ? [] : DOUBLINGS) {
      for (let step = twice(from, double); step.gpus <= MOST_GPUS; step = twice(step, double)) {
        if (performance.now() - began > TIME_LIMIT_MS) break
        if (whyBroken(await measure(step)) !== undefined) break
      }
    }
  } finally {
    await watchers.stop()
    await publisher.stop()
    await system.stop()
  }
  const section = toMarkdown(sectionOf(rows, others()))
  console.log(section)
  if (quick) return
  await mkdir(path.dirname(REPORT), { recursive: true })
  await writeFile(REPORT, `${heading()}\n\n${section}`)
}

function twice(step: Step, what: 'gpus' | 'watchers'): Step {
  return { ...step, [what]: step[what] * 2 }
}

function heading(): string {
  return (
    '# Telemetry, live and kept\n\nWritten by `npm run bench:telemetry`. Everything runs on one machine: ' +
    `${availableParallelism()} processors, Node ${process.versions.node}, PostgreSQL 18 with fsync on.`
  )
}
