import type { Call } from '../command.ts'
import { Failure, requireNoProblems } from '../failure.ts'
import { SetPriorityDocument } from '../generated/documents.ts'
import { findJob } from '../jobs/find-job.ts'
import { wholeNumber } from '../values.ts'
import { say, sayJson } from '../view/output.ts'

/** Sets the priority of a job that waits. */
export async function run(call: Call): Promise<number> {
  const [word = '', number = ''] = call.typed.words
  const priority = wholeNumber('The priority', number, -1_000, 1_000)
  const api = await call.open()
  const { updateJob } = await api.ask(SetPriorityDocument, { id: await findJob(api, word), priority })
  requireNoProblems(updateJob.problems)
  tellPriority(call, updateJob.job)
  return 0
}

/** @throws Failure where there is no job to tell of */
export function tellPriority(call: Call, job: { id: string; name: string; priority: number } | null): void {
  if (!job) throw new Failure('failed', 'The server tells of no job.')
  if (call.json) sayJson(job)
  else say(`${job.id}  priority ${job.priority}`)
}
