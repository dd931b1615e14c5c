// Whether a run is still to start: asked before, and all the while that its start takes, which may be long.
import { uptimeMs } from '../clock.ts'
import { renewedDeadline } from './ending.ts'
import { type Deadline, type Order, type RunExit, type RunFiles, readJson } from './files.ts'

/** Orders come with a signal, but the deadline does not. */
const LOOK_MS = 1_000
const GPU_FAILED = 'One of its GPUs failed before the run started.'

export interface NotStarted {
  outcome: RunExit['outcome']
  reason: string
}

export interface StartWatch {
  /** Aborted when the run is not to start any more. */
  stop: AbortSignal
  /** Why that is so, if it is. */
  early(): NotStarted | undefined
  close(): void
}

/**
 * Returns once it is known whether the run may start now. A worker that starts and finds a run with no state leaves an
 * order before it gives the run back; the state is written before the order is looked for, so one of the two sees the
 * other.
 */
export async function watchStart(files: RunFiles, lease: Deadline): Promise<StartWatch> {
  const stop = new AbortController()
  let early: NotStarted | undefined
  let deadline = lease
  const look = async () => {
    if (uptimeMs() >= deadline.warnAt) deadline = await renewedDeadline(files.deadline, deadline)
    // An order that cannot be read is found by whoever watches over the run.
    early ??= reasonNotToStart(await readJson<Order>(files.order).catch(() => undefined), deadline, uptimeMs())
    if (early) stop.abort()
  }
  const lookAgain = () => void look()
  process.on('SIGTERM', lookAgain)
  const timer = setInterval(lookAgain, LOOK_MS)
  await look()
  return {
    stop: stop.signal,
    early: () => early,
    close: () => {
      clearInterval(timer)
      process.off('SIGTERM', lookAgain)
    },
  }
}

function reasonNotToStart(order: Order | undefined, { warnAt }: Deadline, now: number): NotStarted | undefined {
  if (order?.why === 'cancel') return { outcome: 'CANCELLED', reason: 'The run was cancelled before it started.' }
  if (order?.why === 'preempt') return { outcome: 'PREEMPTED', reason: 'The run made room before it started.' }
  if (order?.why === 'gpu-failed') return { outcome: 'GPU_FAILED', reason: order.sentence ?? GPU_FAILED }
  if (order) return { outcome: 'RELEASED', reason: 'The worker stopped before the run started.' }
  if (now >= warnAt) return { outcome: 'RELEASED', reason: 'The lease was over before the run started.' }
  return undefined
}
