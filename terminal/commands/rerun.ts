import { type Call, textOf } from '../command.ts'
import { requireNoProblems } from '../failure.ts'
import { RerunDocument } from '../generated/documents.ts'
import { findJobs } from '../jobs/find-job.ts'
import { say, sayJson } from '../view/output.ts'

/** Submits jobs anew, as they were asked for, and prints the ids of the new ones. */
export async function run(call: Call): Promise<number> {
  const api = await call.open()
  const ids = await findJobs(api, call.typed.words)
  const { rerunJobs } = await api.ask(RerunDocument, { ids, key: textOf(call, 'key') ?? null })
  requireNoProblems(rerunJobs.problems)
  if (call.json) sayJson(rerunJobs.jobs)
  else for (const { id } of rerunJobs.jobs) say(id)
  return 0
}
