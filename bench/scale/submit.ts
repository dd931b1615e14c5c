// Jobs for simulated workers, submitted as clients do.
import { setTimeout as delay } from 'node:timers/promises'
import { Agent, request } from 'undici'
import * as v from 'valibot'
import { PROGRAM } from './simulated-run.ts'

const SUBMIT = 'mutation ($input: SubmitJobInput!) { submitJob(input: $input) { jobs { id } problems { message } } }'
const LARGEST_ARRAY = 1_000

const answer = v.object({
  data: v.object({
    submitJob: v.object({ jobs: v.array(v.unknown()), problems: v.array(v.object({ message: v.string() })) }),
  }),
})

export interface Submitter {
  /** So many jobs of one GPU that last so long, in arrays. */
  many(jobs: number, seconds: number): Promise<void>
  /** So many a second, one by one, for so long. Returns how many, and how long each submission took, in ms. */
  steadily(perSecond: number, forSeconds: number, lasting: () => number): Promise<number[]>
  close(): Promise<void>
}

export function openSubmitter(url: string, token: string): Submitter {
  const agent = new Agent({ connections: 32 })
  const submit = async (seconds: number, count?: number) => {
    const input = {
      name: 'scale',
      command: [PROGRAM, String(seconds)],
      gpus: { count: 1 },
      ...(count !== undefined && { array: { count } }),
    }
    const { statusCode, body } = await request(`${url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: SUBMIT, variables: { input } }),
      dispatcher: agent,
    })
    const text = await body.text()
    const parsed = v.safeParse(answer, statusCode === 200 ? JSON.parse(text) : null)
    if (!parsed.success || parsed.output.data.submitJob.problems.length > 0)
      throw new Error(`A job was not accepted: status ${statusCode}, ${text.slice(0, 300)}`)
  }
  return {
    async many(jobs, seconds) {
      for (let left = jobs; left > 0; left -= LARGEST_ARRAY) await submit(seconds, Math.min(left, LARGEST_ARRAY))
    },
    async steadily(perSecond, forSeconds, lasting) {
      const began = performance.now()
      const took: Promise<number>[] = []
      for (let n = 0; n < perSecond * forSeconds; n++) {
        const wait = began + (n * 1_000) / perSecond - performance.now()
        if (wait > 0) await delay(wait)
        const sent = performance.now()
        took.push(submit(lasting()).then(() => performance.now() - sent))
      }
      return Promise.all(took)
    },
    close: () => agent.destroy(),
  }
}
