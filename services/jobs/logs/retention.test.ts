import { query } from '@constellation/platform/database/database.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { finishRun } from '../finish.ts'
import { insertChunks } from '../sql/log-chunks.ts'
import { alice, type Bench, gpu, openBench, started, submitted, worker } from '../testing.ts'
import { updateJob } from '../update.ts'
import { readLog } from './logs.ts'
import { keepingOf, sweep } from './retention.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

function run(text: string, values: readonly unknown[] = []) {
  return query<Record<string, unknown>>(bench.database.pool, null, text, values)
}

/** What refers to a job or a run that was just claimed. */
const REFERENCES = {
  job: ['jobs.id', 'runs.job_id', 'leases.job_id', 'events.job_id'],
  run: ['runs.id', 'leases.run_id', 'run_gpus.run_id', 'events.run_id'],
}

/** Gives a job or a run the id that it would have if it had come so many days ago. */
async function backdate(what: keyof typeof REFERENCES, id: string, days: number): Promise<string> {
  const [row] = await run(`SELECT uuidv7(make_interval(days => -$1::integer)) AS id`, [days])
  for (const reference of REFERENCES[what]) {
    const [table, column] = reference.split('.')
    await run(`UPDATE ${table} SET ${column} = $1 WHERE ${column} = $2`, [row?.id, id])
  }
  return String(row?.id)
}

interface Logged {
  id: string
  jobId: string
  epoch: number
}

/** A run that was claimed `claimedDaysAgo` with `chunks` chunks of log, and ended `endedDaysAgo` or lives. */
async function logged(claimedDaysAgo: number, endedDaysAgo: number | null, chunks = 2): Promise<Logged> {
  await submitted(bench, { gpus: { count: 1 } })
  const claim = await started(bench, [gpu(1)])
  const { leaseEpoch: epoch } = claim.run
  const jobId = await backdate('job', claim.job.id, claimedDaysAgo)
  const id = await backdate('run', claim.run.id, claimedDaysAgo)
  await insertChunks(
    bench.database.pool,
    Array.from({ length: chunks }, (_, seq) => chunk({ id, epoch }, seq, seq === chunks - 1)),
  )
  if (endedDaysAgo !== null) {
    await finishRun(bench.as(worker), { runId: id, epoch, outcome: 'EXITED', exitCode: 0, logChunks: chunks })
    for (const table of ['runs', 'jobs']) {
      const ended = 'finished_at = now() - make_interval(days => $1::integer)'
      await run(`UPDATE ${table} SET ${ended} WHERE id = ANY($2)`, [endedDaysAgo, [id, jobId]])
    }
  }
  return { id, jobId, epoch }
}

function chunk({ id, epoch }: Pick<Logged, 'id' | 'epoch'>, seq: number, end: boolean) {
  const at = new Date().toISOString()
  const text = end ? '' : `line ${seq}\n`
  return { runId: id, epoch, workerId: worker.id, seq, at, stream: 'stdout', text, firstLine: seq, end } as const
}

async function published(): Promise<void> {
  await run('UPDATE events SET published_at = now()')
}

function sweepWith(days: { logs?: number; jobs?: number }) {
  const keep = keepingOf({ LOG_RETENTION_DAYS: days.logs ?? 0, JOB_RETENTION_DAYS: days.jobs ?? 0 })
  return sweep({ pool: bench.database.pool, keep })
}

async function logOf({ id }: Logged) {
  const found = await bench.as(alice).loaders.run.load(id)
  return found && readLog(bench.database.pool, found, -1, 500)
}

/** How many rows each table has; of events, of how many jobs there are some. */
async function counts(): Promise<unknown> {
  const rows = (table: string) => `(SELECT count(*)::int FROM ${table}) AS ${table}`
  const [row] = await run(
    `SELECT ${['jobs', 'runs', 'run_gpus', 'log_chunks'].map(rows).join(', ')},
       (SELECT count(DISTINCT job_id)::int FROM events) AS events`,
  )
  return row
}

