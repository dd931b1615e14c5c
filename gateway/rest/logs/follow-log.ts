// A job's output, attempt after attempt, until the job has ended: what is stored, and then what comes.
import { ConstellationError } from '@constellation/platform/errors.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import type { Graph } from '../../operations/graph.ts'
import { RestRunLogDocument } from '../generated/documents.ts'
import { dataOf } from '../graph-data.ts'
import { hasEnded } from '../jobs/jobs.ts'
import { JOB_STATES, toLogEvent } from '../jobs/shape.ts'
import type { Shape } from '../operations.ts'
import type { JobWatch, Progress } from './watch-job.ts'

type Run = Progress['runs'][number]

/** Where to go on: behind chunk `seq` of an attempt, and not before the chunk that holds the beginning of a line. */
export interface Position {
  attempt: number
  seq: number
  fromLine: number
}

/** Where the output goes. Each promise resolves when there is room for more. */
export interface LogReader {
  log(event: Shape['LogEvent']): Promise<void>
  /** An attempt's output is kept no longer. */
  expired(which: Shape['LogExpired']): Promise<void>
  end(end: Shape['LogEnd']): Promise<void>
}

export interface Following {
  graph: Graph
  who: Principal
  job: JobWatch
  /** Only this attempt, if given. */
  attempt: number | undefined
  reader: LogReader
  /** Aborted when the reader is gone. */
  signal: AbortSignal
  /** How long the log of a lost attempt, which nobody may ever end, is waited for in silence, in milliseconds. */
  lostPatienceMs: number
}

/**
 * Gives the reader all that comes after `from`, then the end.
 * @throws ConstellationError where the job or its log can be followed no longer
 */
export async function followLog(following: Following, from: Position): Promise<void> {
  const { job, attempt, reader, signal } = following
  let position = from
  while (attempt === undefined || position.attempt === attempt) {
    const run = await job.until(
      (progress) => nextRun(progress, position) ?? (hasEnded(progress.state) ? 'none' : undefined),
    )
    if (run === 'none') break
    await copyLog(
      following,
      run,
      run.attempt === position.attempt ? position : { seq: -1, fromLine: position.fromLine },
    )
    if (signal.aborted) return
    position = { attempt: run.attempt + 1, seq: -1, fromLine: 0 }
  }
  await reader.end(await endOf(job, attempt))
}

/** How the job ended or, of one attempt, how that did: its log ends a moment before it is known. */
async function endOf(job: JobWatch, attempt: number | undefined): Promise<Shape['LogEnd']> {
  if (attempt !== undefined) await job.until((progress) => attemptHasEnded(progress, attempt) || undefined)
  const { state, runs } = job.latest()
  const shown = attempt === undefined ? runs.at(-1) : runs.find((run) => run.attempt === attempt)
  return { state: JOB_STATES[state], exit_code: shown?.exitCode ?? null }
}

function nextRun({ runs }: Progress, { attempt }: Position): Run | undefined {
  return runs.find((run) => run.attempt >= attempt)
}

function attemptHasEnded({ state, runs }: Progress, attempt: number): boolean {
  const run = runs.find((one) => one.attempt === attempt)
  return hasEnded(state) || (run !== undefined && run.state !== 'CLAIMED' && run.state !== 'RUNNING')
}

async function copyLog(following: Following, run: Run, from: Omit<Position, 'attempt'>): Promise<void> {
  try {
    await copyChunks(following, run, from)
  } catch (error) {
    if (!(error instanceof ConstellationError) || error.code !== 'GONE') throw error
    await following.reader.expired({ attempt: run.attempt, run_id: run.id })
  }
}

async function copyChunks(following: Following, run: Run, { seq, fromLine }: Omit<Position, 'attempt'>): Promise<void> {
  const { graph, who, reader, signal } = following
  const chunks = await graph.subscribe(RestRunLogDocument, { runId: run.id, after: seq, fromLine }, who)
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
