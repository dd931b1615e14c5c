import { type Call, textsOf } from '../command.ts'
import { misused, requireNoProblems } from '../failure.ts'
import { CancelArrayDocument, CancelDocument } from '../generated/documents.ts'
import { findJobs } from '../jobs/find-job.ts'
import { say, sayJson } from '../view/output.ts'
import { stateWord } from '../view/words.ts'

/** Asks that jobs end, or whole arrays. Those that have ended stay as they are. */
export async function run(call: Call): Promise<number> {
  const arrays = textsOf(call, 'array')
  if (arrays.length === 0 && call.typed.words.length === 0) throw misused('Name the jobs to cancel, or --array.')
  const api = await call.open()
  const ids = await findJobs(api, call.typed.words)
  const ofArrays = await Promise.all(arrays.map((id) => api.ask(CancelArrayDocument, { id })))
  const named = ids.length === 0 ? { jobs: [], problems: [] } : (await api.ask(CancelDocument, { ids })).cancelJobs
  const jobs = [...ofArrays.flatMap(({ cancelArray }) => cancelArray.jobs), ...named.jobs]
  if (call.json) sayJson(jobs)
  else for (const job of jobs) say(`${job.id}  ${stateWord(job)}`)
  // The others were cancelled all the same.
  requireNoProblems(named.problems)
  return 0
}
