// The attempts at a job on one axis of time: what each waited for and when it ran.
import type { AttemptFragment, JobState } from '../generated/documents.ts'

type SegmentKind = 'waiting' | 'starting' | 'running'

/** A stretch of time, in milliseconds since 1970. */
export interface Segment {
  kind: SegmentKind
  from: number
  to: number
}

/** One attempt, or the wait for one that has not come (yet). */
export interface Row<Run> {
  attempt: number
  run: Run | null
  segments: Segment[]
}

export interface Timeline<Run> {
  from: number
  to: number
  rows: Row<Run>[]
}

interface TimedJob<Run> {
  createdAt: string
  finishedAt: string | null
  state: JobState
  runs: readonly Run[]
}

type TimedRun = Pick<AttemptFragment, 'attempt' | 'claimedAt' | 'startedAt' | 'finishedAt'>

/** A job of a moment is not drawn as if it had lasted, in milliseconds. */
const SHORTEST_MS = 1_000

/** From the job's submission to its end, or to `now` (milliseconds since 1970); its attempts oldest first. */
export function timelineOf<Run extends TimedRun>(job: TimedJob<Run>, now: number): Timeline<Run> {
  const from = Date.parse(job.createdAt)
  const end = job.finishedAt === null ? now : Date.parse(job.finishedAt)
  const rows = job.runs.map((run, index) => rowOf(run, endOf(job.runs[index - 1]) ?? from, now))
  const waits = job.state === 'QUEUED' || job.runs.length === 0
  const last = job.runs.at(-1)
  if (waits) {
    const segments = stretches([{ kind: 'waiting', from: endOf(last) ?? from, to: end }])
    rows.push({ attempt: (last?.attempt ?? 0) + 1, run: null, segments })
  }
  const drawn = rows.flatMap(({ segments }) => segments.map(({ to }) => to))
  return { from, to: Math.max(from + SHORTEST_MS, end, ...drawn), rows }
}

function rowOf<Run extends TimedRun>(run: Run, queuedAt: number, now: number): Row<Run> {
  const end = endOf(run) ?? now
  const claimed = Date.parse(run.claimedAt)
  const started = run.startedAt === null ? end : Date.parse(run.startedAt)
  const segments = stretches([
    { kind: 'waiting', from: queuedAt, to: claimed },
    { kind: 'starting', from: claimed, to: started },
    ...(run.startedAt === null ? [] : [{ kind: 'running' as const, from: started, to: end }]),
  ])
  return { attempt: run.attempt, run, segments }
}

function endOf(run: TimedRun | undefined): number | undefined {
  return run?.finishedAt == null ? undefined : Date.parse(run.finishedAt)
}

/** Clocks differ: nothing ends before it began. */
function stretches(segments: Segment[]): Segment[] {
  return segments.map((segment) => ({ ...segment, to: Math.max(segment.from, segment.to) }))
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 30, 90, 365].map((n) => n * DAY),
]

export interface Tick {
  /** From the left, in percent. */
  at: number
  /** Since the beginning, in milliseconds. */
  ms: number
}

/** Marks on the axis at round times since its beginning, at most `most` after the first. */
export function ticksOf({ from, to }: { from: number; to: number }, most: number): Tick[] {
  const span = to - from
  const step = STEPS.find((each) => span / each <= most) ?? Math.ceil(span / most)
  return Array.from({ length: Math.floor(span / step) + 1 }, (_, i) => ({ at: (i * step * 100) / span, ms: i * step }))
}

/** A time since the beginning as an axis has it: `0`, `90 s`, `15 min`, `2 h`, `3 d`. */
export function sayTick(ms: number): string {
  if (ms === 0) return '0'
  if (ms % DAY === 0) return `${ms / DAY} d`
  if (ms % HOUR === 0) return `${ms / HOUR} h`
  return ms % MINUTE === 0 ? `${ms / MINUTE} min` : `${ms / SECOND} s`
}
