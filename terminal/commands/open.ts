import type { Call } from '../command.ts'
import { findGpu } from '../jobs/find-gpu.ts'
import { findJob } from '../jobs/find-job.ts'
import { say, sayJson } from '../view/output.ts'

const PAGES = ['jobs', 'gpus', 'queue', 'usage', 'tokens']

/** Prints where the page shows something: a job, a GPU, or one of its lists. */
export async function run(call: Call): Promise<number> {
  const [word = 'jobs', more] = call.typed.words
  const api = await call.open()
  const link = `${api.url}/app/${await placeOf(word, more)}`
  if (call.json) sayJson({ link })
  else say(link)
  return 0

  async function placeOf(first: string, second: string | undefined): Promise<string> {
    if (first === 'gpus' && second !== undefined) return `gpus/${(await findGpu(api, second)).id}`
    return PAGES.includes(first) ? first : `jobs/${await findJob(api, first)}`
  }
}
