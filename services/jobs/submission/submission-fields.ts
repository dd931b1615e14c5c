// The graph's fields about what was asked for: submissions, schedules and secrets, each one call into the domain.
import { cancelArray } from '../cancelling/cancel-array.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { rerunJobs } from '../rerun.ts'
import { deleteSchedule, listSchedules, saveSchedule } from '../schedules/schedules.ts'
import { deleteSecret, listSecrets, saveSecret } from '../secrets/secrets.ts'
import { type Submitted, submitJob, submitJobs } from '../submit.ts'

export const submissionQueries: NonNullable<Resolvers['Query']> = {
  schedules: (_, __, context) => listSchedules(context),
  secrets: (_, { account }, context) => listSecrets(context, account),
}

export const submissionMutations: NonNullable<Resolvers['Mutation']> = {
  submitJob: async (_, { input, idempotencyKey }, context) =>
    submissionPayload(await submitJob(context, input, idempotencyKey)),
  submitJobs: async (_, { inputs, idempotencyKey }, context) =>
    submissionPayload(await submitJobs(context, inputs, idempotencyKey)),
  rerunJobs: async (_, { ids, idempotencyKey }, context) =>
    submissionPayload(await rerunJobs(context, ids, idempotencyKey)),
  cancelArray: async (_, { id }, context) => ({ jobs: await cancelArray(context, id) }),
  saveSchedule: async (_, { input }, context) => {
    const result = await saveSchedule(context, input)
    return 'schedule' in result ? { ...result, problems: [] } : { schedule: null, ...result }
  },
  deleteSchedule: (_, { account, name }, context) => deleteSchedule(context, account, name),
  saveSecret: async (_, { input }, context) => {
    const result = await saveSecret(context, input)
    return 'secret' in result ? { ...result, problems: [] } : { secret: null, ...result }
  },
  deleteSecret: (_, { account, name }, context) => deleteSecret(context, account, name),
}

/** What a job was asked to be, beside its command. */
export const submittedJob: NonNullable<Resolvers['Job']> = {
  commandLine: ({ params }) => inOneLine(params.command),
  maxIdleSeconds: ({ params }) => params.maxIdleSeconds ?? null,
  retry: ({ params }) => params.retry ?? { exitCodes: null, backoffSeconds: 0, maxBackoffSeconds: 3600 },
  // Most jobs wait for none, and know it.
  dependsOn: ({ id, dependencies }, _, { loaders }) => (dependencies > 0 ? loaders.dependsOn.load(id) : []),
  after: ({ id, dependencies }, _, { loaders }) => (dependencies > 0 ? loaders.after.load(id) : []),
  dependents: ({ id }, _, { loaders }) => loaders.dependents.load(id),
  array: ({ arrayId, arrayIndex, arraySize }) =>
    arrayId != null && arrayIndex != null && arraySize != null
      ? { id: arrayId, index: arrayIndex, size: arraySize }
      : null,
  startAt: ({ startAt }) => startAt?.toISOString() ?? null,
  warning: ({ params }) => params.warning ?? null,
  workerLabels: ({ params }) => params.workerLabels ?? {},
  container: ({ params }) => params.container ?? null,
  limits: ({ params }) => params.limits ?? {},
  secrets: ({ params }) => params.secrets ?? [],
}

export const scheduleFields: NonNullable<Resolvers['Schedule']> = {
  nextAt: ({ nextAt }) => nextAt?.toISOString() ?? null,
  lastJob: ({ lastJobId }, _, { loaders }) => (lastJobId === null ? null : loaders.job.load(lastJobId)),
}

export const secretFields: NonNullable<Resolvers['Secret']> = {
  updatedAt: ({ updatedAt }) => updatedAt.toISOString(),
}

const LINE_CHARACTERS = 200

/** A command may be as long as a book: of each argument no more is looked at than the line has room for. */
function inOneLine(command: readonly string[]): string {
  const parts = command.slice(0, LINE_CHARACTERS).map((part) => part.slice(0, 2 * LINE_CHARACTERS))
  const line = parts.join(' ').replace(/\s+/g, ' ').trim()
  return [...line.slice(0, 2 * LINE_CHARACTERS)].slice(0, LINE_CHARACTERS).join('')
}

function submissionPayload<Problem>(result: Submitted | { problems: Problem[] }) {
  if ('job' in result) return { ...result, problems: [] }
  return { job: null, jobs: [], replayed: false, problems: result.problems }
}
