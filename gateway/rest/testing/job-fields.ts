// For tests: what the graph answers about jobs in memory, and what it does to them.
import { ConstellationError, type Problem } from '@constellation/platform/errors.ts'
import type { SubmitJobInput, UpdateJobInput } from '../generated/documents.ts'
import { type FakeJob, fromInput, problemsOf } from './fake-job.ts'
import type { Jobs } from './jobs.ts'

/** The fields of the graph that speak of jobs. */
export function jobFields({ jobs, find, addJob, change }: Jobs) {
  const keys = new Map<string, { sent: string; jobs: FakeJob[] }>()

  /** Paths of problems begin such as `inputs.0.` */
  function submit(inputs: readonly SubmitJobInput[], key: string | null | undefined) {
    const earlier = keys.get(key ?? '')
    if (earlier && earlier.sent !== JSON.stringify(inputs)) {
      throw new ConstellationError('IDEMPOTENCY_CONFLICT', 'The idempotency key was used for another submission.')
    }
    if (earlier) return { jobs: earlier.jobs, replayed: true, problems: [] }
    const problems = inputs.flatMap((input, i) =>
      problemsOf(input).map((one) => ({ ...one, path: `inputs.${i}.${one.path}` })),
    )
    const made = problems.length > 0 ? [] : inputs.map((input) => addJob(fromInput(input)))
    if (key && made.length > 0) keys.set(key, { sent: JSON.stringify(inputs), jobs: made })
    return { jobs: made, replayed: false, problems }
  }

  const problemsOfIds = (ids: readonly string[]): Problem[] =>
    ids.flatMap((id, i) =>
      jobs.some((job) => job.id === id) ? [] : [{ path: `ids.${i}`, message: `There is no job ${id}.` }],
    )

  return {
    job: ({ id }: { id: string }) => jobs.find((job) => job.id === id) ?? null,
    jobs: ({ first }: { first: number }) => ({
      nodes: jobs.slice(0, first),
      pageInfo: { hasNextPage: jobs.length > first, endCursor: 'next page' },
    }),
    submitJob: ({ input, idempotencyKey }: { input: SubmitJobInput; idempotencyKey?: string | null }) => {
      const {
        jobs: [job = null],
        ...rest
      } = submit([input], idempotencyKey)
      return { ...rest, job, problems: rest.problems.map((one) => ({ ...one, path: one.path.slice(9) })) }
    },
    submitJobs: ({ inputs, idempotencyKey }: { inputs: SubmitJobInput[]; idempotencyKey?: string | null }) =>
      submit(inputs, idempotencyKey),
    checkJob: ({ input }: { input: SubmitJobInput }) => ({
      problems: problemsOf(input),
      possible: true,
      reason: 'RESERVED_FOR_OTHERS',
      message: 'Kept.',
      eta: null,
      workers: [{ worker: { id: 'worker-1' }, possible: true, gpusThatFit: 2, gpusFree: 1, reason: null }],
    }),
    updateJob: ({ id, input, expectedVersion }: { id: string; input: UpdateJobInput; expectedVersion?: number }) => {
      const job = find(id)
      if (expectedVersion != null && expectedVersion !== job.version) {
        throw new ConstellationError('PRECONDITION_FAILED', 'The job has changed.')
      }
      if (input.priority != null && job.state !== 'QUEUED') {
        throw new ConstellationError('CONFLICT', 'The priority of a running job does not change.')
      }
      change(job, { name: input.name ?? job.name, priority: input.priority ?? job.priority })
      return { job, problems: [] }
    },
    cancelJob: ({ id }: { id: string }) => {
      const job = find(id)
      if (job.state === 'QUEUED') change(job, { state: 'CANCELLED', cancelRequested: true })
      if (job.state === 'RUNNING') change(job, { cancelRequested: true })
      return { job, problems: [] }
    },
    cancelJobs: ({ ids }: { ids: string[] }) => {
      const found = jobs.filter(({ id }) => ids.includes(id))
      for (const job of found) change(job, { state: 'CANCELLED', cancelRequested: true })
      return { jobs: found, problems: problemsOfIds(ids) }
    },
    rerunJobs: ({ ids, idempotencyKey }: { ids: string[]; idempotencyKey?: string | null }) => {
      const problems = problemsOfIds(ids)
      return problems.length > 0
        ? { jobs: [], replayed: false, problems }
        : submit(
            ids.map((id) => ({ name: `${find(id).name} again`, command: ['true'] })),
            idempotencyKey,
          )
    },
  }
}
