// What simulated workers note of what they ask for: how long it took, and what went wrong.
import { ConstellationError } from '@constellation/platform/errors.ts'
import type { Api } from '@constellation/worker/api.ts'
import * as v from 'valibot'

export const tallied = v.object({
  /** By operation, how long each answer took, in milliseconds. */
  took: v.record(v.string(), v.array(v.number())),
  /** By operation and what it was answered, or by what else. */
  failed: v.record(v.string(), v.number()),
  /** Claims that were given runs, and these. */
  claims: v.number(),
  runs: v.number(),
  ended: v.number(),
  /** Runs that turned out to be somebody else's. */
  lost: v.number(),
  /** How late the event loop of the simulated workers was, p99, in milliseconds: that much of each figure is theirs. */
  lateMs: v.number(),
})
export type Tally = v.InferOutput<typeof tallied>

export const emptyTally = (): Tally => ({ took: {}, failed: {}, claims: 0, runs: 0, ended: 0, lost: 0, lateMs: 0 })

/** The same calls, noted; `tally` is whoever notes them by now. */
export function notedApi(api: Api, tally: () => Tally): Api {
  const noted = async <T>(document: { toString(): string }, asked: Promise<T>): Promise<T> => {
    const name = /(?:mutation|query) (\w+)/.exec(document.toString())?.[1] ?? 'unnamed'
    const began = performance.now()
    try {
      const answer = await asked
      const { took } = tally()
      took[name] ??= []
      took[name].push(performance.now() - began)
      return answer
    } catch (error) {
      fail(tally(), `${name}: ${error instanceof ConstellationError ? error.code : error}`)
      throw error
    }
  }
  return {
    send: (document, variables) => noted(document, api.send(document, variables)),
    insist: (document, variables, signal) => noted(document, api.insist(document, variables, signal)),
    close: api.close,
  }
}

export function fail({ failed }: Tally, what: string): void {
  failed[what] = (failed[what] ?? 0) + 1
}
