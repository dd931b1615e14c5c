// Jobs are submitted anew, each as it was asked for, by whoever asks for it now.
import type { Problem } from '@constellation/platform/errors.ts'
import { findJobsToChange } from './cancelling/cancel-jobs.ts'
import type { Context } from './context.ts'
import type { Job } from './entities.ts'
import type { SubmitJobInput } from './generated/resolvers.ts'
import { capabilityText } from './submission/spec-fields.ts'
import { requireSubmitter, type Submitted, submitAll } from './submit.ts'

/**
 * The new jobs in the order of the ids, or what is wrong, with paths such as `ids.3.account`; then nothing was stored.
 * @throws ConstellationError BAD_USER_INPUT for none or too many ids, FORBIDDEN for roles that submit nothing
 */
export async function rerunJobs(
  context: Context,
  ids: readonly string[],
  idempotencyKey?: string | null,
): Promise<Submitted | { problems: Problem[] }> {
  requireSubmitter(context.who)
  const { found, problems } = await findJobsToChange(context, ids)
  const jobs = ids.flatMap((id) => found.get(id.toLowerCase()) ?? [])
  const result = await submitAll(context, {
    // What the jobs have been called since then does not make it another submission.
    asked: [{ rerun: ids.map((id) => id.toLowerCase()) }],
    inputs: problems.length > 0 ? { problems } : jobs.map(inputOf),
    templates: jobs.map(({ template }) => template ?? null),
    idempotencyKey,
  })
  return 'problems' in result ? { problems: result.problems.map(ofId) } : result
}

/**
 * The submission that makes such a job. Its template is filled in already; what it waited for has ended or has failed,
 * its start time has come, and its place in an array was one of a whole.
 */
function inputOf(job: Job): SubmitJobInput {
  const { command, shell, env, workingDirectory, ...asked } = job.params
  return {
    name: job.name,
    command,
    shell,
    gpus: {
      count: job.gpuCount,
      minMemoryMb: job.gpuMinMemoryMb,
      model: job.gpuModel,
      minComputeCapability: capabilityText(job.gpuMinCapability),
    },
    env,
    workingDirectory,
    account: job.account,
    priority: job.priority,
    timeoutSeconds: job.timeoutSeconds ?? null,
    maxRetries: job.maxRetries,
    preemptible: job.preemptible,
    ...asked,
  }
}

function ofId({ path, message }: Problem): Problem {
  return { path: path === '' || path.startsWith('ids.') ? path : `ids.${path}`, message }
}
