// What an event costs the gateway for each subscriber, ours and Hive's.
import path from 'node:path'
import { freePort } from '@constellation/local/free-port.ts'
import type { Section } from '../queue/section.ts'
import { median, percentile, ratio, rounded } from '../queue/statistics.ts'
import { type Contender, startHive, startOurs } from './contenders.ts'
import { cpuMs } from './cpu.ts'
import { type Crowd, measureCrowd } from './crowd.ts'
import { startProgram } from './process.ts'
import type { Watching } from './socket.ts'
import type { System } from './system.ts'

interface Case {
  what: string
  document: Watching['document']
  clients: number
  sameJob: boolean
  updates: number
  perSecond: number
}

const CASES: readonly Case[] = [
  { what: 'the event alone', document: 'event', clients: 500, sameJob: true, updates: 20, perSecond: 10 },
  { what: 'with the usage', document: 'federated', clients: 200, sameJob: true, updates: 10, perSecond: 5 },
  { what: 'with the usage', document: 'federated', clients: 200, sameJob: false, updates: 1_000, perSecond: 200 },
]
const ROUNDS = 2

interface Measured {
  /** In microseconds for each event at a client: of the gateway, and of the service that events come from. */
  gateway: number
  events: number
  p50: number
  p99: number
  missed: number
}

export async function measurePerEvent(system: System): Promise<Section> {
  const service = await startEvents(system)
  const gateways = [await startHive(system, service.url), await startOurs(system)]
  const rows: string[][] = []
  for (const each of CASES) rows.push(...(await measureCase(system, each, gateways, service.pid)))
  return {
    title: 'CPU for each event at a subscriber',
    method:
      `The same clients, jobs and updates at both gateways by turns, medians of ${ROUNDS} rounds after one that does not count. Ours hears of events from NATS and is ` +
      'the subgraph `events` itself. Hive Gateway has no such thing: it subscribes over graphql-ws to a service made for ' +
      'this benchmark, which serves the same schema from the same NATS messages; the CPU of that one stands beside, and ' +
      'is not in the ratio. Where the usage is asked for, both get it from the usage service. The clock runs from before ' +
      'the request that updates the job.',
    head: [
      'who',
      'subscribers',
      'what',
      'updates/s',
      'CPU µs/event',
      'it ÷ ours',
      'its events service, CPU µs/event',
      'p50 ms',
      'p99 ms',
      'missed',
    ],
    rows,
  }
}

/** The gateways by turns; the first round does not count. Ours is the last. */
async function measureCase(
  system: System,
  each: Case,
  gateways: readonly Contender[],
  eventsPid: number,
): Promise<string[][]> {
  const rounds = gateways.map((): Measured[] => [])
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [i, gateway] of gateways.entries()) {
      const measured = await measureRound(system, crowdOf(each, gateway, system.jobIds), eventsPid)
      if (round > 0) rounds[i]?.push(measured)
    }
  }
  const ours = medianOf(rounds.at(-1) ?? [], 'gateway')
  return gateways.map(({ name }, i) => {
    const own = rounds[i] ?? []
    return [
      name,
      `${each.clients} of ${each.sameJob ? 'the same job' : 'a job each'}`,
      each.what,
      String(each.perSecond),
      rounded(medianOf(own, 'gateway')),
      ratio(medianOf(own, 'gateway'), ours),
      rounded(medianOf(own, 'events')),
      rounded(medianOf(own, 'p50')),
      rounded(medianOf(own, 'p99')),
      String(own.reduce((sum, { missed }) => sum + missed, 0)),
    ]
  })
}

async function measureRound(system: System, crowd: Crowd, eventsPid: number): Promise<Measured> {
  const before = cpuMs(eventsPid)
  const { ages, cpuMs: gatewayMs, missed } = await measureCrowd(system, crowd)
  return {
    gateway: (gatewayMs * 1000) / ages.length,
    events: ((cpuMs(eventsPid) - before) * 1000) / ages.length,
    p50: percentile(ages, 0.5),
    p99: percentile(ages, 0.99),
    missed,
  }
}

function medianOf(rounds: readonly Measured[], what: keyof Measured): number {
  return median(rounds.map((round) => round[what]))
}

function crowdOf(
  { document, clients, sameJob, updates, perSecond }: Case,
  gateway: Contender,
  all: readonly string[],
): Crowd {
  const jobs = all.slice(0, sameJob ? 1 : clients)
  const turn = (count: number) => Array.from({ length: count }, (_, i) => jobs[i % jobs.length] ?? '')
  return { gateway, document, jobIds: turn(clients), processes: 1, updates: turn(updates), perSecond }
}

async function startEvents({ home, natsUrl, urls, lifecycle }: System): Promise<{ url: string; pid: number }> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const main = path.join(import.meta.dirname, 'events-service.ts')
  const started = await startProgram({
    name: 'the service of events',
    args: [main, String(port), natsUrl, urls.jobs],
    logFile: path.join(home, 'events.log'),
    url,
  })
  lifecycle.onStop('the service of events', () => started.stop())
  return { url, pid: started.pid }
}
