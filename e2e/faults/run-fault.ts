// One run of the harness: jobs, a fault at moments that the seed decides, healing, the end of all jobs, the checker.
import { check } from './check.ts'
import type { Fault, Scene, Size } from './fault.ts'
import { gather, readJobs } from './gather.ts'
import type { History, Submit, View, Violation } from './history.ts'
import { openJobViews } from './job-views.ts'
import { type Planned, planJobs } from './plan.ts'
import type { Rig } from './rig.ts'
import { chanceOf } from './seeded.ts'
import { openStreamView, type StreamView } from './stream-view.ts'
import { submitAll } from './submitting.ts'
import { until } from './until.ts'

export interface Report {
  fault: string
  seed: string
  jobs: number
  runs: number
  /** Why it was not tried here. */
  skipped?: string
  violations: Violation[]
  notes: string[]
  seconds: number
}

export interface RunOptions {
  seed: string
  size: Size
  /** How many jobs, in place of the fault's own number. */
  jobs?: number
  /** The jobs have this long to end after healing, in milliseconds. */
  limitMs?: number
}

/** The long form of a fault has this many times the jobs. */
const LONG = 6
const LIMIT_MS = 60_000
/** What follows the end of the jobs may take this long: their ledger, logs and last events. In milliseconds. */
const SETTLE_MS = 15_000
/** So many of the jobs are watched by the graph too. */
const WATCHED = 6

export async function runFault(rig: Rig, fault: Fault, options: RunOptions): Promise<Report> {
  const { seed, size, limitMs = LIMIT_MS } = options
  const began = performance.now()
  const report: Report = { fault: fault.name, seed, jobs: 0, runs: 0, violations: [], notes: [], seconds: 0 }
  const skipped = await fault.missing?.(rig)
  if (skipped !== undefined) return { ...report, skipped }
  const chance = chanceOf(`${fault.name} ${seed}`)
  const prefix = `${fault.name}-${seed}-${process.pid}-${Math.round(began)}`
  const jobs = options.jobs ?? fault.shape.jobs * (size === 'long' ? LONG : 1)
  const spanMs = fault.shape.spanMs * Math.max(1, jobs / fault.shape.jobs)
  const plan = planJobs(chance, prefix, { ...fault.shape, jobs, spanMs })
  const undo: (() => Promise<unknown>)[] = []
  try {
    const history = await play(rig, fault, { size, limitMs, plan, chance, report, undo })
    report.violations.push(...check(history))
    report.jobs = history.jobs.length
    report.runs = history.runs.length
  } catch (error) {
    // What a fault waited for has not come about: that is a finding too.
    report.violations.push({ invariant: 'I2', what: error instanceof Error ? error.message : String(error) })
  } finally {
    for (const step of undo.toReversed()) await step()
  }
  report.seconds = (performance.now() - began) / 1_000
  return report
}

interface Play {
  size: Size
  limitMs: number
  plan: Planned[]
  chance: Scene['chance']
  report: Report
  undo: (() => Promise<unknown>)[]
}

async function play(rig: Rig, fault: Fault, { size, limitMs, plan, chance, report, undo }: Play): Promise<History> {
  const submits: Submit[] = []
  const own: ((jobIds: readonly string[]) => View[])[] = []
  const stream = openStreamView(rig.nats)
  const page = openJobViews(rig, 'a page')
  undo.push(stream.stop, page.stop)
  const scene: Scene = {
    rig,
    chance,
    size,
    plan,
    untilRunning: (workerId) => untilRunning(rig, plan, workerId),
    note: (line) => void report.notes.push(line),
    found: (violation) => void report.violations.push(violation),
    addViews: (views) => void own.push(views),
    onEnd: (step) => void undo.push(step),
  }
  await fault.prepare?.(scene)
  const watching = watchSome(submits, page)
  await Promise.all([submitAll(rig, plan, submits), fault.strike(scene)])
  watching.stop()
  await settle(rig, plan, stream, limitMs)
  const ids = (await readJobs(rig.jobs, plan)).map((job) => job.id)
  await until('every page has heard of the end', () => heardOfEnds(rig, page.views()), SETTLE_MS).catch(() => undefined)
  const pages = page.views().map((view) => ({ ...view, interrupted: view.interrupted || fault.cutsViews }))
  const views = [stream.of(ids), ...pages, ...own.flatMap((viewsOf) => viewsOf(ids))]
  return gather(rig, plan, { submits, views, limitMs })
}

