// The graph's fields, each one call into the domain. Words of the tables become words of the graph here.
import { scalars } from '@constellation/platform/subgraph/scalars.ts'
import type { Pool, PoolClient } from 'pg'
import { findAccount, listAccounts, saveAccount } from './accounts/accounts.ts'
import { listAuditLog } from './audit/list.ts'
import { cancelJob } from './cancelling/cancel.ts'
import { cancelJobs } from './cancelling/cancel-jobs.ts'
import { claimRuns } from './claim.ts'
import type { Job, Template } from './entities.ts'
import { explainedGpu, explainedJob, explainMutations, explainQueries } from './explain/explain-fields.ts'
import { finishRun, finishRuns } from './finish.ts'
import type {
  JobState as GraphJobState,
  RunState as GraphRunState,
  LogStream,
  Resolvers,
} from './generated/resolvers.ts'
import { countRuns, runsOfGpu } from './gpu-runs/gpu-runs.ts'
import { noteIdle } from './idle/note-idle.ts'
import { eventsOfJob } from './listing/history.ts'
import { countJobs, listJobs } from './listing/list.ts'
import { readLog } from './logs/logs.ts'
import { renewLeases } from './renew.ts'
import { giveSecrets } from './secrets/give-secrets.ts'
import { startRun } from './start.ts'
import type { JobState, RunState } from './state.ts'
import { capabilityText } from './submission/spec-fields.ts'
import {
  scheduleFields,
  secretFields,
  submissionMutations,
  submissionQueries,
  submittedJob,
} from './submission/submission-fields.ts'
import { listTemplates, saveTemplate } from './submission/template.ts'
import { tokenFields, tokenMutations, tokenQueries } from './tokens/token-fields.ts'
import { updateJob } from './update.ts'
import { deliveryFields, webhookFields, webhookMutations, webhookQueries } from './webhooks/webhook-fields.ts'

const JOB_STATES: Readonly<Record<JobState, GraphJobState>> = {
  queued: 'QUEUED',
  running: 'RUNNING',
  completed: 'COMPLETED',
  failed: 'FAILED',
  cancelled: 'CANCELLED',
}

const RUN_STATES: Readonly<Record<RunState, GraphRunState>> = {
  claimed: 'CLAIMED',
  running: 'RUNNING',
  completed: 'COMPLETED',
  failed: 'FAILED',
  cancelled: 'CANCELLED',
  lost: 'LOST',
  preempted: 'PREEMPTED',
}

const LOG_STREAMS: Readonly<Record<'stdout' | 'stderr' | 'system', LogStream>> = {
  stdout: 'STDOUT',
  stderr: 'STDERR',
  system: 'SYSTEM',
}

