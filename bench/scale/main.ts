// Workers by the hundred on one stack: `npm run scale`. It stops by itself and leaves nothing but the report.
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { connectNats } from '@constellation/platform/nats/nats.ts'
import { watchOthers } from '../queue/cpu.ts'
import type { Section } from '../queue/section.ts'
import { startWorker } from '../telemetry/orders.ts'
import { watchLag } from './listen.ts'
import { type Options, readOptions, USAGE } from './options.ts'
import { progressOf, report } from './report.ts'
import { measureSharing } from './shared-cache.ts'
import { type Step, takeStep } from './step.ts'
import { openLedger } from './stored.ts'
import { openSubmitter } from './submit.ts'
import { openSystem } from './system.ts'

const REPORT = path.join(import.meta.dirname, '..', 'results', 'scale.md')
/** No step begins after this, so that all is over within 15 minutes. */
const LAST_STEP_MS = 10.5 * 60_000

await main()
// What is imported here keeps a process alive that has done all that it does.
process.exit()

async function main(): Promise<void> {
  const options = readArguments()
  const others = watchOthers()
  const { steps, sharing } = await measure(options)
  const text = report(steps, sharing, options, others())
  console.log(text)
  if (!options.isWhole) return
  await mkdir(path.dirname(REPORT), { recursive: true })
  await writeFile(REPORT, text)
}

function readArguments(): Options {
  try {
    return readOptions(process.argv.slice(2))
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`)
    process.exit(2)
  }
}

async function measure(options: Options): Promise<{ steps: Step[]; sharing: Section }> {
  const began = performance.now()
  const steps: Step[] = []
  const system = await openSystem()
  const crew = startWorker(path.join(import.meta.dirname, 'crew.ts'))
  const nats = await connectNats(system.natsUrl, 'scale')
  const ledger = openLedger(system.adminUrl, nats)
  const submitter = openSubmitter(system.url, system.adminToken)
  const bench = { system, crew, nats, ledger, lag: watchLag(nats) }
  try {
    const sharing = await measureSharing(system)
    console.error('measured what a shared cache could save')
    for (const [i, workers] of options.steps.entries()) {
      if (performance.now() - began > LAST_STEP_MS) break
      const step = await takeStep(bench, submitter, { workers, before: options.steps[i - 1] ?? 0 }, options)
      steps.push(step)
      console.error(progressOf(step))
    }
    return { steps, sharing }
  } finally {
    await crew.stop()
    await submitter.close()
    await ledger.close()
    await nats.close()
    await system.close()
  }
}
