import { type Call, has, textOf } from '../command.ts'
import { misused, requireNoProblems } from '../failure.ts'
import { CheckDocument, type SubmitJobInput, type SubmittedFragment } from '../generated/documents.ts'
import { send, wantedJobs } from '../submit/send.ts'
import { note, paintNote, say, sayJson } from '../view/output.ts'
import { startsWhen } from '../view/words.ts'

/** Puts jobs in the queue, and prints their ids: a line each, or the array's. */
export async function run(call: Call): Promise<number> {
  const open = call.open
  const jobs = await wantedJobs(call, open)
  if (has(call, 'check')) return await check(call, jobs)
  const payload = await send(await open(), jobs, textOf(call, 'key'))
  if (call.json) sayJson({ ...payload, problems: undefined })
  else tell(payload)
  return 0
}

function tell({ job, jobs, replayed }: SubmittedFragment): void {
  const array = job?.array && jobs.length === job.array.size ? job.array : null
  for (const id of array ? [array.id] : jobs.map((each) => each.id)) say(id)
  if (!process.stderr.isTTY || !job) return
  if (replayed) note('It was submitted before, with the same key.')
  const next = array ? `constellation list --array ${array.id}` : `constellation logs -f ${job.id}`
  note(paintNote('dim', `${array ? `${jobs.length} jobs` : job.name} submitted. Watch: ${next}`))
}

/** Whether it could run: exit code 0 where it could. */
async function check(call: Call, jobs: readonly SubmitJobInput[]): Promise<number> {
  const [input, second] = jobs
  if (!input || second) throw misused('--check looks at one job.')
  const { checkJob } = await (await call.open()).ask(CheckDocument, { input })
  requireNoProblems(checkJob.problems)
  if (call.json) sayJson(checkJob)
  else {
    say([checkJob.message, startsWhen(checkJob.eta, Date.now())].filter((part) => part !== '').join(' · '))
    for (const { worker, possible, gpusThatFit, gpusFree, reason } of checkJob.workers) {
      say(
        `  ${worker.id}: ${possible ? `${gpusFree} of ${gpusThatFit} GPUs that would do are free` : (reason ?? 'no')}`,
      )
    }
  }
  return checkJob.possible ? 0 : 1
}
