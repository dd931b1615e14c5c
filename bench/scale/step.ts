// One step: so many workers that come in, rest, take long runs until nearly all GPUs are held, and then a million jobs a day
// beside them, and as many as can be.
import { setTimeout as delay } from 'node:timers/promises'
import * as v from 'valibot'
import { counted } from './crew.ts'
import type { Options } from './options.ts'
import { type Bench, measurePart, type Part } from './part.ts'
import type { Hired } from './simulated-worker.ts'
import type { Submitter } from './submit.ts'
import { tallied } from './tally.ts'

export interface Step {
  workers: number
  /** Runs that are held all the while. */
  held: number
  /** How long it took until all were registered, in seconds, and until the long runs ran. */
  joinSeconds: number
  fillSeconds: number
  /** How many were given runs in that time, and how long their claims took. */
  fill: Part
  /** Nothing to do. */
  rest: Part
  /** The long runs go on. */
  hold: Part
  /** And jobs come, `jobs` in all. */
  steady: Part & { jobs: number; submitMs: number[]; waitMs: number[] }
  /** As many jobs as can be. */
  burst: Part
  failed: Record<string, number>
}

/** The last GPU of each worker is for jobs that come and go. */
const SPARE = 1
const LONG_SECONDS = 86_400
/** How long a job takes that comes and goes. */
const SHORT_SECONDS = { least: 1, most: 4 }
/** Where workers are few, jobs come no faster than fills this much of the GPUs that are left for them. */
const MOST_BUSY = 0.5
const LIMIT_MS = { join: 60_000, fill: 60_000, drain: 30_000 }
const SETTLE_MS = 6_000
/** For each worker, jobs that wait while as many as can be are worked off. */
const WAITING_EACH = 10
const LOOK_MS = 100

/** `before` are the workers of the step before, who go on. */
export async function takeStep(
  bench: Bench,
  submitter: Submitter,
  { workers, before }: { workers: number; before: number },
  { gpusEach, seconds, jobsPerSecond }: Options,
): Promise<Step> {
  await bench.crew.order({ kind: 'report' }, tallied)
  const hired = await bench.system.enrol(before, workers)
  const joinSeconds = await join(bench, hired, workers, gpusEach)
  await delay(SETTLE_MS)
  const rest = await measurePart(bench, delay(seconds * 1_000))
  const more = (workers - before) * (gpusEach - SPARE)
  const held = workers * (gpusEach - SPARE)
  let fillSeconds = 0
  const fill = await measurePart(
    bench,
    submitter.many(more, LONG_SECONDS).then(async () => {
      fillSeconds = await until(bench, ({ runs }) => runs >= held, LIMIT_MS.fill)
    }),
  )
  await delay(SETTLE_MS)
  const hold = await measurePart(bench, delay(seconds * 1_000))
  const since = new Date()
  let submitMs: number[] = []
  const lasting = () => SHORT_SECONDS.least + Math.random() * (SHORT_SECONDS.most - SHORT_SECONDS.least)
  const steady = await measurePart(
    bench,
    submitter.steadily(Math.min(jobsPerSecond, mostPerSecond(workers)), seconds, lasting).then(async (took) => {
      submitMs = took
      await until(bench, ({ runs }) => runs <= held, LIMIT_MS.fill)
    }),
  )
  const waitMs = await bench.ledger.waitsSince(since)
  const burst = await measurePart(bench, rush(bench, submitter, seconds / 2, workers * WAITING_EACH))
  await drain(bench)
  const parts = [rest, fill, hold, steady, burst]
  return {
    workers,
    held,
    joinSeconds,
    fillSeconds,
    fill,
    rest,
    hold,
    steady: { ...steady, jobs: submitMs.length, submitMs, waitMs },
    burst,
    failed: added(parts.map(({ tally }) => tally.failed)),
  }
}

function mostPerSecond(workers: number): number {
  return (workers * SPARE * MOST_BUSY * 2) / (SHORT_SECONDS.least + SHORT_SECONDS.most)
}

async function join(bench: Bench, hired: readonly Hired[], to: number, gpus: number): Promise<number> {
  const { system, crew } = bench
  await crew.order({ kind: 'hire', gatewayUrl: system.url, gpus, hired }, v.unknown())
  return until(bench, ({ workers }) => workers >= to, LIMIT_MS.join)
}

/** Resolves with how many seconds it took, also where it took too long: what did not come shows in the figures. */
async function until(
  { crew }: Bench,
  isSo: (state: v.InferOutput<typeof counted>) => boolean,
  limitMs: number,
): Promise<number> {
  const began = performance.now()
  const passed = () => performance.now() - began
  while (!isSo(await crew.order({ kind: 'count' }, counted)) && passed() < limitMs) await delay(LOOK_MS)
  return passed() / 1_000
}

/** Keeps many short jobs waiting for so long. They end at once. */
async function rush(bench: Bench, submitter: Submitter, seconds: number, waiting: number): Promise<void> {
  const end = performance.now() + seconds * 1_000
  const ended = async () => (await bench.crew.order({ kind: 'count' }, counted)).ended
  const before = await ended()
  let given = 0
  while (performance.now() < end) {
    if (given - ((await ended()) - before) < waiting) {
      await submitter.many(waiting, 0)
      given += waiting
    }
    await delay(LOOK_MS)
  }
}

/** Works off what is left, so that the next step does not pay for it. */
async function drain({ ledger }: Bench): Promise<void> {
  const end = performance.now() + LIMIT_MS.drain
  while ((await ledger.waiting()) > 0 && performance.now() < end) await delay(LOOK_MS)
}

function added(all: readonly Record<string, number>[]): Record<string, number> {
  const sum: Record<string, number> = {}
  for (const [name, count] of all.flatMap((each) => Object.entries(each))) sum[name] = (sum[name] ?? 0) + count
  return sum
}
