// A job's output, attempt after attempt, until the job has ended: what is stored, and then what comes.
import type { Principal } from '@constellation/platform/identity.ts'
import type { Graph } from '../graph.ts'
import { RestRunLogDocument } from './generated/documents.ts'
import { dataOf } from './graph-data.ts'
import { hasEnded } from './jobs.ts'
import type { Shape } from './operations.ts'
import { JOB_STATES, toLogEvent } from './shape.ts'
import type { JobWatch, Progress } from './watch-job.ts'

type Run = Progress['runs'][number]

/** Where to go on: behind chunk `seq` of an attempt. */
export interface Position {
  attempt: number
  seq: number
}

/** Where the output goes. Each promise resolves when there is room for more. */
export interface LogReader {
  log(event: Shape['LogEvent']): Promise<void>
  end(end: Shape['LogEnd']): Promise<void>
}

export interface Following {
  graph: Graph
  who: Principal
  job: JobWatch
  reader: LogReader
  /** Aborted when the reader is gone. */
  signal: AbortSignal
  /** How long the log of a lost attempt, which nobody may ever end, is waited for in silence, in milliseconds. */
  lostPatienceMs: number
}

export const FROM_THE_BEGINNING: Position = { attempt: 1, seq: -1 }

/**
 * Gives the reader all that comes after `from`, then the end.
 * @throws ConstellationError where the job or its log can be followed no longer
 */
export async function followLog(following: Following, from: Position): Promise<void> {
  const { job, reader, signal } = following
  let position = from
  for (;;) {
    const run = await job.until(
      (progress) => nextRun(progress, position) ?? (hasEnded(progress.state) ? 'none' : undefined),
    )
    if (run === 'none') break
    await copyLog(following, run, run.attempt === position.attempt ? position.seq : -1)
    if (signal.aborted) return
    position = { attempt: run.attempt + 1, seq: -1 }
  }
  const { state, runs } = job.latest()
  await reader.end({ state: JOB_STATES[state], exit_code: runs.at(-1)?.exitCode ?? null })
}

function nextRun({ runs }: Progress, { attempt }: Position): Run | undefined {
  return runs.find((run) => run.attempt >= attempt)
}

async function copyLog(following: Following, run: Run, after: number): Promise<void> {
  const { graph, who, reader, signal } = following
  const chunks = await graph.subscribe(RestRunLogDocument, { runId: run.id, after }, who)
  const close = () => void chunks.return?.()
  signal.addEventListener('abort', close)
  try {
    while (!signal.aborted) {
      const stopWaiting = closeWhenLost(following, run, close)
      const next = await chunks.next().finally(stopWaiting)
      if (next.done) return
      const chunk = dataOf(next.value).runLog
      if (chunk.end) return
      await reader.log(toLogEvent(run, chunk))
    }
  } finally {
    signal.removeEventListener('abort', close)
    close()
  }
}

/** While the next chunk is waited for: a worker that is gone may never have written its log's end. */
function closeWhenLost({ job, lostPatienceMs }: Following, run: Run, close: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  const look = () => {
    const isLost = job.latest().runs.some(({ id, state }) => id === run.id && state === 'LOST')
    if (isLost) timer ??= setTimeout(close, lostPatienceMs)
  }
  const forget = job.onChange(look)
  look()
  return () => {
    forget()
    clearTimeout(timer)
  }
}
