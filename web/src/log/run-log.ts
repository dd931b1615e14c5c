// A run's log, whatever happens to the connection in between: its end as it comes, and any other part of it.
import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js'
import type { ChunkFragment } from '../generated/documents.ts'
import { createFrameSignal } from '../shared/frame.ts'
import { useGraph } from '../shared/graph.ts'
import { type ChunkWriter, createWriter, writeChunk } from './chunks.ts'
import { findEnd, follow, poll } from './log-source.ts'
import { createPane, type Pane, takeEnd, trimEnd } from './pane.ts'
import { inSlices } from './slices.ts'

/** How many of the lines that are written already are shown at first. */
const FIRST_LINES = 1000

/** After a subscription was refused or broke off, in milliseconds. */
const AGAIN_MS = 2000

export type LogStatus = 'following' | 'polling' | 'ended' | 'expired' | 'failed'

export interface RunLog {
  runId: string
  pane: Pane
  /** Grows when the pane has changed, at most once per frame; `changed` says that it has. */
  version: Accessor<number>
  changed: () => void
  status: Accessor<LogStatus>
  /** When the run began, in milliseconds since 1970; 0 until that is known. */
  began: Accessor<number>
  /** True once there is something of the log's end, so that any other part of it can be shown. */
  ready: Accessor<boolean>
}

/**
 * Follows a run's log until the owner is disposed of. After a cut it goes on behind the last chunk that came. `reading`
 * tells which line must stay, where the reader is not at the end.
 */
export function createRunLog(runId: string, reading: () => number | undefined): RunLog {
  const graph = useGraph()
  const pane = createPane()
  const [version, changed] = createFrameSignal()
  const [start, setStart] = createSignal<{ line: number; began: number }>()
  const [over, setOver] = createSignal<'ended' | 'expired'>()
  const [failures, setFailures] = createSignal(0)
  const [failed, setFailed] = createSignal(false)
  const [ready, setReady] = createSignal(false)
  const fromLine = () => Math.max(0, (start()?.line ?? 0) - FIRST_LINES)
  let last = -1
  let writer: ChunkWriter | undefined

  const slices = inSlices((chunk: ChunkFragment) => {
    const opened = writer
    // What is before the first line that was asked for is not missing.
    writer ??= fromLine() === 0 ? createWriter() : createWriter(fromLine(), chunk)
    writeChunk(writer, chunk)
    if (!opened) showWriter(writer)
    trimEnd(pane, reading())
    if (chunk.end) setOver('ended')
  }, changed)
  const showWriter = ({ terminal }: ChunkWriter) => {
    takeEnd(pane, terminal)
    setReady(true)
  }
  const take = (chunk: ChunkFragment) => {
    if (chunk.seq <= last) return
    last = chunk.seq
    setFailed(false)
    slices.push(chunk)
  }

  let again: ReturnType<typeof setTimeout> | undefined
  const tryAgain = () => {
    setFailed(true)
    again = setTimeout(() => setFailures((count) => count + 1), AGAIN_MS)
  }
  createEffect(
    on([failures, start], () => {
      if (start()) return
      let isWanted = true
      void findEnd(graph, runId).then((found) => {
        if (!isWanted) return
        if (!found) return tryAgain()
        setFailed(false)
        setStart(found)
      })
      onCleanup(() => {
        isWanted = false
      })
    }),
  )
  createEffect(() => {
    failures()
    const [link, from] = [graph.link(), start()]
    if (over() || link === 'connecting' || from === undefined) return
    const source = link === 'live' ? follow : poll
    const stop = source(graph, { runId, after: () => last, fromLine: fromLine() }, take, (why) => {
      if (why === 'expired') setOver('expired')
      else tryAgain()
    })
    onCleanup(() => {
      clearTimeout(again)
      stop()
    })
  })
  onCleanup(() => {
    clearTimeout(again)
    slices.stop()
  })

  const status = () => {
    const ending = over()
    if (ending) return ending
    if (failed()) return 'failed'
    return graph.link() === 'polling' ? 'polling' : 'following'
  }
  return { runId, pane, version, changed, status, began: () => start()?.began ?? 0, ready }
}
