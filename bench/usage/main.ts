// What analysts' questions cost on a ledger of millions of runs: `npm run bench:usage`. It takes about half an hour on
// two processors, needs some 32 GB below the system's folder of temporary files while it runs, stops by itself and, also
// when it is interrupted, leaves nothing but the report.
import { writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { watchOthers } from '../queue/cpu.ts'
import { toMarkdown } from '../queue/section.ts'
import { measureClicks } from './clicks.ts'
import { type Dataset, fillLake, openDataset } from './dataset.ts'
import { measureFreshness } from './fresh.ts'
import { measureGrowth } from './growth.ts'
import { withHoldings } from './holdings.ts'
import { measureLatency, mostMemoryMb } from './latency.ts'
import { makeAnew } from './make-anew.ts'
import type { Measured } from './measured.ts'
import { type Options, readOptions, USAGE } from './options.ts'
import { sectionsOf } from './report.ts'
import { compare } from './side-by-side.ts'
import { startSubject } from './subject.ts'

const REPORT = path.join(import.meta.dirname, '..', 'results', 'usage.md')

await withHoldings(main)

async function main(holdings: AsyncDisposableStack): Promise<void> {
  const options = readArguments()
  if (!options) return
  const others = watchOthers()
  const measured: Measured[] = []
  let smallest: Dataset | undefined
  for (const runs of options.runs) {
    say(`${runs.toLocaleString('en')} runs:`)
    const ofSize = new AsyncDisposableStack()
    holdings.use(ofSize)
    const dataset = await openDataset(runs, ofSize, say)
    measured.push(await measure(dataset, ofSize, options, smallest))
    // The smallest stays until the end, for larger ones to be held against.
    if (smallest) await ofSize.disposeAsync()
    smallest ??= dataset
    // After each size: what was measured stays, whatever becomes of the next.
    const text = report(measured, others())
    if (options.isWhole) await writeFile(REPORT, text)
    if (measured.length === options.runs.length) console.log(text)
  }
}

/** The lake is filled in any case; the service is started for what asks it. */
async function measure(
  dataset: Dataset,
  holdings: AsyncDisposableStack,
  { only }: Options,
  smallest: Dataset | undefined,
): Promise<Measured> {
  const measured: Measured = { runs: dataset.runs }
  const filled = await fillLake(dataset)
  say(`filled: ${JSON.stringify(filled)}`)
  if (only.includes('fill')) measured.filled = filled
  // Of one size: how much there is to read changes only how long it takes.
  if (only.includes('anew') && !smallest) {
    measured.anew = await makeAnew(dataset, filled.slices)
    say(`made anew: ${JSON.stringify(measured.anew)}`)
  }
  if (only.includes('side-by-side')) measured.compared = await compare(dataset, say)
  if (only.includes('growth') && smallest) measured.growth = await measureGrowth(smallest, dataset)
  if (!only.includes('latency') && !only.includes('fresh')) return measured
  const subject = await startSubject(dataset, holdings)
  say('the service is there')
  if (only.includes('latency')) {
    measured.times = await measureLatency(subject)
    measured.clicks = await measureClicks(subject)
    say(`clicks: ${JSON.stringify(measured.clicks)}`)
  }
  if (only.includes('fresh')) measured.fresh = await measureFreshness(subject)
  measured.memoryMb = mostMemoryMb(subject.pid)
  say(`the service had ${Math.round(measured.memoryMb)} MiB`)
  return measured
}

function readArguments(): Options | undefined {
  try {
    return readOptions(process.argv.slice(2))
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`)
    process.exitCode = 2
    return undefined
  }
}

/** Progress, apart from the report. */
function say(line: string): void {
  console.error(`${new Date().toISOString().slice(11, 19)} ${line}`)
}

function report(measured: readonly Measured[], others: number): string {
  const about =
    `Written by \`npm run bench:usage\`. Everything runs on one machine: ${availableParallelism()} processors, Node ` +
    `${process.versions.node}, PostgreSQL 18. The runs are synthetic: 20 million are a year, 5 million its last months, so ` +
    `thirty days hold as many in both. Others used ${Math.round(others * 100)} % of the machine meanwhile.`
  return ['# Usage of millions of runs', '', about, '', ...sectionsOf(measured).map(toMarkdown)].join('\n')
}