/** Watches the first jobs as their submissions are acknowledged. */
function watchSome(submits: readonly Submit[], page: { watch(jobId: string): void }) {
  const known = new Set<string>()
  const timer = setInterval(() => {
    for (const { jobId } of submits) {
      if (jobId === null || known.has(jobId) || known.size >= WATCHED) continue
      known.add(jobId)
      page.watch(jobId)
    }
  }, 20)
  return { stop: () => clearInterval(timer) }
}

/** Until all has ended, or had the time to: what has not ended then is for the checker to say. */
async function settle(rig: Rig, plan: readonly Planned[], stream: StreamView, limitMs: number): Promise<void> {
  const names = plan.map(({ name }) => name)
  const none = async (pool: Rig['jobs'], what: string, values: readonly unknown[]) =>
    (await pool.query(`SELECT EXISTS (${what}) AS some`, [...values])).rows[0].some === false
  const OPEN = `SELECT FROM jobs WHERE name = ANY ($1) AND state IN ('queued', 'running')`
  await until('all jobs have ended', () => none(rig.jobs, OPEN, [names]), limitMs).catch(() => undefined)
  const SILENT = `SELECT FROM events e JOIN jobs j ON j.id = e.job_id WHERE j.name = ANY ($1) AND e.published_at IS NULL`
  await until('all events are published', () => none(rig.jobs, SILENT, [names]), SETTLE_MS).catch(() => undefined)
  const { rows } = await rig.jobs.query<{ jobId: string; id: string; started: boolean; logged: boolean }>(
    `SELECT r.id, j.id AS "jobId", r.started_at IS NOT NULL AS started FROM runs r JOIN jobs j ON j.id = r.job_id
     WHERE j.name = ANY ($1) AND r.finished_at IS NOT NULL`,
    [names],
  )
  const started = rows.filter((run) => run.started).map((run) => run.id)
  const RECORDED = 'SELECT count(*)::integer AS n FROM events WHERE run_id = ANY ($1)'
  const recorded = async () => (await rig.usage.query(RECORDED, [started])).rows[0].n >= started.length
  await until('the ledger is whole', recorded, SETTLE_MS).catch(() => undefined)
  const ENDLESS = `SELECT FROM runs r WHERE r.id = ANY ($1)
    AND NOT EXISTS (SELECT FROM log_chunks c WHERE c.run_id = r.id AND c.is_end) AND coalesce(r.log_chunks, 1) > 0`
  await until('the logs are whole', () => none(rig.jobs, ENDLESS, [rows.map((run) => run.id)]), SETTLE_MS).catch(
    () => undefined,
  )
  const LAST = `SELECT j.id, j.version FROM jobs j WHERE j.name = ANY ($1)`
  const heard = async () => heardOf(stream, (await rig.jobs.query<{ id: string; version: number }>(LAST, [names])).rows)
  await until('the stream was heard to its end', heard, SETTLE_MS).catch(() => undefined)
}

function heardOf(stream: StreamView, jobs: readonly { id: string; version: number }[]): boolean {
  const latest = new Map(stream.of(jobs.map((job) => job.id)).seen.map(({ jobId, version }) => [jobId, version]))
  return jobs.every(({ id, version }) => latest.get(id) === version)
}

async function heardOfEnds(rig: Rig, views: readonly View[]): Promise<boolean> {
  const { rows } = await rig.jobs.query<{ id: string; version: number }>(
    'SELECT id, version FROM jobs WHERE id = ANY ($1)',
    [views.flatMap((view) => view.jobIds)],
  )
  return rows.every(({ id, version }) =>
    views.some((view) => view.jobIds[0] === id && view.seen.at(-1)?.version === version),
  )
}

async function untilRunning(rig: Rig, plan: readonly Planned[], workerId?: string): Promise<string> {
  let found: string | undefined
  await until('a run is running', async () => {
    const { rows } = await rig.jobs.query<{ id: string }>(
      `SELECT r.id FROM runs r JOIN jobs j ON j.id = r.job_id
       WHERE j.name = ANY ($1) AND r.state = 'running' AND ($2::text IS NULL OR r.worker_id = $2) LIMIT 1`,
      [plan.map(({ name }) => name), workerId ?? null],
    )
    found = rows[0]?.id
    return found !== undefined
  })
  return found ?? ''
}
