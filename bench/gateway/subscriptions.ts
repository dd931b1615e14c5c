// Our gateway with as many subscribers as it is meant for.
import type { Section } from '../queue/section.ts'
import { percentile, rounded } from '../queue/statistics.ts'
import { startOurs } from './contenders.ts'
import { measureCrowd, type Told } from './crowd.ts'
import type { System } from './system.ts'

const SAME_JOB = { clients: 10_000, updates: 12, perSecond: 1 }
const MANY_JOBS = { clients: 1_000, updates: 2_000, perSecond: 200 }

export async function measureSubscriptions(system: System): Promise<Section> {
  return {
    title: 'Many subscribers of one gateway process',
    method:
      'Each has a socket of its own and watches a job with its usage, which comes from another service; all sockets are ' +
      'those of processes beside the gateway. Jobs are updated in the jobs service directly; the clock runs from before ' +
      'that request (so from before the commit) to the message at a client, `last` to the last client of each update. ' +
      'Memory is by how much the gateway process grew for each client: when all watch, and after the last update. CPU ' +
      'is that of the gateway process. Load, services and gateway share the processors.',
    head: [
      'subscribers',
      'of',
      'updates/s',
      'p50 ms',
      'p99 ms',
      'last p50 ms',
      'last max ms',
      'kB each, watching',
      'kB each, after',
      'CPU µs/event',
      'missed',
      'sockets lost',
    ],
    rows: [await measureSameJob(system), await measureManyJobs(system)],
  }
}

async function measureSameJob(system: System): Promise<string[]> {
  const { clients, updates, perSecond } = SAME_JOB
  const [id = ''] = system.jobIds
  const told = await measureCrowd(system, {
    gateway: await startOurs(system),
    document: 'federated',
    jobIds: Array.from({ length: clients }, () => id),
    processes: 2,
    updates: Array.from({ length: updates }, () => id),
    perSecond,
  })
  return rowOf(clients, 'the same job', perSecond, told)
}

async function measureManyJobs(system: System): Promise<string[]> {
  const { clients, updates, perSecond } = MANY_JOBS
  const jobIds = system.jobIds.slice(0, clients)
  const told = await measureCrowd(system, {
    gateway: await startOurs(system),
    document: 'federated',
    jobIds,
    processes: 1,
    updates: Array.from({ length: updates }, (_, i) => jobIds[i % jobIds.length] ?? ''),
    perSecond,
  })
  return rowOf(clients, 'a job each', perSecond, told)
}

function rowOf(clients: number, what: string, perSecond: number, told: Told): string[] {
  const { ages, lastAges, memoryPerClient, cpuMs, missed, lost } = told
  return [
    clients.toLocaleString('en'),
    what,
    String(perSecond),
    rounded(percentile(ages, 0.5)),
    rounded(percentile(ages, 0.99)),
    rounded(percentile(lastAges, 0.5)),
    rounded(percentile(lastAges, 1)),
    rounded(memoryPerClient.before),
    rounded(memoryPerClient.after),
    rounded((cpuMs * 1000) / ages.length),
    String(missed),
    String(lost),
  ]
}
