// jobsChanged(filter, after): the jobs that one may see and that fit the filter, each as it changes.
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { maySeeJob, type Principal } from '@constellation/platform/identity.ts'
import * as v from 'valibot'
import { type ChangedJob, readJob } from '../feeds/event-feeds.ts'
import { createInbox } from '../feeds/inbox.ts'
import type { Missed } from '../feeds/kept-events.ts'
import { cursor, writeCursor } from './cursor.ts'
import { missedChanges, type Occurrence, readArguments, type Source, type Surroundings } from './source.ts'

const jobFilter = v.object({
  states: v.nullish(v.array(v.string())),
  account: v.nullish(v.string()),
  submittedBy: v.nullish(v.string()),
  name: v.nullish(v.string()),
  array: v.nullish(v.string()),
})
type JobFilter = v.InferOutput<typeof jobFilter>

const wanted = v.object({ filter: v.nullish(jobFilter), after: v.nullish(cursor) })

/** Changes that wait for a slow reader; when there are more, of each job only the last one does. */
const INBOX_LIMIT = 2_048

/** @throws ConstellationError GONE where what came after `after` is kept no longer */
export async function jobsChanged(args: unknown, who: Principal, { feeds, stream }: Surroundings): Promise<Source> {
  const { filter, after } = readArguments(wanted, args)
  const inbox = createInbox<ChangedJob | 'missed'>(INBOX_LIMIT, (item) => (item === 'missed' ? item : item.id))
  const fits = matcher(filter ?? {})
  const isWanted = (job: ChangedJob) => maySeeJob(who, job) && fits(job)
  const listening = feeds.jobs.listen(SUBJECTS.allJobEvents, (job) => {
    if (isWanted(job)) inbox.put(job)
  })
  // Which jobs have changed, nobody can tell any more: whoever lists jobs must read the list again.
  const stopWatching = stream.onGap(() => inbox.put('missed'))
  const stop = () => {
    listening.stop()
    stopWatching()
    inbox.close()
  }
  try {
    // Listening comes first, so that nothing falls between what was missed and what happens now.
    await listening.ready
    const missed = after ? await stream.read(SUBJECTS.allJobEvents, after) : undefined
    const live = async () => {
      const item = await inbox.take()
      if (item === 'missed') throw missedChanges()
      return item
    }
    const nextJob = missed ? missedFirst(missed, isWanted, live) : live
    return {
      async next() {
        const job = await nextJob()
        return job && toOccurrence(job)
      },
      stop,
    }
  } catch (error) {
    stop()
    throw error
  }
}

type NextJob = () => Promise<ChangedJob | undefined>

/** The jobs of what was missed, and then the live ones that were not among them. */
function missedFirst(missed: Missed, isWanted: (job: ChangedJob) => boolean, live: NextJob): NextJob {
  let readTo = 0
  let isOver = false
  return async () => {
    while (!isOver) {
      const event = await missed.next()
      if (!event) isOver = true
      else {
        readTo = event.place.seq
        const job = readJob(event.data, event.place)
        if (job && isWanted(job)) return job
      }
    }
    for (;;) {
      const job = await live()
      if (!job || (job.place?.seq ?? 0) > readTo) return job
    }
  }
}

function toOccurrence(job: ChangedJob): Occurrence {
  return { payload: job, origin: job, version: '', cursor: job.place && writeCursor(job.place) }
}

interface FilteredJob {
  name: string
  state: string
  account: string
  submittedBy: string
  arrayId?: string | null | undefined
}

/** True for the jobs that the filter lets through; what is absent or null in it lets all through. */
function matcher({ states, account, submittedBy, name, array }: JobFilter): (job: FilteredJob) => boolean {
  const part = name?.toLowerCase()
  return (job) =>
    (states == null || states.includes(job.state)) &&
    (account == null || job.account === account) &&
    (submittedBy == null || job.submittedBy === submittedBy) &&
    (array == null || job.arrayId === array.toLowerCase()) &&
    (part === undefined || job.name.toLowerCase().includes(part))
}
