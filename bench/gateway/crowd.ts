// Clients in processes of their own that watch jobs at a gateway while the jobs are updated.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import * as v from 'valibot'
import { startWorker, type Worker } from '../telemetry/orders.ts'
import { askGraph } from './ask.ts'
import type { Contender } from './contenders.ts'
import { cpuMs } from './cpu.ts'
import { nameOfUpdate, type Watching, watchJob } from './socket.ts'
import { heard } from './subscribers.ts'
import type { System } from './system.ts'

export interface Crowd {
  gateway: Contender
  document: Watching['document']
  /** One for each client. */
  jobIds: readonly string[]
  processes: number
  /** The jobs that are updated, in this order, at so many a second; each goes through the jobs service and PostgreSQL. */
  updates: readonly string[]
  perSecond: number
}

export interface Told {
  /** Of all clients, in milliseconds from before the update was sent to the service. */
  ages: number[]
  /** By update, when the last client was told. */
  lastAges: number[]
  missed: number
  lost: number
  /** Of the gateway's process while updates went out. */
  cpuMs: number
  /** By which it grew for each client, once all watched and after the last update, in kB. */
  memoryPerClient: { before: number; after: number }
}

const UPDATE =
  'mutation ($id: ID!, $name: String!) { updateJob(id: $id, input: { name: $name }) { problems { path } } }'
/** After the last update, what has not come by then is missed, in milliseconds. */
const LATE_MS = 10_000
const LOOK_AGAIN_MS = 100
const OPENED_AT_ONCE = 500

export async function measureCrowd(system: System, crowd: Crowd): Promise<Told> {
  const { gateway, jobIds } = crowd
  await warmUp(crowd)
  const emptyKb = memoryOf(gateway.pid)
  const workers = Array.from({ length: crowd.processes }, () =>
    startWorker(path.join(import.meta.dirname, 'subscribers.ts')),
  )
  try {
    await Promise.all(
      workers.map((worker, i) => {
        const own = jobIds.filter((_, place) => place % workers.length === i)
        return openAll(worker, crowd, own)
      }),
    )
    const watchedKb = memoryOf(gateway.pid)
    const cpuBefore = cpuMs(gateway.pid)
    await update(system.urls.jobs, crowd)
    const expected = expectedOf(crowd)
    const reports = await waitForAll(workers, expected)
    const ages = reports.flatMap((report) => Object.values(report.ages).flat())
    return {
      ages,
      lastAges: lastOf(reports),
      missed: expected - ages.length,
      lost: reports.reduce((sum, report) => sum + report.lost, 0),
      cpuMs: cpuMs(gateway.pid) - cpuBefore,
      memoryPerClient: {
        before: (watchedKb - emptyKb) / jobIds.length,
        after: (memoryOf(gateway.pid) - emptyKb) / jobIds.length,
      },
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()))
  }
}

/** One client comes and goes, so that what is made once is not taken for a client's. */
async function warmUp({ gateway: { url, headers }, document, jobIds: [id] }: Crowd): Promise<void> {
  if (id === undefined) throw new Error('There is no job to watch.')
  const socket = await watchJob({ url, headers, document }, id, () => {})
  socket.terminate()
}

/** In parts, each of which is answered in time on a busy machine too. */
async function openAll(worker: Worker, { gateway, document }: Crowd, jobIds: readonly string[]): Promise<void> {
  const { url, headers } = gateway
  for (let from = 0; from < jobIds.length; from += OPENED_AT_ONCE) {
    const some = jobIds.slice(from, from + OPENED_AT_ONCE)
    await worker.order({ kind: 'watch', url, headers, document, jobIds: some }, v.unknown())
  }
}

/** How many messages the clients should get. */
function expectedOf({ jobIds, updates }: Crowd): number {
  const watchers = new Map<string, number>()
  for (const id of jobIds) watchers.set(id, (watchers.get(id) ?? 0) + 1)
  return updates.reduce((sum, id) => sum + (watchers.get(id) ?? 0), 0)
}

/** Sends each at its moment, whether or not those before it were answered. */
async function update(url: string, { updates, perSecond }: Crowd): Promise<void> {
  const began = performance.now()
  const sent: Promise<unknown>[] = []
  for (const [i, id] of updates.entries()) {
    const wait = began + (i * 1000) / perSecond - performance.now()
    if (wait > 0) await delay(wait)
    sent.push(askGraph(url, UPDATE, { id, name: nameOfUpdate() }))
  }
  await Promise.all(sent)
}

type Report = v.InferOutput<typeof heard>

async function waitForAll(workers: readonly Worker[], expected: number): Promise<Report[]> {
  const deadline = performance.now() + LATE_MS
  for (;;) {
    const reports = await Promise.all(workers.map((worker) => worker.order({ kind: 'report' }, heard)))
    const count = reports.flatMap(({ counts }) => counts).reduce((sum, each) => sum + each, 0)
    if (count >= expected || performance.now() > deadline) return reports
    await delay(LOOK_AGAIN_MS)
  }
}

function lastOf(reports: readonly Report[]): number[] {
  const updates = new Set(reports.flatMap(({ ages }) => Object.keys(ages)))
  return [...updates].map((sent) => reports.reduce((last, { ages }) => Math.max(last, ...(ages[sent] ?? [0])), 0))
}

/** Of the process, in kB; NaN where there is no /proc. */
function memoryOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  } catch {
    return Number.NaN
  }
}
