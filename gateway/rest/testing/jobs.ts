// For tests: jobs in memory, with what they have written, to which happens what a test says, when it says so.
import { ConstellationError } from '@constellation/platform/errors.ts'
import { createInbox } from '../../live/feeds/inbox.ts'
import { type FakeChunk, type FakeJob, type FakeRun, newJob, newRun } from './fake-job.ts'
import { createSubscriptions } from './subscriptions.ts'

export type Jobs = ReturnType<typeof createJobs>

export function createJobs() {
  const jobs: FakeJob[] = []
  const chunks = new Map<string, FakeChunk[]>()
  const expired = new Set<string>()
  const subscriptions = createSubscriptions()
  const { listen, publish } = subscriptions

  function find(id: string): FakeJob {
    const job = jobs.find((one) => one.id === id)
    if (!job) throw new ConstellationError('NOT_FOUND', `There is no job ${id}.`)
    return job
  }

  function addJob(fields: Partial<FakeJob> = {}): FakeJob {
    const job = { ...newJob(jobs.length), ...fields }
    jobs.push(job)
    return job
  }

  function change(job: FakeJob, fields: Partial<FakeJob>): void {
    Object.assign(job, fields, { version: job.version + 1 })
    publish(`job ${job.id}`, { jobChanged: { ...job } })
    publish('jobs', { jobsChanged: { ...job } })
  }

  return {
    jobs,
    find,
    addJob,
    change,
    /** A new attempt that runs. */
    start(job: FakeJob): FakeRun {
      const run = newRun(job)
      change(job, { state: 'RUNNING', runs: [...job.runs, run] })
      return run
    },
    endRun(job: FakeJob, run: FakeRun, ending: Partial<FakeRun>, jobFields: Partial<FakeJob>): void {
      const runs = job.runs.map((one) => (one.id === run.id ? { ...one, ...ending } : one))
      change(job, { ...jobFields, runs })
    },
    /** Forgets what an attempt has written, as it is kept no longer. */
    expire(job: FakeJob, run: FakeRun): void {
      const runs = job.runs.map((one) => (one.id === run.id ? { ...one, log: () => ({ expired: true }) } : one))
      change(job, { runs })
      expired.add(run.id)
    },
    write(run: FakeRun, text: string, { end = false } = {}): void {
      const log = chunks.get(run.id) ?? []
      chunks.set(run.id, log)
      const chunk: FakeChunk = {
        runId: run.id,
        seq: log.length,
        at: '2026-01-31T12:00:01.000Z',
        stream: 'STDOUT',
        text,
        firstLine: log.reduce((lines, each) => lines + each.text.split('\n').length - 1, 0),
        end,
      }
      log.push(chunk)
      publish(`log ${run.id}`, { runLog: chunk })
    },
    subscriptions,
    /** What the graph's subscriptions are answered from. */
    sources: {
      jobChanged: ({ id }: { id: string }) => {
        const inbox = createInbox<object>(10_000, 'fail')
        inbox.put({ jobChanged: { ...find(id) } })
        return listen(`job ${id}`, inbox)
      },
      jobsChanged: () => listen('jobs', createInbox(10_000, 'fail')),
      runLog: ({ runId, after, fromLine }: { runId: string; after: number; fromLine: number }) => {
        if (expired.has(runId)) throw new ConstellationError('GONE', 'The output is older than output is kept.')
        const inbox = createInbox<object>(10_000, 'fail')
        for (const chunk of chunks.get(runId) ?? []) {
          if (chunk.seq > after && chunk.firstLine >= fromLine) inbox.put({ runLog: chunk })
        }
        return listen(`log ${runId}`, inbox)
      },
    },
  }
}
