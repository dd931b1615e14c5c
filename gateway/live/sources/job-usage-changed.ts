// jobUsageChanged(id, everySeconds): a job now, again at each tick while it runs, and at last when its usage is entered.
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { maySeeJob, type Principal } from '@constellation/platform/identity.ts'
import * as v from 'valibot'
import { createInbox, type Inbox } from '../feeds/inbox.ts'
import { hasEnded, type Job, noSuchJob, presentJob } from './job-changed.ts'
import { everySeconds, putTicks, type Tick } from './pace.ts'
import { id, type Occurrence, type OpenSource, readArguments, type Surroundings } from './source.ts'

const wanted = v.object({ id, everySeconds })

type Signal = Tick | { kind: 'job'; job: Job } | { kind: 'usage'; event: object } | { kind: 'gap' }

/** Far more than one job does while its reader is busy. */
const INBOX_LIMIT = 256
/** So many ticks after a job's end its usage is not waited for any more: one that never ran has none. */
const TICKS_AFTER_END = 3

/** @throws ConstellationError NOT_FOUND where there is no such job for this principal */
export const jobUsageChanged: OpenSource = async (args, who, around) => {
  const { id: jobId, everySeconds } = readArguments(wanted, args)
  const inbox = createInbox<Signal>(INBOX_LIMIT, 'fail')
  const listening = listen(jobId, everySeconds, inbox, around)
  const stop = () => {
    for (const end of listening.stops) end()
    inbox.close()
  }
  try {
    await listening.ready
    const fetchPresent = () => presentJob(jobId, who, around)
    return { next: nextOf(await fetchPresent(), who, inbox, fetchPresent), stop }
  } catch (error) {
    stop()
    throw error
  }
}

function listen(jobId: string, seconds: number, inbox: Inbox<Signal>, { stream, feeds }: Surroundings) {
  const heard = [
    feeds.jobs.listen(SUBJECTS.jobEvents(jobId), (job) => inbox.put({ kind: 'job', job })),
    feeds.usage.listen(SUBJECTS.usageEvents(jobId), (event) => inbox.put({ kind: 'usage', event })),
  ]
  const stops = heard.map(({ stop }) => stop)
  stops.push(
    stream.onGap(() => inbox.put({ kind: 'gap' })),
    putTicks((tick) => inbox.put(tick), seconds, feeds),
  )
  return { ready: Promise.all(heard.map(({ ready }) => ready)), stops }
}

function nextOf(present: Job, who: Principal, inbox: Inbox<Signal>, fetchPresent: () => Promise<Job>) {
  let last = present
  let isFirst = true
  let ticksAfterEnd = 0
  let isOver = false

  /** What is told of the signal, if anything. */
  async function react(signal: Signal): Promise<object | undefined> {
    if (signal.kind === 'job' || signal.kind === 'gap') {
      const now = signal.kind === 'job' ? signal.job : await fetchPresent()
      if (!maySeeJob(who, now)) throw noSuchJob()
      if (now.version > last.version) last = now
      return undefined
    }
    if (signal.kind === 'usage') {
      isOver = hasEnded(last)
      return signal.event
    }
    const tick = signal.take()
    if (last.state === 'QUEUED') return undefined
    if (hasEnded(last)) ticksAfterEnd += 1
    isOver = ticksAfterEnd >= TICKS_AFTER_END
    return tick
  }

  const told = (origin: object): Occurrence => {
    return { payload: last, origin, version: String(last.version), ifNew: true }
  }
  return async (): Promise<Occurrence | undefined> => {
    if (isFirst) {
      isFirst = false
      // The usage of one that had ended before may still be on its way.
      return told({})
    }
    while (!isOver) {
      const signal = await inbox.take()
      if (!signal) return undefined
      const origin = await react(signal)
      if (origin) return told(origin)
    }
    return undefined
  }
}
