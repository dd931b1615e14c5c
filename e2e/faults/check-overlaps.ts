// I3 and I4: no two runs of one job, and no two runs on one GPU, at the same time. Held twice against what the commands
// themselves wrote, and against the order of the events.
import { type EventRow, groupBy, type History, type TruthLine, type Violation } from './history.ts'

/** From the first to the last sign of life of one process. */
interface Life {
  runId: string
  jobId: string
  gpus: readonly string[]
  from: number
  to: number
}

/** I3 and I4 by the commands' own words: a command that was killed lived at least until its last line. */
export function checkOverlaps({ truth }: History): Violation[] {
  const lives = livesOf(truth)
  const ofJob = groupBy(lives, (life) => life.jobId)
  const ofGpu = groupBy(
    lives.flatMap((life) => life.gpus.map((gpu) => ({ ...life, gpu }))),
    (life) => life.gpu,
  )
  return [
    ...[...ofJob].flatMap(([id, group]) =>
      overlaps(`job ${id}`, group).map((what) => ({ invariant: 'I3', what }) as const),
    ),
    ...[...ofGpu].flatMap(([id, group]) =>
      overlaps(`GPU ${id}`, group).map((what) => ({ invariant: 'I4', what }) as const),
    ),
  ]
}

/** A `start` begins a life: a run that was started twice has two. */
function livesOf(truth: readonly TruthLine[]): Life[] {
  const lives: Life[] = []
  for (const lines of groupBy(truth, (line) => line.runId).values()) {
    for (const { kind, runId, jobId, gpus, at } of lines) {
      const latest = lives.at(-1)
      if (kind === 'start' || latest?.runId !== runId) lives.push({ runId, jobId, gpus, from: at, to: at })
      else latest.to = Math.max(latest.to, at)
    }
  }
  return lives
}

function overlaps(what: string, lives: readonly Life[]): string[] {
  const inOrder = lives.toSorted((a, b) => a.from - b.from)
  const found: string[] = []
  let longest = inOrder[0]
  for (const life of inOrder.slice(1)) {
    if (longest && life.from < longest.to) {
      found.push(
        `${what}: run ${longest.runId} lived until ${longest.to} ms, and run ${life.runId} began at ${life.from} ms`,
      )
    }
    if (!longest || life.to > longest.to) longest = life
  }
  return found
}

/** I3 and I4 by the order of the events: who holds a job or a GPU has let go of it before another gets it. */
export function checkBindings({ events }: History): Violation[] {
  const runOfJob = new Map<string, string>()
  const runOfGpu = new Map<string, string>()
  const violations: Violation[] = []
  const bind = (held: Map<string, string>, invariant: 'I3' | 'I4', what: string, id: string, event: Bound) => {
    const holder = held.get(id)
    if (holder !== undefined && holder !== event.run.id) {
      violations.push({
        invariant,
        what: `${what} ${id} was given to run ${event.run.id} while run ${holder} held it (event ${event.id})`,
      })
    }
    held.set(id, event.run.id)
  }
  for (const event of events.filter(isBound)) {
    const { run, jobId } = event
    if (LIVE.includes(run.state)) {
      bind(runOfJob, 'I3', 'job', jobId, event)
      for (const gpu of run.gpus) bind(runOfGpu, 'I4', 'GPU', gpu, event)
    } else {
      if (runOfJob.get(jobId) === run.id) runOfJob.delete(jobId)
      for (const gpu of run.gpus) if (runOfGpu.get(gpu) === run.id) runOfGpu.delete(gpu)
    }
  }
  return violations
}

const LIVE = ['claimed', 'running']

type Bound = EventRow & { run: NonNullable<EventRow['run']> }

function isBound(event: EventRow): event is Bound {
  return event.run !== null
}
