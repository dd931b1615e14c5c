import type { Call } from '../command.ts'
import { Failure } from '../failure.ts'
import { WhyJobDocument, type WhyJobQuery } from '../generated/documents.ts'
import { findJob } from '../jobs/find-job.ts'
import { say, sayJson } from '../view/output.ts'
import { plain } from '../view/text.ts'
import { duration, endOf, whyItWaits } from '../view/words.ts'

type Job = NonNullable<WhyJobQuery['job']>

/** In a few sentences, why a job is in its state. */
export async function run(call: Call): Promise<number> {
  const [word = ''] = call.typed.words
  const api = await call.open()
  const { job } = await api.ask(WhyJobDocument, { id: await findJob(api, word) })
  if (!job) throw new Failure('refused', `There is no job ${word}.`, { code: 'NOT_FOUND' })
  if (call.json) sayJson(job)
  else for (const line of explain(job, Date.now())) say(plain(line))
  return 0
}

/** Pure. */
export function explain({ state, reason, queue, createdAt, dependsOn, after, runs }: Job, now: number): string[] {
  if (state !== 'QUEUED') {
    const ends = runs
      .filter((run) => run.outcome !== null)
      .map((run) => `Attempt ${run.attempt} ended: ${endOf(run) || run.state.toLowerCase()}`)
    return [`It is ${state.toLowerCase()}${reason === null ? '.' : `: ${reason}`}`, ...ends]
  }
  const waited = duration((now - Date.parse(createdAt)) / 1_000)
  const open = [...dependsOn, ...after].filter((one) => one.state === 'QUEUED' || one.state === 'RUNNING')
  return [
    `It has waited for ${waited}: ${queue ? whyItWaits(queue, now) : (reason ?? 'it is about to start')}`,
    ...(queue?.keptOn ? [`GPUs of ${queue.keptOn.id} are kept for it.`] : []),
    ...open.map(({ id, name, state: its }) => `It waits for ${name} (${id}), which is ${its.toLowerCase()}.`),
  ]
}
