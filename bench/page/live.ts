// The page under events: how soon it shows them, and what that costs its main thread.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { type Load, mainThreadLoad } from './main-thread.ts'
import { installProbe, PROBE, readProbe } from './probe.ts'
import type { BenchServer } from './server.ts'

export interface Latency {
  latenciesMs: readonly number[]
  sent: number
}

export interface Flood extends Load {
  rows: number
  /** Messages that came, and frames that were drawn, each second. */
  perSecond: number
  framesPerSecond: number
}

/** A token that nobody checks here: of an administrator, so that all is shown. */
const TOKEN = `${btoa('{}')}.${btoa('{"sub":"admin","role":"admin","accounts":["team-0"]}')}.c2ln`
const TICK_MS = 5

/** Opens a page and waits for what shows that it is full. */
export async function openLive(page: Page, server: BenchServer, address: string, full: () => Promise<void>) {
  await installProbe(page)
  await page.goto(`${server.url}${address}#token=${TOKEN}`)
  await page.getByText('Live', { exact: true }).waitFor()
  await full()
}

/** Sends so many single events to a page that shows the jobs, with a pause after each. */
export async function measureLatency(
  page: Page,
  server: BenchServer,
  count: number,
  pauseMs: number,
): Promise<Latency> {
  for (let turn = 0; turn < count; turn++) {
    const job = server.jobs[turn % 20]
    if (!job) break
    job.name = `${PROBE} ${turn}`
    job.version += 1
    server.tell(job)
    await sleep(pauseMs)
  }
  return { latenciesMs: (await readProbe(page)).latenciesMs, sent: count }
}

/** Sends that many events each second, spread over all jobs. */
export async function measureFlood(
  page: Page,
  server: BenchServer,
  rows: number,
  perSecond: number,
  seconds: number,
): Promise<Flood> {
  const before = await readProbe(page)
  const began = performance.now()
  const load = await mainThreadLoad(page, async () => {
    let sent = 0
    while (performance.now() - began < seconds * 1_000) {
      for (const due = ((performance.now() - began) / 1_000) * perSecond; sent < due; sent++)
        change(server, sent % rows)
      await sleep(TICK_MS)
    }
  })
  const span = (performance.now() - began) / 1_000
  const after = await readProbe(page)
  return {
    ...load,
    rows,
    perSecond: (after.messages - before.messages) / span,
    framesPerSecond: (after.frames - before.frames) / span,
  }
}

function change(server: BenchServer, turn: number): void {
  const job = server.jobs[turn]
  if (!job) return
  job.version += 1
  job.usage.gpuSeconds += 0.1
  server.tell(job)
}

/** Does nothing but watch for so long. */
export async function measureWatching(page: Page, seconds: number): Promise<Load & { framesPerSecond: number }> {
  const before = await readProbe(page)
  const load = await mainThreadLoad(page, () => sleep(seconds * 1_000))
  const after = await readProbe(page)
  return { ...load, framesPerSecond: (after.frames - before.frames) / seconds }
}
