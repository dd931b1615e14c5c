import { type Call, textOf } from '../command.ts'
import { misused, requireNoProblems } from '../failure.ts'
import { MoveDocument } from '../generated/documents.ts'
import { findJobs } from '../jobs/find-job.ts'
import { tellPriority } from './priority.ts'

/** Puts a job that waits before or after another one. */
export async function run(call: Call): Promise<number> {
  const [word = ''] = call.typed.words
  const [before, after] = [textOf(call, 'before'), textOf(call, 'after')]
  const other = before ?? after
  if (other === undefined || (before !== undefined && after !== undefined)) {
    throw misused('Say where to: --before JOB or --after JOB.')
  }
  const api = await call.open()
  const [id = '', neighbour = ''] = await findJobs(api, [word, other])
  const { moveJob } = await api.ask(MoveDocument, { id, neighbour, side: before === undefined ? 'AFTER' : 'BEFORE' })
  requireNoProblems(moveJob.problems)
  tellPriority(call, moveJob.job)
  return 0
}
