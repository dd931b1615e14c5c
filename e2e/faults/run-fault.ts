// One run of the harness: jobs, a fault at moments that the seed decides, healing, the end of all jobs, the checker.
import { setTimeout as delay } from 'node:timers/promises'
import { chanceOf } from '../seeded.ts'
import { check } from './check.ts'
import { keepEvidence } from './evidence.ts'
import type { Fault, Scene, Size } from './fault.ts'
import { gather, readJobs } from './gather.ts'
import type { History, Submit, View, Violation } from './history.ts'
import { openJobViews } from './job-views.ts'
import { type Planned, planJobs } from './plan.ts'
import type { Rig } from './rig.ts'
import { type Limits, settle, settleViews } from './settle.ts'
import { openStreamView } from './stream-view.ts'
import { submitAll } from './submitting.ts'
import { untilRunning } from './until-running.ts'

export interface Report {
  fault: string
  seed: string
  jobs: number
  runs: number
  /** Why it was not tried here. */
  skipped?: string
  violations: Violation[]
  notes: string[]
  /** The folder with the journals and logs of a run in which something was found wrong. */
  evidence?: string
  seconds: number
}

export interface RunOptions {
  seed: string
  size: Size
  /** How many jobs, in place of the fault's own number. */
  jobs?: number
  /** The jobs have this long to end after healing, in milliseconds. */
  limitMs?: number
  /** What follows their end has this long, in milliseconds. */
  settleMs?: number
  /** False where nobody will look at the evidence. */
  keep?: boolean
}

/** The long form of a fault has this many times the jobs, unless it says otherwise. */
const LONG_TIMES = 6
const LIMIT_MS = 60_000
const SETTLE_MS = 15_000
/** Whatever happens, it is over after this, in milliseconds. */
const ALL_LIMIT_MS = { short: 180_000, long: 1_200_000 } as const
const UNDO_LIMIT_MS = 60_000
/** So many of the jobs are watched by the graph too. */
const WATCHED = 6

/** Never throws: what breaks is a violation too. With one the rig is not to be used again. */
export async function runFault(rig: Rig, fault: Fault, options: RunOptions): Promise<Report> {
  const { seed, size, limitMs = LIMIT_MS, settleMs = SETTLE_MS, keep = true } = options
  const limits = { limitMs, settleMs }
  const began = performance.now()
  const report: Report = { fault: fault.name, seed, jobs: 0, runs: 0, violations: [], notes: [], seconds: 0 }
  const skipped = await fault.missing?.(rig)
  if (skipped !== undefined) return { ...report, skipped }
  const chance = chanceOf(`${fault.name} ${seed}`)
  const prefix = `${fault.name}-${seed}-${process.pid}-${Math.round(began)}`
  const jobs = options.jobs ?? fault.shape.jobs * (size === 'long' ? (fault.shape.longTimes ?? LONG_TIMES) : 1)
  const spanMs = fault.shape.spanMs * Math.max(1, jobs / fault.shape.jobs)
  const plan = planJobs(chance, prefix, { ...fault.shape, jobs, spanMs })
  const undo: (() => Promise<unknown>)[] = []
  let history: History | undefined
  try {
    history = await within(ALL_LIMIT_MS[size], play(rig, fault, { size, limits, plan, chance, report, undo }))
    for (const violation of check(history)) report.violations.push(violation)
    report.jobs = history.jobs.length
    report.runs = history.runs.length
  } catch (error) {
    // What a fault waited for has not come about: that is a finding too.
    report.violations.push({ invariant: 'I2', what: messageOf(error) })
  }
  for (const step of undo.toReversed()) {
    await within(UNDO_LIMIT_MS, step()).catch((error) => {
      report.violations.push({ invariant: 'I2', what: `it could not be undone: ${messageOf(error)}` })
    })
  }
  if (keep && report.violations.length > 0) report.evidence = keepEvidence({ ...report, home: rig.home, history })
  report.seconds = (performance.now() - began) / 1_000
  return report
}

interface Play {
  size: Size
  limits: Limits
  plan: Planned[]
  chance: Scene['chance']
  report: Report
  undo: (() => Promise<unknown>)[]
}

async function play(rig: Rig, fault: Fault, { size, limits, plan, chance, report, undo }: Play): Promise<History> {
  const submits: Submit[] = []
  const own: ((jobIds: readonly string[]) => View[])[] = []
  const waits: (() => Promise<unknown>)[] = []
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
    beforeReading: (wait) => void waits.push(wait),
    onEnd: (step) => void undo.push(step),
  }
  await fault.prepare?.(scene)
  const watching = watchSome(submits, page)
  await Promise.all([submitAll(rig, plan, submits), fault.strike(scene)]).finally(watching.stop)
  await settle(rig, plan, stream, limits)
  await settleViews(rig, page.views, limits)
  for (const wait of waits) await wait()
  const ids = (await readJobs(rig.jobs, plan)).map((job) => job.id)
  const pages = page.views().map((view) => ({ ...view, interrupted: view.interrupted || fault.cutsViews }))
  const views = [stream.of(ids), ...pages, ...own.flatMap((viewsOf) => viewsOf(ids))]
  return gather(rig, plan, { submits, views, limitMs: limits.limitMs })
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

async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  const timer = new AbortController()
  const late = delay(limitMs, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`It was not over after ${limitMs / 1_000} s.`)
  })
  return Promise.race([work, late]).finally(() => timer.abort())
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}
