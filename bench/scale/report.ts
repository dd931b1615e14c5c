// What is said of the measured steps.
import { availableParallelism } from 'node:os'
import { type Section, toMarkdown } from '../queue/section.ts'
import { percentile, rounded } from '../queue/statistics.ts'
import { busiest, faultsOf } from './judge.ts'
import type { Options } from './options.ts'
import type { Part } from './part.ts'
import { coresAt, costsOf, type Goal, perJob, perSecondAt, perWorkerSecond } from './reckon.ts'
import type { Step } from './step.ts'

const DAY = 86_400

export function report(steps: readonly Step[], sharing: Section, options: Options, others: number): string {
  const heading = ['# Many workers on one stack', '', method(options, others), '']
  const sections = [claims(steps, options), capacity(steps), cpu(steps), written(steps), messages(steps)]
  const last = steps.findLast((step) => faultsOf(step, options).length === 0) ?? steps.at(-1)
  return [...heading, ...[...sections, ...(last ? [goal(last, options)] : []), sharing].map(toMarkdown)].join('\n')
}

/** A line for whoever waits. */
export function progressOf(step: Step): string {
  const { workers, held, joinSeconds, fillSeconds, steady } = step
  const cores = busiest(step)
    .slice(0, 3)
    .map(([name, used]) => `${name} ${rounded(used)}`)
  return (
    `${workers} workers in ${rounded(joinSeconds)} s, ${held} runs in ${rounded(fillSeconds)} s; jobs wait ` +
    `${pair(steady.waitMs)} ms, events ${pair(steady.lags)} ms; busiest: ${cores.join(', ')}; late ${rounded(steady.tally.lateMs)}; ${JSON.stringify(step.failed)}`
  )
}

function method({ gpusEach, seconds, jobsPerSecond }: Options, others: number): string {
  return (
    `Written by \`npm run scale\` on ${availableParallelism()} processors, with Node ${process.versions.node} and PostgreSQL 18 with fsync on. ` +
    'One gateway, one of each service, PostgreSQL and NATS, as `npm start` has them; everything is on one machine. The workers ' +
    "are simulated in one process more: by the worker's own code each has its token, its connections to the gateway and NATS, " +
    `registers ${gpusEach} GPUs, sends their telemetry every second, looks at their health, renews its leases every 5 seconds, ` +
    'claims when woken and every 5 seconds, and reports starts, output (a piece of 400 bytes every half minute) and ends. There are no processes. ' +
    `Each step has five parts: the workers come in and rest (${seconds} s); all GPUs but one of each are given runs that last; these are ` +
    `held (${seconds} s); ${jobsPerSecond} jobs a second are submitted one by one besides, each for one GPU and 1 to 4 seconds, or fewer where workers are few (${seconds} s, and until ` +
    `they have ended); and jobs that take no time wait by the thousand (${seconds / 2} s). A figure of a job is what is used beside the ` +
    `part before, by the number of jobs. Others used ${Math.round(others * 100)} % of the machine meanwhile.`
  )
}

const at = (share: number) => (values: readonly number[]) => rounded(percentile(values, share))
const pair = (values: readonly number[]) => `${at(0.5)(values)} / ${at(0.99)(values)}`

function claims(steps: readonly Step[], options: Options): Section {
  return {
    title: 'What is waited for',
    method:
      'p50 / p99 in ms, while jobs come: from submitting to the claim; of single calls, with the way through the gateway; and from an event to who hears it.',
    head: [
      'workers',
      'runs held',
      'jobs a second',
      'job waits',
      'submit',
      'ClaimRuns',
      'StartRun',
      'RenewLeases',
      'FinishRuns',
      'event',
      'machine busy',
      'simulation late',
      'did not hold',
    ],
    rows: steps.map((step) => {
      const { took } = step.steady.tally
      const calls = ['ClaimRuns', 'StartRun', 'RenewLeases', 'FinishRuns'].map((name) => pair(took[name] ?? []))
      return [
        String(step.workers),
        step.held.toLocaleString('en'),
        rounded(step.steady.jobs / step.steady.seconds),
        pair(step.steady.waitMs),
        pair(step.steady.submitMs),
        ...calls,
        pair(step.steady.lags),
        percent(step.steady.busy),
        rounded(step.steady.tally.lateMs),
        faultsOf(step, options).join('; '),
      ]
    }),
  }
}

function capacity(steps: readonly Step[]): Section {
  return {
    title: 'As fast as it goes',
    method:
      'Workers that register, runs that are given while nearly all GPUs are free, and jobs that are submitted, run for no time and end. Busiest: cores while jobs come.',
    head: ['workers', 'registered/s', 'runs given/s', 'jobs/s', 'claims that gave none, of all', 'busiest'],
    rows: steps.map((step, i) => {
      const joined = step.workers - (steps[i - 1]?.workers ?? 0)
      const all = step.steady.tally.took.ClaimRuns?.length ?? 0
      return [
        String(step.workers),
        rounded(joined / step.joinSeconds),
        rounded(step.fill.tally.runs / step.fill.seconds),
        rounded(step.burst.tally.ended / step.burst.seconds),
        `${(all - step.steady.tally.claims).toLocaleString('en')} of ${all.toLocaleString('en')}`,
        busiest(step)
          .slice(0, 3)
          .map(([name, cores]) => `${name} ${rounded(cores)}`)
          .join(', '),
      ]
    }),
  }
}

