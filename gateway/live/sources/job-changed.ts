// jobChanged(id, after): the job as it is now, or what was missed of it, then after each change of it or of its usage,
// and while it waits of its place.
import { ConstellationError } from '@constellation/platform/errors.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { maySeeJob, type Principal } from '@constellation/platform/identity.ts'
import * as v from 'valibot'
import { readJob } from '../feeds/event-feeds.ts'
import { createInbox, type Inbox } from '../feeds/inbox.ts'
import type { Missed } from '../feeds/kept-events.ts'
import type { Place } from '../feeds/place.ts'
import { type Cursor, cursor, writeCursor } from './cursor.ts'
import { id, type Occurrence, type OpenSource, readArguments, type Surroundings } from './source.ts'

const job = v.object({
  id: v.string(),
  name: v.string(),
  state: v.string(),
  version: v.number(),
  priority: v.number(),
  account: v.string(),
  submittedBy: v.string(),
  createdAt: v.string(),
  startedAt: v.nullable(v.string()),
  finishedAt: v.nullable(v.string()),
  reason: v.nullable(v.string()),
  cancelRequested: v.boolean(),
})
export type Job = v.InferOutput<typeof job>

const PRESENT_JOB = `query PresentJob($id: ID!) { job(id: $id) { ${Object.keys(job.entries).join(' ')} } }`

type Signal =
  | { kind: 'job'; job: Job; place: Place | undefined }
  | { kind: 'usage'; event: { place: Place | undefined } }
  | { kind: 'queue'; takeEvent: () => object }
  | { kind: 'gap' }

/** Far more than one job does while its reader is busy. */
const INBOX_LIMIT = 256

/** @throws ConstellationError NOT_FOUND where there is no such job for this principal, GONE where what came after `after` is kept no longer */
export const jobChanged: OpenSource = async (args, who, around, selects) => {
  const { id: jobId, after } = readArguments(v.object({ id, after: v.nullish(cursor) }), args)
  const inbox = createInbox<Signal>(INBOX_LIMIT, 'fail')
  const listening = listen(jobId, inbox, around, selects('queue'))
  const stop = () => {
    for (const end of listening.stops) end()
    inbox.close()
  }
  try {
    // Listening comes first, so that nothing falls between the present state, or what was missed, and the first change.
    await listening.ready
    const start = around.stream.place()
    const fetchPresent = () => presentJob(jobId, who, around)
    const present = await fetchPresent()
    const watch: Watch = { who, fetchPresent, place: around.stream.place }
    const next = after
      ? missedFirst(await around.stream.read(eventsOf(jobId), after), { present, after, inbox, watch })
      : presentFirst(present, start, inbox, watch)
    return { next, stop }
  } catch (error) {
    stop()
    throw error
  }
}

/** The events of the job and of its usage: one token of the subject says which. */
function eventsOf(jobId: string): string {
  return SUBJECTS.jobEvents(jobId).replace('.jobs.', '.*.')
}

function listen(jobId: string, inbox: Inbox<Signal>, { stream, feeds }: Surroundings, withQueue: boolean) {
  const heard = [
    feeds.jobs.listen(SUBJECTS.jobEvents(jobId), (job) => inbox.put({ kind: 'job', job, place: job.place })),
    feeds.usage.listen(SUBJECTS.usageEvents(jobId), (event) => inbox.put({ kind: 'usage', event })),
    ...(withQueue ? [listenToQueue(inbox, feeds)] : []),
  ]
  const gap = stream.onGap(() => inbox.put({ kind: 'gap' }))
  return { ready: Promise.all(heard.map(({ ready }) => ready)), stops: [...heard.map(({ stop }) => stop), gap] }
}

/** One such signal waits at a time: a reader that is slow is told of the queue as it is when its turn comes. */
function listenToQueue(inbox: Inbox<Signal>, { queue }: Surroundings['feeds']) {
  let latest: object | undefined
  const takeEvent = () => {
    const event = latest ?? {}
    latest = undefined
    return event
  }
  return queue.listen((event) => {
    const waits = latest !== undefined
    latest = event
    if (!waits) inbox.put({ kind: 'queue', takeEvent })
  })
}

