// jobChanged(id): the job as it is now, then after each change of it or of its usage, and while it waits of its place.
import { ConstellationError } from '@constellation/platform/errors.ts'
import { SUBJECTS } from '@constellation/platform/events.ts'
import { maySeeJob, type Principal } from '@constellation/platform/identity.ts'
import * as v from 'valibot'
import { createInbox, type Inbox } from '../inbox.ts'
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
type Job = v.InferOutput<typeof job>

const PRESENT_JOB = `query PresentJob($id: ID!) { job(id: $id) { ${Object.keys(job.entries).join(' ')} } }`

type Signal =
  | { kind: 'job'; job: Job }
  | { kind: 'usage'; event: object }
  | { kind: 'queue'; takeEvent: () => object }
  | { kind: 'reconnected' }

/** Far more than one job does while its reader is busy. */
const INBOX_LIMIT = 256

/** @throws ConstellationError NOT_FOUND where there is no such job for this principal */
export const jobChanged: OpenSource = async (args, who, around, selects) => {
  const { id: jobId } = readArguments(v.object({ id }), args)
  const inbox = createInbox<Signal>(INBOX_LIMIT, 'fail')
  const listening = listen(jobId, inbox, around, selects('queue'))
  const stop = () => {
    for (const end of listening.stops) end()
    inbox.close()
  }
  try {
    // Listening comes first, so that nothing falls between the present state and the first change.
    await listening.ready
    const present = await presentJob(jobId, who, around)
    const react = createReaction(present, who, () => presentJob(jobId, who, around))
    let first: Occurrence | undefined = { payload: present, origin: present, version: '' }
    return {
      async next() {
        const start = first
        first = undefined
        return start ?? (await nextOccurrence(inbox, react))
      },
      stop,
    }
  } catch (error) {
    stop()
    throw error
  }
}

function listen(jobId: string, inbox: Inbox<Signal>, { link, feeds }: Surroundings, withQueue: boolean) {
  const heard = [
    feeds.jobs.listen(SUBJECTS.jobEvents(jobId), (changed) => inbox.put({ kind: 'job', job: changed })),
    feeds.usage.listen(SUBJECTS.usageEvents(jobId), (event) => inbox.put({ kind: 'usage', event })),
    ...(withQueue ? [listenToQueue(inbox, feeds)] : []),
  ]
  const reconnect = link.onReconnect(() => inbox.put({ kind: 'reconnected' }))
  return { ready: Promise.all(heard.map(({ ready }) => ready)), stops: [...heard.map(({ stop }) => stop), reconnect] }
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

async function presentJob(jobId: string, who: Principal, around: Surroundings): Promise<Job> {
  const answer = v.parse(v.object({ job: v.nullable(job) }), await around.ask(PRESENT_JOB, { id: jobId }, who))
  if (!answer.job) throw noSuchJob()
  return answer.job
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

/** What a client that knows the job as `present` is told of a signal, if anything. */
function createReaction(present: Job, who: Principal, fetchPresent: () => Promise<Job>): Reaction {
  let last = present
  return async (signal) => {
    if (signal.kind === 'usage') return { payload: last, origin: signal.event, version: String(last.version) }
    if (signal.kind === 'queue') {
      const moved = signal.takeEvent()
      if (last.state !== 'QUEUED') return undefined
      return { payload: last, origin: moved, version: String(last.version), ifNew: true }
    }
    const now = signal.kind === 'job' ? signal.job : await fetchPresent()
    if (!maySeeJob(who, now)) throw noSuchJob()
    // Events come at least once, and the present state may be ahead of them.
    const newer = now.version > last.version
    // A job that has ended changes no more, but while NATS was away its usage may have.
    if (!newer && !(signal.kind === 'reconnected' && hasEnded(now))) return undefined
    last = now
    return { payload: now, origin: now, version: '' }
  }
}

function hasEnded({ state }: Job): boolean {
  return state !== 'QUEUED' && state !== 'RUNNING'
}

function noSuchJob(): ConstellationError {
  return new ConstellationError('NOT_FOUND', 'There is no such job.')
}
