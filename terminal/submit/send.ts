// A submission: what the file and the options say together.

import { type Call, textOf, textsOf } from '../command.ts'
import { Failure, misused, requireNoProblems } from '../failure.ts'
import {
  SubmitDocument,
  type SubmitJobInput,
  SubmitManyDocument,
  type SubmittedFragment,
} from '../generated/documents.ts'
import { findJobs } from '../jobs/find-job.ts'
import type { Api } from '../server/api.ts'
import { listed } from '../values.ts'
import { inputOf } from './input.ts'

/** The jobs that are asked for: what an option says goes before what the file says. */
export async function wantedJobs(call: Call, api: () => Promise<Api>): Promise<SubmitJobInput[]> {
  const file = textOf(call, 'file')
  const input = { ...(await inputOf(call)), ...(await waitedFor(call, api)) }
  if (file === undefined) {
    if (!input.command && !input.template) throw misused(`Name a command: constellation ${call.name} [OPTION]… COMMAND`)
    return [input]
  }
  const { readJobFile } = await import('./file.ts')
  const jobs = await readJobFile(file)
  if (jobs.length > 1 && input.command) throw misused('A command goes with one job, and the file has several.')
  const wanted = jobs.map((job) => ({ ...job, ...input, ...withEnvironment(job, input) }))
  const bare = wanted.findIndex((job) => !job.command && !job.template)
  if (bare !== -1) throw misused(`${file}: job ${bare} has neither a command nor a template.`)
  return wanted
}

/** Variables of both. */
function withEnvironment({ env }: SubmitJobInput, input: SubmitJobInput): Pick<SubmitJobInput, 'env'> {
  return env && input.env ? { env: { ...env, ...input.env } } : {}
}

/** Jobs are named by ids, their beginnings, or names. */
async function waitedFor(call: Call, api: () => Promise<Api>): Promise<Pick<SubmitJobInput, 'dependsOn' | 'after'>> {
  const [dependsOn, after] = [listed(textsOf(call, 'depends-on')), listed(textsOf(call, 'after'))]
  return {
    ...(dependsOn.length > 0 && { dependsOn: await findJobs(await api(), dependsOn).catch(notDetached(call.name)) }),
    ...(after.length > 0 && { after: await findJobs(await api(), after) }),
  }
}

/** `docker run -d` leaves its container alone: whoever types that has named a program as a job. */
function notDetached(command: string) {
  return (error: unknown): never => {
    if (command !== 'run' || !(error instanceof Failure) || error.code !== 'NOT_FOUND') throw error
    const more = '-d names a job that must complete first. "constellation submit" leaves a job to itself.'
    throw new Failure(error.kind, `${error.message}\n${more}`, { code: error.code, cause: error })
  }
}

/** @throws Failure where something is wrong with them; then none is stored */
export async function send(
  api: Api,
  jobs: readonly SubmitJobInput[],
  key: string | undefined,
): Promise<SubmittedFragment> {
  const [first] = jobs
  const once = { key: key ?? null }
  const payload =
    jobs.length === 1 && first
      ? (await api.ask(SubmitDocument, { input: first, ...once })).submitJob
      : (await api.ask(SubmitManyDocument, { inputs: [...jobs], ...once })).submitJobs
  requireNoProblems(payload.problems)
  return payload
}
