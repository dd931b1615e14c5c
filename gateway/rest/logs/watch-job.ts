// How far a job is, kept up to date by the graph's subscription for as long as somebody follows its log.
import { ConstellationError } from '@constellation/platform/errors.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import type { Graph, GraphAnswer } from '../../operations/graph.ts'
import { RestJobProgressDocument, type RestJobProgressSubscription } from '../generated/documents.ts'
import { dataOf } from '../graph-data.ts'

export type Progress = RestJobProgressSubscription['jobChanged']

export interface JobWatch {
  latest(): Progress
  /**
   * The first answer of `look` that is not undefined, asked now and at each change.
   * @throws ConstellationError once the job can be watched no longer
   */
  until<T>(look: (progress: Progress) => T | undefined): Promise<T>
  /** Calls `listener` at each change, until the function that comes back is called. */
  onChange(listener: () => void): () => void
  /** Ends it: whoever waits in `until` is told. */
  stop(): void
}

/** @throws ConstellationError NOT_FOUND where there is no such job for this principal */
export async function watchJob(graph: Graph, id: string, who: Principal): Promise<JobWatch> {
  const answers = await graph.subscribe(RestJobProgressDocument, { id }, who)
  const first = await answers.next()
  if (first.done) throw overWithoutReason()
  try {
    return keepWatching(answers, dataOf(first.value).jobChanged)
  } catch (error) {
    await answers.return?.()
    throw error
  }
}

function keepWatching(answers: AsyncIterator<GraphAnswer<RestJobProgressSubscription>>, present: Progress): JobWatch {
  let latest = present
  let failure: unknown
  const listeners = new Set<() => void>()

  void readOn()
  async function readOn(): Promise<void> {
    try {
      for (let next = await answers.next(); !next.done; next = await answers.next()) {
        latest = dataOf(next.value).jobChanged
        tell()
      }
      failure ??= overWithoutReason()
    } catch (error) {
      failure ??= error
    } finally {
      void answers.return?.()
      tell()
    }
  }

  function tell(): void {
    for (const listener of [...listeners]) listener()
  }

  function onChange(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  async function until<T>(look: (progress: Progress) => T | undefined): Promise<T> {
    for (;;) {
      const found = look(latest)
      if (found !== undefined) return found
      if (failure !== undefined) throw failure
      await new Promise<void>((resolve) => {
        const forget = onChange(() => {
          forget()
          resolve()
        })
      })
    }
  }

  return {
    latest: () => latest,
    until,
    onChange,
    stop() {
      failure ??= overWithoutReason()
      void answers.return?.()
      tell()
    },
  }
}

function overWithoutReason(): ConstellationError {
  return new ConstellationError('UNAVAILABLE', 'The job can be watched no longer. Connect again.')
}