/** @throws ConstellationError NOT_FOUND where there is no such job for this principal */
export async function presentJob(jobId: string, who: Principal, around: Surroundings): Promise<Job> {
  const answer = v.parse(v.object({ job: v.nullable(job) }), await around.ask(PRESENT_JOB, { id: jobId }, who))
  if (!answer.job) throw noSuchJob()
  return answer.job
}

type Next = () => Promise<Occurrence | undefined>

function presentFirst(present: Job, start: Place | undefined, inbox: Inbox<Signal>, watch: Watch): Next {
  const react = createReaction(present, watch)
  let first: Occurrence | undefined = {
    payload: present,
    origin: present,
    version: '',
    cursor: start && writeCursor(start, present.version),
  }
  return () => {
    const told = first
    first = undefined
    return told ? Promise.resolve(told) : nextOccurrence(inbox, react)
  }
}

/** What was missed of the job, change by change, then of its usage as it is now, and then what happens. */
function missedFirst(
  missed: Missed,
  { present, after, inbox, watch }: { present: Job; after: Cursor; inbox: Inbox<Signal>; watch: Watch },
): Next {
  const react = createReaction(present, watch, after.version)
  let isOver = false
  let readTo = after.seq
  let usage: Place | undefined

  async function nextMissed(): Promise<Occurrence | undefined> {
    while (!isOver) {
      const event = await missed.next()
      if (!event) break
      readTo = event.place.seq
      const job = readJob(event.data, event.place)
      // Whatever is told of the job shows its usage as it is when it is told.
      usage = job ? undefined : event.place
      const isTold = job && maySeeJob(watch.who, job)
      const occurrence = isTold && (await react({ kind: 'job', job, place: event.place }))
      if (occurrence) return occurrence
    }
    isOver = true
    const place = usage
    usage = undefined
    return place && (await react({ kind: 'usage', event: { place } }))
  }

  const isNew = ({ place }: { place: Place | undefined }) => place === undefined || place.seq > readTo
  const reactToNew: Reaction = async (signal) => {
    if (signal.kind === 'job' && !isNew(signal)) return undefined
    if (signal.kind === 'usage' && !isNew(signal.event)) return undefined
    return await react(signal)
  }
  return async () => (await nextMissed()) ?? (await nextOccurrence(inbox, reactToNew))
}

type Reaction = (signal: Signal) => Promise<Occurrence | undefined>

async function nextOccurrence(inbox: Inbox<Signal>, react: Reaction): Promise<Occurrence | undefined> {
  for (;;) {
    const signal = await inbox.take()
    if (!signal) return undefined
    const occurrence = await react(signal)
    if (occurrence) return occurrence
  }
}

interface Watch {
  who: Principal
  fetchPresent(): Promise<Job>
  place(): Place | undefined
}

/** What a client that knows the job's `version`, which was as `present` when asked for, is told of a signal, if anything. */
function createReaction(present: Job, { who, fetchPresent, place }: Watch, version = present.version): Reaction {
  let last = present
  let known = version
  const cursorAt = (at: Place | undefined) => at && writeCursor(at, known)
  return async (signal) => {
    if (signal.kind === 'usage') {
      known = last.version
      return { payload: last, origin: signal.event, version: String(known), cursor: cursorAt(signal.event.place) }
    }
    if (signal.kind === 'queue') {
      const moved = signal.takeEvent()
      if (last.state !== 'QUEUED') return undefined
      // It comes from elsewhere than the stream, and is the same for all who watch, wherever they began.
      return { payload: last, origin: moved, version: String(last.version), ifNew: true }
    }
    const at = signal.kind === 'job' ? signal.place : place()
    const now = signal.kind === 'job' ? signal.job : await fetchPresent()
    if (!maySeeJob(who, now)) throw noSuchJob()
    // Events come at least once, and the present state may be ahead of them.
    const newer = now.version > known
    // A job that has ended changes no more, but its usage may have.
    if (!newer && !(signal.kind === 'gap' && hasEnded(now))) return undefined
    last = now
    known = now.version
    return { payload: now, origin: now, version: '', cursor: cursorAt(at) }
  }
}

export function hasEnded({ state }: Job): boolean {
  return state !== 'QUEUED' && state !== 'RUNNING'
}

export function noSuchJob(): ConstellationError {
  return new ConstellationError('NOT_FOUND', 'There is no such job.')
}
