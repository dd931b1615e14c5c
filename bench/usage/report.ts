// The report's sections.
import { MEMORY_MB } from '@constellation/usage/lake/start-lake.ts'
import type { Section } from '../queue/section.ts'
import { ratio, rounded } from '../queue/statistics.ts'
import { goalsSection } from './goals.ts'
import type { Measured } from './measured.ts'
import { TITLES } from './questions.ts'

/** One section for each subject that was measured, the smallest ledger first. */
export function sectionsOf(all: readonly Measured[]): Section[] {
  return [
    goalsSection(all, TITLES),
    fillSection(all),
    anewSection(all),
    sideBySideSection(all),
    growthSection(all),
    latencySection(all),
    clicksSection(all),
    freshSection(all),
  ].filter(({ rows }) => rows.length > 0)
}

function fillSection(all: readonly Measured[]): Section {
  return {
    title: 'Filling the lake',
    method:
      'An empty lake is filled from the ledger in PostgreSQL by the code and with the means of the service: one thread ' +
      `and ${MEMORY_MB.write} MiB for DuckDB. The files of each day are put together afterwards. Goal: 100,000 runs/s.`,
    head: ['runs', 'slices', 'fill s', 'runs/s', 'CPU µs/run: PostgreSQL', 'lake', 'compaction s', 'files', 'MB'],
    rows: all.flatMap(({ runs, filled }) =>
      filled
        ? [
            [
              ...[
                count(runs),
                count(filled.slices),
                rounded(filled.fillMs / 1000),
                rounded(runs / (filled.fillMs / 1000)),
              ],
              ...[rounded((filled.postgresMs * 1000) / runs), rounded((filled.serviceMs * 1000) / runs)],
              ...[rounded(filled.compactMs / 1000), String(filled.files), rounded(filled.bytes / 1e6)],
            ],
          ]
        : [],
    ),
  }
}

function anewSection(all: readonly Measured[]): Section {
  return {
    title: 'A lake that is made anew while analysts ask',
    method:
      'The service is started without a lake, as after a restore, and twenty analysts click, as below, until all is there and ' +
      'the files of each day are put together; then they click once more. While it is far behind, questions are refused with ' +
      'how much is there. Goal: memory of the service below 1 GB.',
    head: ['runs', 's', 'questions meanwhile', 'refused', 'questions after', 'refused', 'memory MiB'],
    rows: all.flatMap(({ runs, anew }) =>
      anew
        ? [
            [
              ...[count(runs), rounded(anew.seconds), count(anew.asked), count(anew.refused)],
              ...[count(anew.after.questions), count(anew.after.refused), rounded(anew.memoryMb)],
            ],
          ]
        : [],
    ),
  }
}

function sideBySideSection(all: readonly Measured[]): Section {
  const compared = all.flatMap(({ compared = [] }) => compared)
  return {
    title: 'Side by side with PostgreSQL',
    method:
      'Processor time in ms of PostgreSQL and of the process that asks, all threads, until it has the rows; medians of ' +
      'rounds after one that does not count. The lake is asked with the SELECT of the service. PostgreSQL is asked over the base ' +
      'tables, runs and their GPUs, and over the slices of the ledger, with all indexes, 2 GB of buffers and 256 MB of ' +
      'work_mem. All answers are compared, row by row to the microsecond, and are equal.',
    head: ['question', 'runs', 'rows', 'base tables', 'slices', 'lake', 'base ÷ lake', 'goal', 'slices ÷ lake'],
    rows: compared.map(({ title, runs, groups, postgresMs, sliceMs, lakeMs, goal }) => [
      ...[title, count(runs), count(groups), rounded(postgresMs), rounded(sliceMs), rounded(lakeMs)],
      ...[ratio(postgresMs, lakeMs), `${goal} ×`, ratio(sliceMs, lakeMs)],
    ]),
  }
}

function growthSection(all: readonly Measured[]): Section {
  return {
    title: 'As the ledger grows',
    method:
      'Processor time in ms of the same questions, reckoned as above, of the lake of the smallest ledger and of that of a larger ' +
      'one: both are there, and are asked in turn, so that what the machine does meanwhile is the same for both. Medians of 12.',
    head: ['question', 'runs', 'lake', 'runs', 'lake', 'growth'],
    rows: all.flatMap(({ growth = [] }) =>
      growth.map(({ title, from, to }) => [
        ...[title, count(from.runs), rounded(from.ms), count(to.runs), rounded(to.ms), ratio(to.ms, from.ms)],
      ]),
    ),
  }
}

function latencySection(all: readonly Measured[]): Section {
  return {
    title: 'How long thirty days take',
    method:
      'Of the service as a process of its own, over HTTP, one question at a time, 12 of each kind in turn; 200 cards. ' +
      `Goals: p95 below 150 ms, a card below 5 ms. ${memoryOf(all)}`,
    head: ['runs', 'question', 'p50 ms', 'p95 ms', 'max ms'],
    rows: all.flatMap(({ runs, times = [] }) =>
      times.map(({ what, p50Ms, p95Ms, maxMs }) => [
        ...[count(runs), what, rounded(p50Ms), rounded(p95Ms), rounded(maxMs)],
      ]),
    ),
  }
}

function clicksSection(all: readonly Measured[]): Section {
  return {
    title: 'Twenty analysts who click',
    method:
      'Each asks five questions at once, five times, and looks at the answers for up to two seconds: two questions are the ' +
      'same for all, three are about an account of one’s own. From a click to its last answer. Goal: no question is refused.',
    head: ['runs', 'questions', 'refused', 'p50 ms', 'p95 ms'],
    rows: all.flatMap(({ runs, clicks }) =>
      clicks
        ? [
            [
              count(runs),
              ...[clicks.questions, clicks.refused].map(String),
              rounded(clicks.p50Ms),
              rounded(clicks.p95Ms),
            ],
          ]
        : [],
    ),
  }
}

function memoryOf(all: readonly Measured[]): string {
  const most = all.flatMap(({ runs, memoryMb }) =>
    memoryMb === undefined ? [] : [`${rounded(memoryMb)} MiB with ${count(runs)} runs`],
  )
  return `The most memory that the service had (goal: below 1 GB): ${most.join(', ')}.`
}

function freshSection(all: readonly Measured[]): Section {
  return {
    title: 'From the end of a run to the answer',
    method:
      'The event of the end is published on NATS as the jobs service would; the service is asked for the account until the ' +
      'run is in its answer. 20 runs. Goal: 5 s.',
    head: ['runs', 'median ms', 'max ms'],
    rows: all.flatMap(({ runs, fresh }) =>
      fresh ? [[count(runs), rounded(fresh.medianMs), rounded(fresh.mostMs)]] : [],
    ),
  }
}

function count(value: number): string {
  return value.toLocaleString('en')
}
