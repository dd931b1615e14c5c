// What it costs to know what the GPUs do: `npm run bench:gpus`. It needs no GPU but a C compiler, takes a minute, and
// leaves nothing but the report.
import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { watchOthers } from '../queue/cpu.ts'
import { type Section, toMarkdown } from '../queue/section.ts'
import { withinSeconds } from '../queue/within.ts'
import { openLab } from './lab.ts'
import { measureSampling } from './sampling.ts'
import { measureWatching } from './watching.ts'

const REPORT = path.join(import.meta.dirname, '..', 'results', 'gpus.md')
const MOST_SECONDS = 90

const lab = openLab()
try {
  const sections = [
    await measured(() => withinSeconds(MOST_SECONDS / 2, 'Sampling', measureSampling(lab))),
    await measured(() => withinSeconds(MOST_SECONDS, 'Watching', measureWatching(lab))),
  ]
  const about =
    'Written by `npm run bench:gpus`, on a machine without GPUs: ' +
    `${availableParallelism()} processors, Node ${process.versions.node}, a fake NVML library.`
  await mkdir(path.dirname(REPORT), { recursive: true })
  await writeFile(REPORT, ['# Watching GPUs', '', about, '', ...sections.map(toMarkdown)].join('\n'))
} finally {
  lab.close()
}

async function measured(measure: () => Promise<Section>): Promise<Section> {
  const others = watchOthers()
  const section = await measure()
  const busy = `Others used ${Math.round(others() * 100)} % of the machine meanwhile.`
  const complete = { ...section, method: `${section.method} ${busy}` }
  console.log(`\n${toMarkdown(complete)}`)
  return complete
}
