// What people do meanwhile: submit, ask and change, each request tried again once where it was not answered.
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import * as v from 'valibot'
import type { Fleet } from './fleet.ts'

/** From one request of somebody to their next, in milliseconds. */
const PACE_MS = { submit: 400, query: 25, mutation: 100 }
const PATIENCE_MS = 15_000
/** What a client waits before its second try. */
const AGAIN_MS = 250

/** Of one kind of request. */
export interface Tally {
  sent: number
  /** Answered at the second try alone. */
  again: number
  /** Not answered at the second try either, and why. */
  failed: string[]
}

export interface Load {
  tallies: Readonly<Record<keyof typeof PACE_MS, Tally>>
  /** All that were acknowledged. */
  jobIds: readonly string[]
  /** Resolves when nothing is under way any more. */
  stop(): Promise<void>
}

const QUERY = `query ($id: ID!) { job(id: $id) { state runs { attempt gpus { name } } usage { gpuSeconds } } }`
const UPDATE = `mutation ($id: ID!, $name: String!) { updateJob(id: $id, input: { name: $name }) { job { id } } }`

const created = v.object({ id: v.string() })
const answered = v.object({ data: v.record(v.string(), v.nonNullable(v.unknown())), errors: v.optional(v.never()) })

/** Begins at once, and goes on until it is stopped. */
export function startLoad({ url, rig: { token } }: Fleet): Load {
  const jobIds: string[] = []
  const stopped = new AbortController()
  const tallies = { submit: newTally(), query: newTally(), mutation: newTally() }

  async function post<T>(path: string, body: object, schema: v.GenericSchema<unknown, T>, key?: string): Promise<T> {
    const answer = await fetch(url + path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const text = await answer.text()
    const parsed = v.safeParse(schema, answer.ok ? JSON.parse(text) : undefined)
    if (!parsed.success) throw new Error(`status ${answer.status}: ${text.slice(0, 300)}`)
    return parsed.output
  }

  const requests: Record<keyof typeof PACE_MS, () => () => Promise<unknown>> = {
    submit: () => {
      const [key, name] = [randomUUID(), `rolling ${jobIds.length}`]
      return async () => {
        const { id } = await post('/jobs', { name, params: { command: ['true'] } }, created, key)
        jobIds.push(id)
      }
    },
    query: () => {
      const id = jobIds.at(-1)
      return async () => id && post('/graphql', { query: QUERY, variables: { id } }, answered)
    },
    mutation: () => {
      const id = jobIds.at(-1)
      const name = `renamed ${randomUUID()}`
      return async () => id && post('/graphql', { query: UPDATE, variables: { id, name } }, answered)
    },
  }

  async function keepOn(kind: keyof typeof PACE_MS): Promise<void> {
    while (!stopped.signal.aborted) {
      await sendTwiceAtMost(tallies[kind], requests[kind]())
      await delay(PACE_MS[kind], undefined, { signal: stopped.signal }).catch(() => undefined)
    }
  }
  const over = Promise.all([keepOn('submit'), keepOn('query'), keepOn('query'), keepOn('mutation')])
  return {
    tallies,
    jobIds,
    async stop() {
      stopped.abort()
      await over
    },
  }
}

function newTally(): Tally {
  return { sent: 0, again: 0, failed: [] }
}

async function sendTwiceAtMost(tally: Tally, send: () => Promise<unknown>): Promise<void> {
  tally.sent += 1
  try {
    await send()
  } catch {
    tally.again += 1
    await delay(AGAIN_MS)
    await send().catch((error: unknown) => tally.failed.push(String(error)))
  }
}
