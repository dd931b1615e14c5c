// Our gateway beside Apollo's and Hive's, and alone with many subscribers: `npm run bench:gateway`. It stops by itself
// and leaves nothing but the report. `--only queries` measures one part and writes nothing.
import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { watchOthers } from '../queue/cpu.ts'
import { type Section, toMarkdown } from '../queue/section.ts'
import { withinSeconds } from '../queue/within.ts'
import { startApollo, startHive, startOurs } from './contenders.ts'
import { measureIdle } from './idle.ts'
import { measurePerEvent } from './per-event.ts'
import { measureQueries } from './queries.ts'
import { measureSubscriptions } from './subscriptions.ts'
import { createLifecycle, type System, startSystem } from './system.ts'

const REPORT = path.join(import.meta.dirname, '..', 'results', 'gateway.md')
const PART_LIMIT_SECONDS = 300
const JOBS = 1_000
/** Where nothing answers. */
const NOWHERE = 'http://127.0.0.1:9'

const PARTS: Readonly<Record<string, (system: System) => Promise<Section>>> = {
  queries,
  idle: measureIdle,
  subscriptions: measureSubscriptions,
  'per-event': measurePerEvent,
}

await main()

async function main(): Promise<void> {
  const { only } = parseArgs({ options: { only: { type: 'string', multiple: true } } }).values
  const others = watchOthers()
  const sections: string[] = []
  for (const [name, measure] of Object.entries(PARTS)) {
    if (only && !only.includes(name)) continue
    console.error(`${name} …`)
    const section = toMarkdown(await onOwnSystem(name, measure))
    console.log(section)
    sections.push(section)
  }
  if (only) return
  await mkdir(path.dirname(REPORT), { recursive: true })
  await writeFile(REPORT, `${heading(others())}\n\n${sections.join('\n')}`)
}

/** Each part has a system of its own, and with it gateways that have done nothing yet. */
async function onOwnSystem(name: string, measure: (system: System) => Promise<Section>): Promise<Section> {
  const lifecycle = createLifecycle()
  try {
    const system = await startSystem(lifecycle, JOBS)
    return await withinSeconds(PART_LIMIT_SECONDS, name, measure(system))
  } finally {
    await lifecycle.stop()
  }
}

async function queries(system: System): Promise<Section> {
  const gateways = [
    await startApollo(system),
    await startHive(system, NOWHERE),
    await startHive(system, NOWHERE, ['--hive-router-runtime']),
    await startOurs(system),
  ]
  const direct = { name: 'jobs service, asked directly', url: system.urls.jobs, pid: system.pids.jobs, headers: {} }
  return await measureQueries(direct, gateways, system.jobIds)
}

function heading(others: number): string {
  return (
    '# The gateway beside its peers\n\nWritten by `npm run bench:gateway`. Everything runs on one machine: ' +
    `${availableParallelism()} processors, Node ${process.versions.node}, PostgreSQL 18 with fsync on. ` +
    `Others used ${Math.round(others * 100)} % of the machine meanwhile.`
  )
}
