// A run's log, whatever happens to the connection in between: its last lines, and what comes.
import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js'
import type { ChunkFragment } from '../generated/documents.ts'
import { createFrameSignal } from '../shared/frame.ts'
import { useGraph } from '../shared/graph.ts'
import { findStart, follow, poll } from './log-source.ts'
import { createTerminal, type Terminal, write } from './terminal.ts'
import { words } from './words.ts'

/** How many lines are kept to scroll back to. */
const KEPT_LINES = 50_000

/** After a subscription was refused or broke off, in milliseconds. */
const AGAIN_MS = 2000

type LogStatus = 'following' | 'polling' | 'ended' | 'expired' | 'failed'

export interface RunLog {
  terminal: Accessor<Terminal>
  /** Grows when the terminal has changed, at most once per frame. */
  version: Accessor<number>
  status: Accessor<LogStatus>
}

/** Follows a run's log until the owner is disposed of. After a cut it goes on behind the last chunk that came. */
export function createRunLog(runId: string): RunLog {
  const graph = useGraph()
  const [terminal, setTerminal] = createSignal(createTerminal(KEPT_LINES))
  const [version, changed] = createFrameSignal()
  const [fromLine, setFromLine] = createSignal<number>()
  const [over, setOver] = createSignal<'ended' | 'expired'>()
  const [failures, setFailures] = createSignal(0)
  const [failed, setFailed] = createSignal(false)
  let last = -1

  const take = (chunk: ChunkFragment) => {
    if (chunk.seq <= last) return
    if (last === -1 && chunk.firstLine > 0) setTerminal(createTerminal(KEPT_LINES, chunk.firstLine))
    const begins = last === -1 && (fromLine() ?? 0) > 0
    if (chunk.seq > last + 1 && !begins) write(terminal(), words.missing, 'SYSTEM')
    last = chunk.seq
    write(terminal(), chunk.text, chunk.stream)
    setFailed(false)
    if (chunk.end) setOver('ended')
    changed()
  }

  void findStart(graph, runId, KEPT_LINES).then(setFromLine)
  createEffect(() => {
    failures()
    const [link, line] = [graph.link(), fromLine()]
    if (over() || link === 'connecting' || line === undefined) return
    let again: ReturnType<typeof setTimeout> | undefined
    const source = link === 'live' ? follow : poll
    const stop = source(graph, { runId, after: () => last, fromLine: line }, take, (why) => {
      if (why === 'expired') return setOver('expired')
      setFailed(true)
      again = setTimeout(() => setFailures((count) => count + 1), AGAIN_MS)
    })
    onCleanup(() => {
      clearTimeout(again)
      stop()
    })
  })

  const status = () => {
    const ending = over()
    if (ending) return ending
    if (failed()) return 'failed'
    return graph.link() === 'polling' ? 'polling' : 'following'
  }
  return { terminal, version, status }
}
