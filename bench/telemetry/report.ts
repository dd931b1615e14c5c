// What is said of the measured steps.
import type { Section } from '../queue/section.ts'
import { rounded } from '../queue/statistics.ts'
import type { Measured } from './measure.ts'

/** Later than this is broken, in milliseconds. */
const MOST_LATE_MS = 1_000

/** What did not hold in a step, in a few words; undefined where all held. */
export function whyBroken(measured: Measured): string | undefined {
  const { newest, resultsShare, notStored, lostSockets, step } = measured
  const faults = [
    ...(newest.p99 > MOST_LATE_MS ? ['p99 above 1 s'] : []),
    ...(step.watchers > 0 && resultsShare < 0.7 ? ['results missing'] : []),
    ...(notStored > 0 ? ['samples not stored'] : []),
    ...(lostSockets > 0 ? ['sockets lost'] : []),
  ]
  return faults.length === 0 ? undefined : `${faults.join(', ')}; busiest: ${busiest(measured)}`
}

function busiest({ cores }: Measured): string {
  const [first] = Object.entries(cores).toSorted(([, a], [, b]) => b - a)
  return first ? `${first[0]}, ${rounded(first[1])} of a core` : 'unknown'
}

export function sectionOf(rows: readonly Measured[], others: number): Section {
  return {
    title: 'From workers to watchers, and into roll-ups',
    method:
      'Workers with 8 GPUs each publish all metrics at 1 Hz, at moments spread over the second, from one process. The ' +
      'gpus service hears all and stores roll-ups, the gateway sends `gpuTelemetry` to watchers with a socket each. Each ' +
      'step: 5 s after 2 s that do not count. Latency runs from publishing to the watcher, of the newest sample of each ' +
      'result (the way through the system, with the 25 ms for which the gateway gathers) and of all samples (with the wait ' +
      'for their turn, of up to `every`); ten of the watchers read, the others only count. CPU is in cores. `shown` is ' +
      'the share of the samples that reached the readers: where two of a GPU fall into one turn, the older is not sent. ' +
      'A step is broken where the p99 of the newest is above 1 s, a third of the results is missing, a sample is not ' +
      `stored, or a socket is lost. Others used ${Math.round(others * 100)} % of the machine meanwhile.`,
    head: [
      'GPUs',
      'watchers',
      'each of',
      'every',
      'newest p50 / p99 ms',
      'all p50 / p99 ms',
      'gateway',
      'gpus service',
      'PostgreSQL',
      'NATS',
      'bench: workers / watchers',
      'together',
      'MB/s out',
      'gateway / gpus MiB',
      'shown',
      'not stored',
      'broken',
    ],
    rows: rows.map(rowOf),
  }
}

function rowOf(measured: Measured): string[] {
  const { step, cores, memory, newest, all, megabytesPerSecond, samplesShare, notStored } = measured
  const core = (name: string) => rounded(cores[name] ?? Number.NaN)
  return [
    step.gpus.toLocaleString('en'),
    String(step.watchers),
    step.shape === 'all' ? 'all' : '8',
    `${step.everyMs} ms`,
    `${rounded(newest.p50)} / ${rounded(newest.p99)}`,
    `${rounded(all.p50)} / ${rounded(all.p99)}`,
    core('gateway'),
    core('gpus service'),
    core('PostgreSQL'),
    core('NATS'),
    `${core('workers (bench)')} / ${core('watchers (bench)')}`,
    rounded(Object.values(cores).reduce((sum, each) => sum + each, 0)),
    rounded(megabytesPerSecond),
    `${rounded(memory.gateway ?? Number.NaN)} / ${rounded(memory['gpus service'] ?? Number.NaN)}`,
    step.watchers === 0 ? '–' : `${rounded(samplesShare * 100)} %`,
    String(notStored),
    whyBroken(measured) ?? '',
  ]
}

/** A line for whoever waits. */
export function progressOf(measured: Measured): string {
  const { step, newest } = measured
  const what = `${step.gpus} GPUs, ${step.watchers} watchers of ${step.shape}, every ${step.everyMs} ms`
  return `${what}: p99 ${rounded(newest.p99)} ms; ${whyBroken(measured) ?? 'holds'}`
}
