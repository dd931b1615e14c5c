// One step: so many GPUs, so many watchers, for a few seconds.
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import * as v from 'valibot'
import { treeCpuMs } from '../queue/cpu.ts'
import { percentile } from '../queue/statistics.ts'
import type { Worker } from './orders.ts'
import { GPUS_PER_WORKER, type System } from './system.ts'
import { watched } from './watch.ts'

export interface Step {
  gpus: number
  watchers: number
  /** What each watches: all GPUs, or the eight of one worker. */
  shape: 'all' | '8 each'
  everyMs: number
}

export interface Measured {
  step: Step
  /** By part, how much of a core it used. */
  cores: Record<string, number>
  /** By part, in MiB. */
  memory: Record<string, number>
  /** Of the newest sample of each result, and of all samples, from publishing to the watcher, in ms. */
  newest: { p50: number; p99: number }
  all: { p50: number; p99: number }
  megabytesPerSecond: number
  /** Of the results and samples that there should have been, as a share of 1. */
  resultsShare: number
  samplesShare: number
  /** Samples that were published and are in no roll-up. */
  notStored: number
  /** Sockets that the gateway closed. */
  lostSockets: number
}

const WARM_UP_MS = 2_000
const MEASURED_MS = 5_000
const STORED_LIMIT_MS = 7_000
const READERS = 10

export async function measureStep(
  system: System,
  { publisher, watchers }: { publisher: Worker; watchers: Worker },
  step: Step,
): Promise<Measured> {
  const before = { published: await countPublished(publisher), stored: await system.storedSamples() }
  await publisher.order({ kind: 'publish', workers: step.gpus / GPUS_PER_WORKER }, v.unknown())
  await watchers.order(watchOrder(system, step), v.unknown())
  await delay(WARM_UP_MS)
  const pids = { ...system.pids, 'workers (bench)': publisher.pid, 'watchers (bench)': watchers.pid }
  await watchers.order({ kind: 'reset' }, v.unknown())
  const began = { at: performance.now(), cpu: eachOf(pids, treeCpuMs) }
  await delay(MEASURED_MS)
  const seen = await watchers.order({ kind: 'report' }, watched)
  const passed = performance.now() - began.at
  const cpu = eachOf(pids, treeCpuMs)
  const memory = eachOf(pids, memoryOf)
  await watchers.order({ kind: 'leave' }, v.unknown())
  await publisher.order({ kind: 'publish', workers: 0 }, v.unknown())
  const published = (await countPublished(publisher)) - before.published
  const stored = (await storedOf(system, before.stored + published)) - before.stored
  const seconds = passed / 1000
  const perReader = step.shape === 'all' ? step.gpus : GPUS_PER_WORKER
  return {
    step,
    cores: Object.fromEntries(Object.entries(cpu).map(([name, ms]) => [name, (ms - (began.cpu[name] ?? 0)) / passed])),
    memory,
    newest: { p50: percentile(seen.newestAges, 0.5), p99: percentile(seen.newestAges, 0.99) },
    all: { p50: percentile(seen.ages, 0.5), p99: percentile(seen.ages, 0.99) },
    megabytesPerSecond: seen.bytes / 1e6 / seconds,
    resultsShare: seen.results / ((step.watchers * seconds * 1000) / Math.max(step.everyMs, pace(step))),
    samplesShare: seen.samples / (Math.min(READERS, step.watchers) * perReader * seconds),
    notStored: published - stored,
    lostSockets: seen.lost,
  }
}

/** The eight of one worker come once a second. */
function pace({ shape }: Step): number {
  return shape === '8 each' ? 1_000 : 0
}

function watchOrder({ socketUrl, token, inventory }: System, { gpus, watchers, shape, everyMs }: Step) {
  const workers = gpus / GPUS_PER_WORKER
  const choices = Array.from({ length: watchers }, (_, i) => (shape === 'all' ? null : inventory[i % workers]?.gpuIds))
  return { kind: 'watch', url: socketUrl, token, everyMs, watchers: choices }
}

function countPublished(publisher: Worker): Promise<number> {
  return publisher.order({ kind: 'count' }, v.number())
}

/** How many samples are stored once that many are, or after a while. */
async function storedOf(system: System, expected: number): Promise<number> {
  const deadline = performance.now() + STORED_LIMIT_MS
  for (;;) {
    const stored = await system.storedSamples()
    if (stored >= expected || performance.now() > deadline) return stored
    await delay(200)
  }
}

function eachOf(pids: Readonly<Record<string, number>>, measure: (pid: number) => number): Record<string, number> {
  return Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, measure(pid)]))
}

/** Of the process alone, in MiB; NaN where there is no /proc. */
function memoryOf(pid: number): number {
  try {
    const [, kib] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kib) / 1024
  } catch {
    return Number.NaN
  }
}