export const resolvers: Resolvers = {
  ...scalars,
  Query: {
    job: (_, { id }, { loaders }) => loaders.job.load(id),
    jobs: (_, { first, after, ...wanted }, context) => listJobs(context, wanted, first ?? 50, after),
    jobCounts: (_, wanted, context) => countJobs(context, wanted),
    run: (_, { id }, { loaders }) => loaders.run.load(id),
    templates: (_, __, context) => listTemplates(context),
    ...submissionQueries,
    ...tokenQueries,
    ...explainQueries,
    accounts: (_, __, context) => listAccounts(context),
    auditLog: (_, { filter, first, after }, context) => listAuditLog(context, filter, first ?? 50, after),
    ...webhookQueries,
  },
  Mutation: {
    ...submissionMutations,
    ...tokenMutations,
    ...webhookMutations,
    ...explainMutations,
    cancelJob: async (_, { id }, context) => payload({ job: await cancelJob(context, id) }),
    cancelJobs: (_, { ids }, context) => cancelJobs(context, ids),
    updateJob: async (_, { id, input, expectedVersion }, context) =>
      payload(await updateJob(context, id, input, expectedVersion)),
    saveAccount: async (_, { input }, context) => {
      const result = await saveAccount(context, input)
      return 'account' in result ? { ...result, problems: [] } : { account: null, ...result }
    },
    saveTemplate: async (_, { input }, context) => {
      const result = await saveTemplate(context, input)
      return 'template' in result ? { ...result, problems: [] } : { template: null, ...result }
    },
    claimRuns: async (_, { input }, context) => {
      const claims = await giveSecrets(context, await claimRuns(context, input))
      return {
        runs: claims.map(({ job, run, gpus, secrets, traceparent }) => ({
          runId: run.id,
          jobId: job.id,
          attempt: run.attempt,
          epoch: run.leaseEpoch,
          leaseMs: context.leaseMs,
          ...job.params,
          timeoutSeconds: job.timeoutSeconds ?? null,
          gpuUuids: gpus.map((gpu) => gpu.uuid),
          secrets,
          limits: job.params.limits ?? {},
          traceparent,
        })),
      }
    },
    startRun: (_, { input }, context) => startRun(context, input),
    noteIdle: (_, { input }, context) => noteIdle(context, input),
    renewLeases: (_, { leases }, context) => renewLeases(context, leases),
    finishRun: (_, { input }, context) => finishRun(context, input),
    finishRuns: (_, { inputs }, context) => finishRuns(context, inputs),
  },
  Job: {
    __resolveReference: ({ id }, { loaders }) => loaders.job.load(id),
    state: (job) => JOB_STATES[job.state],
    createdAt: (job) => job.createdAt.toISOString(),
    startedAt: (job) => job.startedAt?.toISOString() ?? null,
    finishedAt: (job) => job.finishedAt?.toISOString() ?? null,
    command: (job) => job.params.command,
    shell: (job) => job.params.shell,
    env: (job) => job.params.env,
    workingDirectory: (job) => job.params.workingDirectory,
    gpus: gpuRequest,
    ...explainedJob,
    ...submittedJob,
    // A new job is not asked about, as it has none.
    runs: (job, _, { loaders }) => (job.attempts === 0 ? [] : loaders.runsOfJob.load(job.id)),
    events: (job, _, context) => eventsOfJob(context, job),
  },
  Run: {
    __resolveReference: ({ id }, { loaders }) => loaders.run.load(id),
    job: async (run, _, { loaders }) => {
      const job = await loaders.job.load(run.jobId)
      if (!job) throw new Error('A run was shown whose job may not be seen.')
      return job
    },
    state: (run) => RUN_STATES[run.state],
    gpus: async (run, _, { loaders }) => (await loaders.gpusOfRun.load(run.id)).map(({ gpuId }) => ({ id: gpuId })),
    worker: (run) => ({ id: run.workerId }),
    claimedAt: (run) => run.claimedAt.toISOString(),
    startedAt: (run) => run.startedAt?.toISOString() ?? null,
    finishedAt: (run) => run.finishedAt?.toISOString() ?? null,
    idleSince: (run) => run.idleSince?.toISOString() ?? null,
    log: async (run, { after, fromLine, first }, { pool, read }) => {
      const part = (client: Pool | PoolClient) => readLog(client, run, after ?? -1, first ?? 100, fromLine ?? 0)
      // Who follows a run that goes on asks often, and waits.
      const { chunks, ...page } = await (run.finishedAt ? read(part) : part(pool))
      return {
        ...page,
        chunks: chunks.map((chunk) => ({ ...chunk, at: chunk.at.toISOString(), stream: LOG_STREAMS[chunk.stream] })),
      }
    },
  },
  Gpu: {
    __resolveReference: ({ id }) => ({ id }),
    inUse: async ({ id }, _, { loaders }) => (await loaders.holderOfGpu.load(id)) !== null,
    currentRun: ({ id }, _, { loaders }) => loaders.runOnGpu.load(id),
    ...explainedGpu,
    runs: (gpu, { first, after }, context) => runsOfGpu(context, gpu, first ?? 20, after),
    runCounts: (gpu, { days }, context) => countRuns(context, gpu, days ?? 30),
  },
  GpuFault: { run: ({ runId }, _, { loaders }) => (runId ? loaders.run.load(runId) : null) },
  Account: { __resolveReference: ({ id }, context) => findAccount(context, id) },
  Template: { gpus: gpuRequest },
  Schedule: scheduleFields,
  Secret: secretFields,
  ...tokenFields,
  Webhook: webhookFields,
  WebhookDelivery: deliveryFields,
}

function payload<Problem>(result: { job: Job } | { problems: Problem[] }) {
  return 'job' in result ? { job: result.job, problems: [] } : { job: null, problems: result.problems }
}

/** Zero and nothing stand for 'any' in the tables, and null does in the graph. */
function gpuRequest({ gpuCount, gpuMinMemoryMb, gpuModel, gpuMinCapability }: Job | Template) {
  return {
    count: gpuCount,
    minMemoryMb: gpuMinMemoryMb || null,
    model: gpuModel || null,
    minComputeCapability: capabilityText(gpuMinCapability),
  }
}
