// Histories in which nothing is wrong, for the tests of the checker: made from a seed as the real journals would have them.
import { createHash } from 'node:crypto'
import { type Chance, chanceOf } from '../seeded.ts'
import type { EventRow, History, JobRow, LedgerRow, LogCheck, RunRow, TruthLine, View } from './history.ts'

/** A history of a few jobs on two GPUs: some run at once, some are lost and run again, some fail or are cancelled. */
export function goodHistory(seed: string): History {
  const chance = chanceOf(seed)
  const pen = openPen()
  for (let n = 0; n < 8; n++) writeJob(pen, chance, n)
  const { clock: _, eventCount: __, ...journals } = pen
  return { ...journals, strangers: [], views: viewsOf(journals.events), limitMs: 1_000 }
}

interface Pen {
  clock: number
  eventCount: number
  submits: History['submits'][number][]
  jobs: JobRow[]
  runs: RunRow[]
  events: EventRow[]
  truth: TruthLine[]
  logs: LogCheck[]
  ledger: LedgerRow[]
}

function openPen(): Pen {
  return { clock: 1_000, eventCount: 0, submits: [], jobs: [], runs: [], events: [], truth: [], logs: [], ledger: [] }
}

function writeJob(pen: Pen, chance: Chance, n: number): void {
  const id = `job-${n}`
  const name = `submit-${n}`
  const end = chance.pick(['completed', 'completed', 'failed', 'cancelled'] as const)
  pen.submits.push({ name, key: null, outcome: 'acknowledged', status: 201, jobId: id, expects: [end] })
  const job: JobRow = { id, name, state: 'queued', version: 0, reason: null }
  const tell = (type: string, state: string, run: EventRow['run']) => {
    job.state = state
    job.version += 1
    pen.eventCount += 1
    pen.events.push({
      id: `jobs-${pen.eventCount}`,
      type,
      jobId: id,
      jobState: state,
      version: job.version,
      run,
      published: true,
    })
  }
  tell('job.queued', 'queued', null)
  const lost = chance.happens(0.4) ? 1 : 0
  for (let attempt = 1; attempt <= lost + 1; attempt++) {
    writeRun(pen, chance, { jobId: id, attempt, end: attempt <= lost ? 'lost' : end, tell })
  }
  pen.jobs.push(job)
}

interface Attempt {
  jobId: string
  attempt: number
  end: 'completed' | 'failed' | 'cancelled' | 'lost'
  tell(type: string, state: string, run: EventRow['run']): void
}

function writeRun(pen: Pen, chance: Chance, { jobId, attempt, end, tell }: Attempt): void {
  const id = `${jobId}-run-${attempt}`
  const gpus = chance.pick([[], ['gpu-a'], ['gpu-b'], ['gpu-a', 'gpu-b']])
  const stateOf = (state: string) => ({ id, state, epoch: attempt, gpus })
  tell('job.claimed', 'queued', stateOf('claimed'))
  tell('job.running', 'running', stateOf('running'))
  const startedAt = pen.clock
  const line = (kind: TruthLine['kind'], exitCode: number | null = null) => {
    pen.clock += chance.between(10, 90)
    pen.truth.push({ kind, jobId, runId: id, attempt, at: pen.clock, gpus, exitCode })
  }
  line('start')
  for (let beats = chance.between(0, 4); beats > 0; beats--) line('beat')
  // A command that is killed has no last word.
  if (end === 'completed' || end === 'failed') line('stop', end === 'completed' ? 0 : 3)
  const finishedAt = pen.clock
  tell(`job.${end === 'lost' ? 'requeued' : end}`, end === 'lost' ? 'queued' : end, stateOf(end))
  pen.runs.push({ id, jobId, attempt, epoch: attempt, state: end, startedAt, finishedAt, gpus })
  const gpuMicroseconds = gpus.length * (finishedAt - startedAt) * 1_000
  pen.ledger.push({ runId: id, startedAt, finishedAt, gpus: gpus.length, gpuMicroseconds })
  pen.logs.push(logOf(id, jobId, end !== 'lost'))
}

function logOf(runId: string, jobId: string, whole: boolean): LogCheck {
  const wanted = `what ${jobId} writes\n`.repeat(3)
  const stored = whole ? wanted : wanted.slice(0, 10)
  const digest = (text: string) => createHash('sha256').update(text).digest('hex')
  return {
    runId,
    jobId,
    bytes: stored.length,
    sha256: digest(stored),
    wantedBytes: wanted.length,
    wantedSha256: digest(wanted),
    isBeginning: true,
    ended: true,
    said: '',
  }
}

/** One that sees all, each event twice; one that is told the present state first; one that was cut off. */
function viewsOf(events: readonly EventRow[]): View[] {
  const jobIds = [...new Set(events.map((event) => event.jobId))]
  const all = events.map(({ jobId, version, id }) => ({ jobId, version, eventId: id }))
  const seenOf = (jobId: string) => all.filter((seen) => seen.jobId === jobId)
  const one = jobIds[0] ?? ''
  return [
    { subscriber: 'the stream', kind: 'stream', jobIds, seen: all.flatMap((seen) => [seen, seen]), interrupted: false },
    { subscriber: 'a page', kind: 'job', jobIds: [one], seen: seenOf(one).slice(1), interrupted: false },
    {
      subscriber: 'a page with gaps',
      kind: 'job',
      jobIds: [one],
      seen: seenOf(one).filter((_, i) => i !== 1),
      interrupted: true,
    },
  ]
}
