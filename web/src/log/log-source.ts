// Where a run's chunks come from: over the socket as they are stored, or without one by asking again and again.
import { type ChunkFragment, RunLogDocument, RunLogEndDocument, RunLogPageDocument } from '../generated/documents.ts'
import type { Graph } from '../shared/graph.ts'
import { POLL_MS } from '../shared/link.ts'

/** Chunks asked for at a time without a socket. */
const PAGE_CHUNKS = 50

/** Gives chunks from behind `after` and from line `fromLine` on, until the answered function is called. */
type Source = (
  graph: Graph,
  from: { runId: string; after: () => number; fromLine: number },
  take: (chunk: ChunkFragment) => void,
  onFailed: (why: 'expired' | 'broken') => void,
) => () => void

/**
 * Where a log is now, and since when its run has been going on, in milliseconds since 1970; undefined where the server
 * did not answer.
 */
export async function findEnd(
  { uncached }: Graph,
  runId: string,
): Promise<{ line: number; began: number } | undefined> {
  const { data } = await uncached.query(RunLogEndDocument, { runId }).toPromise()
  if (!data) return undefined
  const began = data.run?.startedAt ?? data.run?.claimedAt
  return { line: data.run?.log.chunks[0]?.firstLine ?? 0, began: began ? Date.parse(began) : 0 }
}

export const follow: Source = (graph, { runId, after, fromLine }, take, onFailed) => {
  let stopped = false
  const stop = graph.stream(
    RunLogDocument,
    { runId, after: after(), fromLine },
    (data) => take(data.runLog),
    (reason) => stopped || onFailed(isGone(reason) ? 'expired' : 'broken'),
  )
  return () => {
    stopped = true
    stop()
  }
}

export const poll: Source = (graph, { runId, after, fromLine }, take, onFailed) => {
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const ask = async () => {
    const variables = { runId, after: after(), fromLine, first: PAGE_CHUNKS }
    const { data } = await graph.uncached.query(RunLogPageDocument, variables).toPromise()
    if (stopped) return
    if (!data?.run) return onFailed('broken')
    const { chunks, expired } = data.run.log
    if (expired) return onFailed('expired')
    chunks.forEach(take)
    timer = setTimeout(() => void ask(), chunks.length < PAGE_CHUNKS ? POLL_MS : 0)
  }
  void ask()
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}

/** True for the errors of a subscription to a log that is kept no longer. */
function isGone(reason: unknown): boolean {
  return (
    Array.isArray(reason) &&
    reason.some((error: { extensions?: { code?: unknown } }) => error.extensions?.code === 'GONE')
  )
}
