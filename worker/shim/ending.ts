// Ends a run before its time: at its time limit, on the worker's order, or when the lease is not renewed. A run that
// wants to be warned gets a signal of its choice some time before.
import { uptimeMs } from '../clock.ts'
import type { Execution } from '../executors/execution.ts'
import { createDying, type Dying, type Ending } from './dying.ts'
import { type Deadline, type Order, type RunFiles, type RunSpec, readJson, type Warning } from './files.ts'

export interface Ender {
  /** The reason for which the run had to end, if there was one. */
  reason: Dying['reason']
  /** Ends what the command left behind. Returns when nothing of it lives. */
  sweep(): Promise<void>
  /** Stops watching. */
  close(): void
}

/** How often, at least, the instants are looked at: timers stand still while a machine sleeps, and cannot be longer than 24.8 days. */
const LOOK_MS = 1_000
/** The least time between two looks. */
const SOON_MS = 5

const LEASE_LOST = 'The lease could not be renewed in time, so the run was ended here before it can start elsewhere.'

/** Watches over a running command. `say` is called when there is a reason to end it, or a warning. */
export function watchOver(
  execution: Execution,
  spec: RunSpec,
  files: RunFiles,
  lease: Deadline,
  say: (sentence: string) => void,
): Ender {
  const dying = createDying(execution)
  const limitAt = spec.timeoutSeconds === null ? Infinity : uptimeMs() + spec.timeoutSeconds * 1_000
  let warningAt = spec.warning ? limitAt - spec.warning.seconds * 1_000 : Infinity
  let deadline = lease
  let timer: NodeJS.Timeout | undefined
  let closed = false

  const begin = (ending: Ending) => {
    if (dying.begin(ending)) say(ending.sentence)
  }
  const warn = ({ signal }: Warning, why: string, endsAt: number) => {
    const seconds = Math.max(0, Math.round((endsAt - uptimeMs()) / 1_000))
    const heard = execution.warn(signal)
    say(`${why} in ${seconds} s${heard ? `, and was sent ${signal}.` : `; none of its processes expects ${signal}.`}`)
  }
  const look = async () => {
    if (uptimeMs() >= deadline.warnAt) deadline = await renewedDeadline(files.deadline, deadline)
    const now = uptimeMs()
    if (now >= deadline.warnAt) begin(atLeaseEnd(deadline, now))
    if (spec.warning && now >= warningAt) {
      warningAt = Infinity
      if (now < limitAt && !dying.reason()) warn(spec.warning, 'The run reaches its time limit', limitAt)
    }
    if (now >= limitAt) begin(atTimeLimit(spec, now))
    dying.proceed(now)
    const next = Math.min(...[deadline.warnAt, warningAt, limitAt, ...dying.instants()].filter((at) => at > now))
    clearTimeout(timer)
    if (!closed) timer = setTimeout(look, Math.max(SOON_MS, Math.min(LOOK_MS, next - now)))
  }
  const obey = async (order: Order) => {
    const ending = byOrder(order, spec, uptimeMs())
    const first = dying.reason() === undefined
    begin(ending)
    if (first && order.why === 'preempt' && spec.warning) warn(spec.warning, 'It will be ended', ending.termAt)
    await look()
  }
  const readOrder = () => readJson<Order>(files.order).catch(() => undefined)
  const onSignal = () => void readOrder().then((order) => obey(order ?? { why: 'release', graceMs: spec.graceMs }))
  process.on('SIGTERM', onSignal)
  // The order may have come before there was anyone to hear the signal.
  void readOrder().then((order) => order && obey(order))
  void look()

  return {
    reason: dying.reason,
    sweep: () => dying.sweep(spec.graceMs, look),
    close: () => {
      closed = true
      clearTimeout(timer)
      process.off('SIGTERM', onSignal)
    },
  }
}

function atLeaseEnd({ killAt }: Deadline, now: number): Ending {
  return { outcome: 'RELEASED', sentence: LEASE_LOST, termAt: now, killAt }
}

function atTimeLimit({ timeoutSeconds, graceMs }: RunSpec, now: number): Ending {
  const sentence = `The run was ended at its time limit of ${timeoutSeconds} s.`
  return { outcome: 'TIMED_OUT', sentence, termAt: now, killAt: now + graceMs }
}

/** What an order stands for. */
export const BY_ORDER = {
  cancel: { outcome: 'CANCELLED', sentence: 'The run was cancelled.' },
  preempt: { outcome: 'PREEMPTED', sentence: 'The run made room for a job of higher priority.' },
  idle: { outcome: 'IDLE', sentence: 'Its GPUs did nothing for longer than they may.' },
  'gpu-failed': { outcome: 'GPU_FAILED', sentence: 'One of its GPUs failed.' },
  release: { outcome: 'RELEASED', sentence: 'The worker stopped, and the run with it.' },
  over: { outcome: 'RELEASED', sentence: 'The run is no longer this worker’s.' },
} as const satisfies Record<Order['why'], Pick<Ending, 'outcome' | 'sentence'>>

/** Only for a job of higher priority is there time to wait for what the warned run does. */
function byOrder({ why, graceMs, ...order }: Order, { warning }: RunSpec, now: number): Ending {
  const termAt = why === 'preempt' && warning ? now + warning.seconds * 1_000 : now
  const { outcome, sentence } = BY_ORDER[why]
  return { outcome, sentence: order.sentence ?? sentence, termAt, killAt: termAt + graceMs }
}

/** A deadline that cannot be read is one that was not renewed. */
export async function renewedDeadline(path: string, known: Deadline): Promise<Deadline> {
  const renewed = await readJson<Deadline>(path).catch(() => undefined)
  return renewed ?? known
}