test('a log goes when its time is over, and its run says so; younger ones and that of a long run stay', async () => {
  const old = await logged(40, 31, 1_200)
  const young = await logged(29, 29)
  const long = await logged(40, 2)
  const living = await logged(40, null)
  expect(await sweepWith({ logs: 30 })).toEqual({ logs: 1, jobs: 0 })
  expect(await logOf(old)).toEqual({ chunks: [], ended: true, expired: true })
  for (const kept of [young, long, living]) {
    expect(await logOf(kept)).toMatchObject({ chunks: [{ seq: 0 }, { seq: 1 }], expired: false })
  }
  expect(await counts()).toMatchObject({ jobs: 4, runs: 4, log_chunks: 6 })
  expect(await sweepWith({ logs: 30 })).toEqual({ logs: 0, jobs: 0 })
})

test('what comes late for a log that is gone is not stored', async () => {
  const old = await logged(40, 31)
  await sweepWith({ logs: 30 })
  expect(await insertChunks(bench.database.pool, [chunk(old, 0, false)])).toEqual([])
})

test('a removal that broke off is taken up again', async () => {
  const old = await logged(40, 31)
  await run('UPDATE runs SET log_expired_at = now() WHERE id = $1', [old.id])
  expect(await logOf(old)).toEqual({ chunks: [], ended: true, expired: true })
  await sweepWith({ logs: 30 })
  expect(await counts()).toMatchObject({ log_chunks: 0 })
})

test('0 days are for ever', async () => {
  await logged(4_000, 3_999)
  await published()
  const before = await counts()
  expect(await sweepWith({})).toEqual({ logs: 0, jobs: 0 })
  expect(await counts()).toEqual(before)
})

test('an ended job goes with all that is known of it, and nothing of another', async () => {
  await logged(40, 31, 1_200)
  await logged(40, 2)
  await logged(40, null)
  await published()
  expect(await sweepWith({ jobs: 30 })).toEqual({ logs: 0, jobs: 1 })
  expect(await counts()).toEqual({ jobs: 2, runs: 2, run_gpus: 2, events: 2, log_chunks: 4 })
})

test('who depended on a job that is gone depends on it no more', async () => {
  const { jobId } = await logged(40, 31)
  const dependent = await submitted(bench, { after: [jobId] })
  await published()
  expect(await sweepWith({ jobs: 30 })).toEqual({ logs: 0, jobs: 1 })
  expect(await run('SELECT FROM dependencies')).toEqual([])
  expect(await bench.as(alice).loaders.after.load(dependent.id)).toEqual([])
})

test('a job stays until all its events are published, and where something happened to it meanwhile', async () => {
  const { jobId } = await logged(40, 31)
  expect(await sweepWith({ jobs: 30 })).toEqual({ logs: 0, jobs: 0 })
  await published()
  await updateJob(bench.as(alice), jobId, { name: 'renamed' })
  expect(await sweepWith({ jobs: 30 })).toEqual({ logs: 0, jobs: 0 })
  await published()
  expect(await sweepWith({ jobs: 30 })).toEqual({ logs: 0, jobs: 1 })
  expect(await counts()).toEqual({ jobs: 0, runs: 0, run_gpus: 0, events: 0, log_chunks: 0 })
})

test('several at once remove everything, each row once', async () => {
  for (let i = 0; i < 120; i++) await logged(40, 31, 20)
  await published()
  const swept = await Promise.all([1, 2, 3].map(() => sweepWith({ logs: 30, jobs: 30 })))
  const last = await sweepWith({ logs: 30, jobs: 30 })
  expect([...swept, last].reduce((sum, { jobs }) => sum + jobs, 0)).toBe(120)
  expect(await counts()).toEqual({ jobs: 0, runs: 0, run_gpus: 0, events: 0, log_chunks: 0 })
})
