// A run's log from its beginning to its end, whatever happens to the connection in between.
import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js'
import { type ChunkFragment, RunLogDocument, RunLogPageDocument } from '../generated/documents.ts'
import { createFrameSignal } from '../shared/frame.ts'
import { type Graph, useGraph } from '../shared/graph.ts'
import { POLL_MS } from '../shared/link.ts'
import { createTerminal, type Terminal, write } from './terminal.ts'
import { words } from './words.ts'

/** How many lines are kept to scroll back to. */
const KEPT_LINES = 50_000

/** Chunks asked for at a time without a socket. */
const PAGE_CHUNKS = 100

/** After a subscription was refused or broke off, in milliseconds. */
const AGAIN_MS = 2000

type LogStatus = 'following' | 'polling' | 'ended' | 'failed'

export interface RunLog {
  terminal: Accessor<Terminal>
  /** Grows when the terminal has changed, at most once per frame. */
  version: Accessor<number>
  status: Accessor<LogStatus>
}

/** Where a run's chunks come from: from behind `after` on, until the answered function is called. */
type Source = (
  graph: Graph,
  runId: string,
  after: () => number,
  take: (chunk: ChunkFragment) => void,
  onFailed: () => void,
) => () => void

/** Follows a run's log until the owner is disposed of. After a cut it goes on behind the last chunk that came. */
export function createRunLog(runId: string): RunLog {
  const graph = useGraph()
  const [terminal, setTerminal] = createSignal(createTerminal(KEPT_LINES))
  const [version, changed] = createFrameSignal()
  const [ended, setEnded] = createSignal(false)
  const [failures, setFailures] = createSignal(0)
  const [failed, setFailed] = createSignal(false)
  let last = -1

  const take = (chunk: ChunkFragment) => {
    if (chunk.seq <= last) return
    if (last === -1 && chunk.firstLine > 0) setTerminal(createTerminal(KEPT_LINES, chunk.firstLine))
    if (chunk.seq > last + 1) write(terminal(), words.missing, 'SYSTEM')
    last = chunk.seq
    write(terminal(), chunk.text, chunk.stream)
    setFailed(false)
    setEnded(chunk.end)
    changed()
  }

  createEffect(() => {
    failures()
    const link = graph.link()
    if (ended() || link === 'connecting') return
    const source = link === 'live' ? follow : poll
    const stop = source(
      graph,
      runId,
      () => last,
      take,
      () => {
        setFailed(true)
        again = setTimeout(() => setFailures((count) => count + 1), AGAIN_MS)
      },
    )
    let again: ReturnType<typeof setTimeout> | undefined
    onCleanup(() => {
      clearTimeout(again)
      stop()
    })
  })

  const status = () => {
    if (ended()) return 'ended'
    if (failed()) return 'failed'
    return graph.link() === 'polling' ? 'polling' : 'following'
  }
  return { terminal, version, status }
}

const follow: Source = (graph, runId, after, take, onFailed) => {
  let stopped = false
  const stop = graph.stream(
    RunLogDocument,
    { runId, after: after() },
    (data) => take(data.runLog),
    () => stopped || onFailed(),
  )
  return () => {
    stopped = true
    stop()
  }
}

const poll: Source = (graph, runId, after, take, onFailed) => {
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const ask = async () => {
    const variables = { runId, after: after(), first: PAGE_CHUNKS }
    const { data } = await graph.client
      .query(RunLogPageDocument, variables, { requestPolicy: 'network-only' })
      .toPromise()
    if (stopped) return
    if (!data?.run) return onFailed()
    data.run.log.chunks.forEach(take)
    timer = setTimeout(() => void ask(), data.run.log.chunks.length < PAGE_CHUNKS ? POLL_MS : 0)
  }
  void ask()
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
