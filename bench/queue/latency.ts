// How long an idle queue takes from a submit to the start of the job: one job at a time.
import { setTimeout as delay } from 'node:timers/promises'
import type { Section } from './section.ts'
import { median, percentile, ratio, rounded } from './statistics.ts'
import { withinSeconds } from './within.ts'

/** A queue with one worker that waits. */
export interface Probe {
  name: string
  /** The listener hears the instant, by `performance.now()`, at which a job is the worker's. */
  onStart(listener: (at: number) => void): void
  /** Resolves when the job is stored. */
  submit(): Promise<unknown>
  /** Ends what was started, and resolves when the queue is idle again. */
  rest?(): Promise<void>
  close(): Promise<void>
}

const WARM_UP = 20
/** Between two jobs, in milliseconds: at random, so that no rhythm of the machine stands still with ours. */
const PAUSE = { least: 3, most: 12 }
/** One job, in seconds. */
const LIMIT = 30

export interface Race {
  /** Only when it is its turn: what waits, polls. */
  open(): Promise<Probe>
  /** Fewer than others where it is slow. */
  jobs: number
  /** The longest pause between two jobs, in milliseconds, where a poll must be met at any moment of its period. */
  pauseMs?: number
  ours: boolean
}

export async function measureLatency(races: readonly Race[], say: (line: string) => void): Promise<Section> {
  const results: { name: string; ours: boolean; times: number[] }[] = []
  for (const { open, jobs, ours, pauseMs = PAUSE.most } of races) {
    const probe = await open()
    const times = await run(probe, jobs, pauseMs).finally(() => probe.close())
    say(`${probe.name}: ${rounded(median(times))} ms`)
    results.push({ name: probe.name, ours, times })
  }
  const our = results.find(({ ours }) => ours)?.times ?? []
  return {
    title: 'Latency: submit to start on an idle queue',
    method:
      'One job at a time in one process. The clock runs from before the submit to the worker having the job: for graphile-worker and ' +
      'pg-boss the call of the task, for us the answer of the claim that the wake-up through NATS caused, with the relay of events at work. ' +
      '`ours ÷ it` below 1 is quicker.',
    head: ['who', 'jobs', 'median ms', 'p99 ms', 'ours ÷ it, median', 'p99'],
    rows: results.map(({ name, times }) => [
      name,
      String(times.length),
      rounded(median(times)),
      rounded(percentile(times, 0.99)),
      ratio(median(our), median(times)),
      ratio(percentile(our, 0.99), percentile(times, 0.99)),
    ]),
  }
}

async function run(probe: Probe, jobs: number, pauseMs: number): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i < jobs + WARM_UP; i++) {
    const started = Promise.withResolvers<number>()
    probe.onStart(started.resolve)
    const began = performance.now()
    await probe.submit()
    const took = (await withinSeconds(LIMIT, probe.name, started.promise)) - began
    if (i >= WARM_UP) times.push(took)
    await probe.rest?.()
    await delay(PAUSE.least + Math.random() * (pauseMs - PAUSE.least))
  }
  return times
}
