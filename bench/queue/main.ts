// Our queue beside its peers, in one run: `npm run bench:queue`. It stops by itself and leaves nothing but the report.
import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { bareLoop } from './bare-loop.ts'
import { watchOthers } from './cpu.ts'
import { measureFirstInstruction } from './first-instruction.ts'
import { measureFlatClaim } from './flat-claim.ts'
import { measureLatency } from './latency.ts'
import { ourProbe } from './latency-ours.ts'
import { measureLostWorker } from './lost-worker.ts'
import { type Name, type Options, readOptions, SUBJECTS, USAGE } from './options.ts'
import { ours, oursWithRelay } from './ours.ts'
import { graphileWorker, graphileWorkerProbe } from './peers/graphile-worker.ts'
import { pgBossBatches, pgBossBurst, pgBossProbe } from './peers/pg-boss.ts'
import { measureProfile } from './profile.ts'
import { measureRestSubmit } from './rest-submit.ts'
import { type Section, toMarkdown } from './section.ts'
import { type Server, startServer } from './server.ts'
import { measureThroughput } from './throughput.ts'
import { measureWorkerApi } from './worker-api.ts'

const REPORT = path.join(import.meta.dirname, '..', 'results', 'queue.md')
/** Of the race of latency; polling is slow, so it has fewer. */
const LATENCY_JOBS = { woken: 1_000, polling: 100 }

const MEASURES: Readonly<Record<Name, (options: Options) => Promise<Section>>> = {
  throughput: (options) => onServer((server) => throughput(server, options)),
  latency: () => onServer(latency),
  'flat-claim': () => onServer((server) => measureFlatClaim(server, say)),
  'worker-api': ({ jobs, rounds }) => measureWorkerApi({ jobs: Math.ceil(jobs / 2), rounds, say }),
  'rest-submit': ({ seconds }) => measureRestSubmit({ seconds, say }),
  'first-instruction': () => measureFirstInstruction(),
  'lost-worker': () => measureLostWorker(say),
  profile: ({ jobs }) => onServer((server) => measureProfile(server, jobs)),
}

await main()

async function main(): Promise<void> {
  const options = readArguments()
  if (!options) return
  const subjects = options.only.length === 0 ? SUBJECTS : options.only
  const sections: Section[] = []
  for (const subject of subjects) {
    say(`${subject}:`)
    const others = watchOthers()
    const measured = await MEASURES[subject](options)
    const busy = `Others used ${Math.round(others() * 100)} % of the machine meanwhile.`
    const section = { ...measured, method: `${measured.method} ${busy}` }
    sections.push(section)
    console.log(`\n${toMarkdown(section)}`)
  }
  if (options.only.length > 0) return
  await mkdir(path.dirname(REPORT), { recursive: true })
  await writeFile(REPORT, report(sections))
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

async function onServer(measure: (server: Server) => Promise<Section>): Promise<Section> {
  const server = await startServer()
  try {
    return await measure(server)
  } finally {
    await server.close()
  }
}

async function throughput(server: Server, { jobs, rounds }: Options): Promise<Section> {
  const shapes = [100, 500, 1000].flatMap((batch) => [1, 4].map((loops) => ({ batch, loops })))
  const field = {
    others: [
      await graphileWorker(server, 'default'),
      await graphileWorker(server, 'best'),
      await pgBossBurst(server),
      await pgBossBatches(server, 100),
      await pgBossBatches(server, 500),
      await bareLoop(server, 100, 4),
    ],
    ours: [...(await ours(server, shapes)), await oursWithRelay(server, 500, 4)],
  }
  return measureThroughput(server, field, { jobs, rounds, say })
}

async function latency(server: Server): Promise<Section> {
  const { woken, polling } = LATENCY_JOBS
  const races = [
    { open: () => graphileWorkerProbe(server), jobs: woken, ours: false },
    { open: () => pgBossProbe(server, 'listen'), jobs: woken, ours: false },
    { open: () => pgBossProbe(server, 'polling'), jobs: polling, ours: false, pauseMs: 500 },
    { open: () => ourProbe(server), jobs: woken, ours: true },
  ]
  return measureLatency(races, say)
}

/** Progress, apart from the report. */
function say(line: string): void {
  console.error(line)
}

function report(sections: readonly Section[]): string {
  const about =
    'Written by `npm run bench:queue`. Everything runs on one machine: ' +
    `${availableParallelism()} processors, Node ${process.versions.node}, PostgreSQL 18 with fsync on.`
  return ['# The queue beside its peers', '', about, '', ...sections.map(toMarkdown)].join('\n')
}
