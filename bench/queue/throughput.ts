// How many jobs a second each contender ends, in rounds by turns: what disturbs the machine disturbs all of them.
import type { Contender } from './contender.ts'
import { type Cpu, cpuUsed } from './cpu.ts'
import type { Section } from './section.ts'
import type { Server } from './server.ts'
import { median, ratio, rounded } from './statistics.ts'
import { withinSeconds } from './within.ts'

/** A round that takes longer has failed, in seconds. */
const ROUND_LIMIT = 180

interface Round {
  jobsPerSecond: number
  serverMsPerJob: number
  clientMsPerJob: number
}

export interface Field {
  ours: readonly Contender[]
  others: readonly Contender[]
}

/** Runs all rounds; every contender is closed afterwards. */
export async function measureThroughput(
  server: Server,
  { ours, others }: Field,
  options: { jobs: number; rounds: number; say(line: string): void },
): Promise<Section> {
  const all = [...others, ...ours]
  const rounds = new Map<Contender, Round[]>(all.map((contender) => [contender, []]))
  try {
    // The first round is a tenth as long and is not counted: code is compiled, and plans are cached.
    for (let round = 0; round <= options.rounds; round++) {
      for (const contender of all) {
        const jobs = round === 0 ? Math.ceil(options.jobs / 10) : options.jobs
        const result = await withinSeconds(ROUND_LIMIT, contender.name, runRound(server, contender, jobs))
        options.say(`round ${round}: ${contender.name}: ${rounded(result.jobsPerSecond)} jobs/s`)
        if (round > 0) rounds.get(contender)?.push(result)
      }
    }
  } finally {
    for (const contender of all) await contender.close()
  }
  return report(rounds, ours, options)
}

async function runRound(server: Server, contender: Contender, jobs: number): Promise<Round> {
  await contender.fill(jobs)
  let began: { at: number; cpu: Cpu } | undefined
  let ended: { at: number; cpu: Cpu } | undefined
  await contender.work(jobs, {
    start() {
      began ??= { cpu: cpuUsed(server.pid), at: performance.now() }
    },
    stop() {
      const at = performance.now()
      ended = { at, cpu: cpuUsed(server.pid) }
    },
  })
  if (!began || !ended) throw new Error(`${contender.name} did not use its stopwatch.`)
  const left = await contender.left()
  if (left !== 0) throw new Error(`${contender.name} has left ${left} of ${jobs} jobs.`)
  return {
    jobsPerSecond: (jobs / (ended.at - began.at)) * 1000,
    serverMsPerJob: (ended.cpu.serverMs - began.cpu.serverMs) / jobs,
    clientMsPerJob: (ended.cpu.clientMs - began.cpu.clientMs) / jobs,
  }
}

function report(
  rounds: ReadonlyMap<Contender, readonly Round[]>,
  ours: readonly Contender[],
  options: { jobs: number; rounds: number },
): Section {
  const speedOf = (contender: Contender) => median((rounds.get(contender) ?? []).map((round) => round.jobsPerSecond))
  const best = Math.max(...ours.map(speedOf))
  return {
    title: 'Throughput: claimed, recorded and ended',
    method:
      `${options.jobs.toLocaleString('en')} jobs that do nothing; medians of ${options.rounds} rounds by turns after a short one ` +
      'that does not count. One PostgreSQL, fsync on, a database each, vacuumed and checkpointed before every round. The clock ' +
      'runs from the first request for a job to the last commit. All clients are this one process. `ours ÷ it` is our best line by that one: above 1 is quicker.',
    head: [
      'who',
      'what a job leaves',
      'jobs/s',
      'least–most',
      'PostgreSQL CPU ms/job',
      'client CPU ms/job',
      'ours ÷ it',
    ],
    rows: [...rounds].map(([contender, results]) => {
      const speeds = results.map((round) => round.jobsPerSecond)
      return [
        contender.name,
        contender.writes,
        rounded(median(speeds)),
        `${rounded(Math.min(...speeds))}–${rounded(Math.max(...speeds))}`,
        rounded(median(results.map((round) => round.serverMsPerJob))),
        rounded(median(results.map((round) => round.clientMsPerJob))),
        ratio(best, speedOf(contender)),
      ]
    }),
  }
}
