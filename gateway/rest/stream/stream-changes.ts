// The messages of /stream, from the graph's subscriptions.
import { ConstellationError } from '@constellation/platform/errors.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import type { Graph, GraphAnswer } from '../../operations/graph.ts'
import {
  type JobFilter,
  RestJobChangedDocument,
  type RestJobFragment,
  RestJobsChangedDocument,
} from '../generated/documents.ts'
import { dataOf } from '../graph-data.ts'
import { type Cost, toJob } from '../jobs/shape.ts'
import type { Shape } from '../operations.ts'

export type StreamMessage =
  | { type: 'ready' }
  | { type: 'job'; id?: string; event: Shape['JobState']; job: Shape['Job'] }

export interface Watching {
  graph: Graph
  principal: Principal
  /** One job, or those that fit the filter. */
  asked: { jobId?: string; filter: JobFilter; after: string | null }
  signal: AbortSignal
}

/**
 * Sends each change until the signal is aborted.
 * @throws ConstellationError where it is refused or cannot go on
 */
export async function sendChanges(
  { graph, principal, asked: { jobId, filter, after }, signal }: Watching,
  send: (message: StreamMessage) => void,
): Promise<void> {
  if (jobId === undefined) {
    const answers = await graph.subscribe(RestJobsChangedDocument, { filter, after }, principal)
    return await sendEach(answers, ({ jobsChanged }) => jobsChanged, send, signal)
  }
  const answers = await graph.subscribe(RestJobChangedDocument, { id: jobId, after }, principal)
  return await sendEach(answers, ({ jobChanged }) => jobChanged, send, signal)
}

async function sendEach<R extends object>(
  answers: AsyncIterableIterator<GraphAnswer<R>>,
  jobOf: (data: R) => RestJobFragment & { usage?: Cost },
  send: (message: StreamMessage) => void,
  signal: AbortSignal,
): Promise<void> {
  const close = () => void answers.return?.()
  signal.addEventListener('abort', close)
  try {
    if (signal.aborted) return
    send({ type: 'ready' })
    for await (const answer of answers) {
      if (signal.aborted) return
      const job = toJob(jobOf(dataOf(answer)))
      const { cursor } = answer.extensions ?? {}
      send({ type: 'job', ...(typeof cursor === 'string' && { id: cursor }), event: job.state, job })
    }
    if (!signal.aborted) throw new ConstellationError('UNAVAILABLE', 'The stream has ended. Connect again.')
  } finally {
    signal.removeEventListener('abort', close)
    close()
  }
}