function cpu(steps: readonly Step[]): Section {
  const names = [...new Set(steps.flatMap((step) => [...costsOf(step).keys()]))]
  const shown = names.filter((name) => steps.some((step) => (coresOf(step, name) ?? 0) > 0.001)).toSorted()
  return {
    title: 'CPU',
    method: 'Milliseconds: a minute of a worker that rests / that holds its runs / a job.',
    head: ['', ...steps.map(({ workers }) => `${workers} workers`)],
    rows: shown.map((name) => [
      name,
      ...steps.map((step) => {
        const cost = costsOf(step).get(name)
        return cost ? [cost.restingMs * 60, cost.holdingMs * 60, cost.jobMs].map(rounded).join(' / ') : '–'
      }),
    ]),
  }
}

function coresOf({ steady }: Step, name: string): number | undefined {
  const ms = steady.cpuMs[name]
  return ms === undefined ? undefined : ms / 1_000 / steady.seconds
}

const FIGURES: readonly [string, (part: Part) => number][] = [
  ["bytes of PostgreSQL's log", ({ stored }) => stored.walBytes],
  ...(['jobs', 'gpus', 'usage'] as const).flatMap((schema): [string, (part: Part) => number][] => [
    [`rows written, ${schema}`, ({ stored }) => stored.rows[schema] ?? 0],
    [`bytes of tables, ${schema}`, ({ stored }) => stored.tables[schema] ?? 0],
    [`bytes of indexes, ${schema}`, ({ stored }) => stored.indexes[schema] ?? 0],
  ]),
  ['bytes of streams', ({ stored }) => sum(stored.streamBytes)],
  ['messages of streams', ({ stored }) => sum(stored.messages)],
]

function written(steps: readonly Step[]): Section {
  return {
    title: 'Written',
    method:
      'A minute of a worker that holds its runs / a job. Tables grow by pages, and by what vacuum has not cleared yet.',
    head: ['', ...steps.map(({ workers }) => `${workers} workers`)],
    rows: FIGURES.map(([name, figure]) => [
      name,
      ...steps.map((step) => `${rounded(perWorkerSecond(step, figure) * 60)} / ${rounded(perJob(step, figure))}`),
    ]),
  }
}

function messages(steps: readonly Step[]): Section {
  const kinds = [...new Set(steps.flatMap(({ steady }) => Object.keys(steady.heard.messages)))].toSorted()
  const perSecond = ({ steady }: Step, count: number | undefined) => rounded((count ?? 0) / steady.heard.seconds)
  return {
    title: 'Messages of NATS',
    method: 'A second, while jobs come, by the first word of their subjects: as published, not as delivered.',
    head: ['', ...steps.map(({ workers }) => `${workers} workers`)],
    rows: [
      ...kinds.map((kind) => [kind, ...steps.map((step) => perSecond(step, step.steady.heard.messages[kind]))]),
      ['bytes', ...steps.map((step) => perSecond(step, step.steady.heard.bytes))],
    ],
  }
}

function goal(step: Step, { gpusEach }: Options): Section {
  const wanted: Goal = { workers: 1_000, gpusEach, jobsPerSecond: 1e6 / DAY }
  const cores = [...coresAt(step, wanted)].filter(([name, used]) => !name.endsWith('(simulated)') && used >= 0.01)
  const total = cores.reduce((all, [, used]) => all + used, 0)
  const aSecond = FIGURES.map(([name, figure]) => [name, perSecondAt(step, wanted, figure)] as const)
  return {
    title: '1,000 workers, 10,000 GPUs, 1,000,000 jobs a day',
    method:
      `Reckoned from the step of ${step.workers} workers, the last that held: what a worker costs that holds its runs, 1,000 times, and what a job costs, ` +
      `11.6 times a second. Both are taken to grow in proportion, which the columns above show or do not. Together ${rounded(total)} cores.`,
    head: ['', 'cores, or a second', 'a day'],
    rows: [
      ...cores.toSorted(([, a], [, b]) => b - a).map(([name, used]) => [name, rounded(used), '']),
      ...aSecond.map(([name, value]) => [name, rounded(value), aDay(name, value)]),
    ],
  }
}

function aDay(name: string, aSecond: number): string {
  const value = aSecond * DAY
  return name.startsWith('bytes') ? `${rounded(value / 1e9)} GB` : `${rounded(value / 1e6)} million`
}

function sum(values: Readonly<Record<string, number>>): number {
  return Object.values(values).reduce((all, value) => all + value, 0)
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
