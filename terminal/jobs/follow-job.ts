// A job to its end: what becomes of it, and what its attempts write, one after the other.

import { Failure } from '../failure.ts'
import {
  FollowJobDocument,
  type FollowJobSubscription,
  FollowLogDocument,
  type FollowLogSubscription,
} from '../generated/documents.ts'
import type { Api } from '../server/api.ts'
import { follow } from '../server/follow.ts'

export type FollowedJob = FollowJobSubscription['jobChanged']
export type FollowedRun = FollowedJob['runs'][number]
export type LogChunk = Omit<FollowLogSubscription['runLog'], 'end'>

export interface Listener {
  onJob(job: FollowedJob): void
  /** The promise resolves when there is room for more. */
  onLog(run: FollowedRun, chunk: LogChunk): Promise<void> | void
  /** The output of an attempt is kept no longer. */
  onExpired(run: FollowedRun): void
  onLink(isThere: boolean): void
}

interface Which {
  id: string
  /** This attempt alone. */
  attempt?: number | undefined
  /** Of the first attempt that is followed, from this line on. */
  fromLine?: number | undefined
  signal: AbortSignal
  patient?: boolean
}

/** The log of a lost attempt may never end: so long is it waited for in silence. */
const LOST_PATIENCE_MS = 5_000

/**
 * Tells the listener all of it; a connection that breaks leaves nothing out and brings nothing twice.
 * @returns the job as it has ended, or as it was last where the signal was aborted
 * @throws Failure NOT_FOUND where there is no such job
 */
export async function followJob(api: Api, which: Which, listener: Listener): Promise<FollowedJob | undefined> {
  const stop = new AbortController()
  const signal = AbortSignal.any([which.signal, stop.signal])
  const watch = watchJob(api, { ...which, signal }, listener)
  try {
    await copyLogs(api, { ...which, signal }, watch, listener)
    const last = watch.latest()
    if (last && hasEnded(last.state)) listener.onJob(last)
    return last
  } finally {
    stop.abort()
  }
}

type Watch = ReturnType<typeof watchJob>

function watchJob(api: Api, { id, signal, patient = false }: Which, listener: Listener) {
  let latest: FollowedJob | undefined
  let cursor: string | null = null
  let failure: unknown
  let isOver = false
  const waiting: (() => void)[] = []
  const tell = () => {
    for (const wake of waiting.splice(0)) wake()
  }

  async function readOn(): Promise<void> {
    const onGone = () => {
      const had = cursor !== null
      cursor = null
      return had
    }
    const variables = () => ({ id, after: cursor })
    const following = { variables, signal, patient, onGone, onLink: listener.onLink }
    for await (const told of follow(api, FollowJobDocument, following)) {
      cursor = told.cursor ?? cursor
      latest = told.data.jobChanged
      // The end is told behind the output: who has read it need not read on.
      if (!hasEnded(latest.state)) listener.onJob(latest)
      tell()
    }
  }
  void readOn()
    .catch((error) => {
      failure = error
    })
    .finally(() => {
      isOver = true
      tell()
    })

  return {
    latest: () => latest,
    /** The first answer that is not undefined, asked now and at each change; undefined where the watch is over. */
    async until<T>(look: (job: FollowedJob) => T | undefined): Promise<T | undefined> {
      for (;;) {
        const found = latest && look(latest)
        if (found !== undefined) return found
        if (failure !== undefined) throw failure
        if (isOver) return undefined
        await new Promise<void>((resolve) => waiting.push(resolve))
      }
    },
  }
}

export function hasEnded(state: FollowedJob['state']): boolean {
  return state !== 'QUEUED' && state !== 'RUNNING'
}

async function copyLogs(api: Api, which: Which, watch: Watch, listener: Listener): Promise<void> {
  let next = which.attempt ?? 1
  let fromLine = which.fromLine ?? 0
  while (which.attempt === undefined || next === which.attempt) {
    const run = await watch.until(
      (job) => job.runs.find(({ attempt }) => attempt >= next) ?? (hasEnded(job.state) ? null : undefined),
    )
    if (!run) return
    await copyLog(api, run, fromLine, { watch, signal: which.signal, listener })
    if (which.signal.aborted) return
    next = run.attempt + 1
    fromLine = 0
  }
  const ofAttempt = which.attempt
  await watch.until((job) => (hasEnded(job.state) || isOver(job, ofAttempt) ? true : undefined))
}

function isOver(job: FollowedJob, attempt: number | undefined): boolean {
  const run = job.runs.find((one) => one.attempt === attempt)
  return run !== undefined && run.state !== 'CLAIMED' && run.state !== 'RUNNING'
}

interface Copying {
  watch: Watch
  signal: AbortSignal
  listener: Listener
}

async function copyLog(api: Api, run: FollowedRun, fromLine: number, { watch, signal, listener }: Copying) {
  let after = -1
  const done = new AbortController()
  const either = AbortSignal.any([signal, done.signal])
  const patience = giveUpWhenLost(run, watch, done)
  const variables = () => ({ runId: run.id, after, fromLine: after === -1 ? fromLine : 0 })
  try {
    const following = { variables, signal: either, patient: true }
    for await (const { data } of follow(api, FollowLogDocument, following)) {
      patience.refresh()
      const { end, ...chunk } = data.runLog
      if (chunk.seq <= after) continue
      after = chunk.seq
      if (end) return
      await listener.onLog(run, fromLineOn(chunk, fromLine))
    }
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'GONE') throw error
    listener.onExpired(run)
  } finally {
    patience.stop()
    done.abort()
  }
}

function giveUpWhenLost(run: FollowedRun, watch: Watch, done: AbortController) {
  let timer: NodeJS.Timeout | undefined
  const isLost = () => watch.latest()?.runs.some(({ id, state }) => id === run.id && state === 'LOST') === true
  void watch
    .until(() => (done.signal.aborted || isLost() ? true : undefined))
    .then(
      (found) => {
        if (found && !done.signal.aborted) timer = setTimeout(() => done.abort(), LOST_PATIENCE_MS)
      },
      () => undefined,
    )
  return { refresh: () => timer?.refresh(), stop: () => clearTimeout(timer) }
}

/** A piece begins at the beginning of a line where its first line is asked for, and before that otherwise. */
export function fromLineOn<Chunk extends { text: string; firstLine: number }>(chunk: Chunk, line: number): Chunk {
  let { text, firstLine } = chunk
  while (firstLine < line) {
    const end = text.indexOf('\n')
    if (end === -1) return { ...chunk, text: '', firstLine }
    text = text.slice(end + 1)
    firstLine += 1
  }
  return text === chunk.text ? chunk : { ...chunk, text, firstLine }
}
