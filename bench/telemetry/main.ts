// Telemetry from workers to watchers and into roll-ups, and where it breaks: `npm run bench:telemetry`. It stops by
// itself and leaves nothing but the report.
import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import * as v from 'valibot'
import { watchOthers } from '../queue/cpu.ts'
import { toMarkdown } from '../queue/section.ts'
import { withinSeconds } from '../queue/within.ts'
import { type Measured, measureStep, type Step } from './measure.ts'
import { startWorker } from './orders.ts'
import { progressOf, sectionOf, whyBroken } from './report.ts'
import { GPUS_PER_WORKER, startSystem } from './system.ts'

const REPORT = path.join(import.meta.dirname, '..', 'results', 'telemetry.md')
const MOST_GPUS = 16_000
/** Each has a socket, of which a process may have so many. */
const MOST_WATCHERS = 6_400
const STEP_LIMIT_SECONDS = 45
/** After this long no further step is begun, in milliseconds. */
const TIME_LIMIT_MS = 150_000

const GOAL: Step = { gpus: 1_000, watchers: 100, shape: 'all', everyMs: 1_000 }
const FIRST: readonly Step[] = [{ ...GOAL, watchers: 0 }, GOAL, { ...GOAL, everyMs: 250 }, { ...GOAL, shape: '8 each' }]
/** Each is made more until something breaks; workers that publish no longer would be told of, so GPUs come last. */
const GROWING: readonly { from: Step; what: 'gpus' | 'watchers'; by: number }[] = [
  { from: GOAL, what: 'watchers', by: 2 },
  { from: { ...GOAL, shape: '8 each' }, what: 'watchers', by: 4 },
  { from: { ...GOAL, shape: '8 each' }, what: 'gpus', by: 2 },
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
    const measured = await withinSeconds(
      STEP_LIMIT_SECONDS,
      'A step',
      measureStep(system, { publisher, watchers }, step),
    )
    rows.push(measured)
    console.error(progressOf(measured))
    return measured
  }
  try {
    const { natsUrl, inventory } = system
    await publisher.order({ kind: 'connect', natsUrl, inventory }, v.unknown())
    for (const step of FIRST) await measure(step)
    for (const { from, what, by } of quick ? [] : GROWING) {
      for (let step = more(from, what, by); isPossible(step); step = more(step, what, by)) {
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

function more(step: Step, what: 'gpus' | 'watchers', by: number): Step {
  return { ...step, [what]: step[what] * by }
}

function isPossible({ gpus, watchers }: Step): boolean {
  return gpus <= MOST_GPUS && watchers <= MOST_WATCHERS
}

function heading(): string {
  return (
    '# Telemetry, live and kept\n\nWritten by `npm run bench:telemetry`. Everything runs on one machine: ' +
    `${availableParallelism()} processors, Node ${process.versions.node}, PostgreSQL 18 with fsync on.`
  )
}
