// jobsChanged(filter): the jobs that one may see and that fit the filter, each as it changes.
import { SUBJECTS } from '@constellation/platform/events.ts'
import { maySeeJob, type Principal } from '@constellation/platform/identity.ts'
import * as v from 'valibot'
import { createInbox } from '../inbox.ts'
import { missedChanges, type Occurrence, readArguments, type Source, type Surroundings } from './source.ts'

const jobFilter = v.object({
  states: v.nullish(v.array(v.string())),
  account: v.nullish(v.string()),
  submittedBy: v.nullish(v.string()),
  name: v.nullish(v.string()),
  array: v.nullish(v.string()),
})
type JobFilter = v.InferOutput<typeof jobFilter>

/** Changes that wait for a slow reader; then it is told to subscribe again. */
const INBOX_LIMIT = 2_048

export async function jobsChanged(args: unknown, who: Principal, { feeds, link }: Surroundings): Promise<Source> {
  const { filter } = readArguments(v.object({ filter: v.nullish(jobFilter) }), args)
  const inbox = createInbox<Occurrence | 'missed'>(INBOX_LIMIT, 'fail')
  const fits = matcher(filter ?? {})
  const listening = feeds.jobs.listen(SUBJECTS.allJobEvents, (job) => {
    if (maySeeJob(who, job) && fits(job)) inbox.put({ payload: job, origin: job, version: '' })
  })
  // Which jobs have changed while NATS was away, nobody tells: whoever lists jobs must read the list again.
  const stopWatching = link.onReconnect(() => inbox.put('missed'))
  await listening.ready
  return {
    async next() {
      const item = await inbox.take()
      if (item === 'missed') throw missedChanges()
      return item
    },
    stop() {
      listening.stop()
      stopWatching()
      inbox.close()
    },
  }
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
