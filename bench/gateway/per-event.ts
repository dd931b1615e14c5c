// What an event costs the gateway for each subscriber, ours and Hive's.
import path from 'node:path'
import { freePort } from '@constellation/local/free-port.ts'
import { treeCpuMs } from '../queue/cpu.ts'
import type { Section } from '../queue/section.ts'
import { percentile, ratio, rounded } from '../queue/statistics.ts'
import { type Contender, startHive, startOurs } from './contenders.ts'
import { measureCrowd, type Told } from './crowd.ts'
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
  { what: 'the event alone', document: 'event', clients: 500, sameJob: true, updates: 40, perSecond: 10 },
  { what: 'with the usage', document: 'federated', clients: 100, sameJob: true, updates: 20, perSecond: 5 },
  { what: 'with the usage', document: 'federated', clients: 200, sameJob: false, updates: 400, perSecond: 100 },
]

export async function measurePerEvent(system: System): Promise<Section> {
  const events = await startEvents(system)
  const gateways = [await startHive(system, events.url), await startOurs(system)]
  const rows: string[][] = []
  for (const each of CASES) {
    const measured: { gateway: Contender; told: Told; eventsMs: number }[] = []
    for (const gateway of gateways) {
      const before = treeCpuMs(events.pid)
      const told = await measureCrowd(system, crowdOf(each, gateway, system.jobIds))
      measured.push({ gateway, told, eventsMs: treeCpuMs(events.pid) - before })
    }
    const ours = perEvent(measured.at(-1)?.told)
    for (const { gateway, told, eventsMs } of measured) {
      rows.push([
        gateway.name,
        `${each.clients} of ${each.sameJob ? 'the same job' : 'a job each'}`,
        each.what,
        String(each.perSecond),
        rounded(perEvent(told)),
        ratio(perEvent(told), ours),
        rounded((eventsMs * 1000) / told.ages.length),
        rounded(percentile(told.ages, 0.5)),
        rounded(percentile(told.ages, 0.99)),
        String(told.missed),
      ])
    }
  }
  return {
    title: 'CPU for each event at a subscriber',
    method:
      'The same clients, jobs and updates at both gateways, one after the other. Ours hears of events from NATS and is ' +
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

function crowdOf({ document, clients, sameJob, updates, perSecond }: Case, gateway: Contender, all: readonly string[]) {
  const jobs = all.slice(0, sameJob ? 1 : clients)
  const turn = (count: number) => Array.from({ length: count }, (_, i) => jobs[i % jobs.length] ?? '')
  return { gateway, document, jobIds: turn(clients), processes: 1, updates: turn(updates), perSecond }
}

function perEvent(told: Told | undefined): number {
  return told ? (told.cpuMs * 1000) / told.ages.length : Number.NaN
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
