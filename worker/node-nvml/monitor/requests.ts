// The main thread's side of the thread that asks NVML.
import { NvmlError, UNINITIALIZED, UNKNOWN } from '../errors.ts'
import { type Line, lineOf, timeoutOf } from './line.ts'
import {
  type Answers,
  errorOf,
  type FromRequestsThread,
  type Kind,
  type Reply,
  type ThreadData,
  type ToRequestsThread,
} from './messages.ts'
import { startThread, type TimeLimits } from './thread.ts'

export interface Requests {
  /** Resolves when the library is open. @throws NvmlError */
  opened(): Promise<void>
  ask: { [K in Kind]: () => Promise<Answers[K]> }
  /** Ends the thread, and fails what is under way. False when it could not be ended within the limit of time. */
  close(): Promise<boolean>
}

export function startRequests(data: ThreadData, { timeLimitMs, threadTimeLimitMs }: TimeLimits): Requests {
  const send = (message: ToRequestsThread) => thread.send(message)
  const line = <T>(kind: Kind) => lineOf<T>(kind, timeLimitMs, () => send(kind))
  const lines: { [K in Kind]: Line<Answers[K]> } = {
    describe: line('describe'),
    sample: line('sample'),
    processes: line('processes'),
    health: line('health'),
  }
  const opening = lineOf<void>('open', threadTimeLimitMs, () => {})
  let over: NvmlError | undefined

  const finish = (error: NvmlError) => {
    over ??= error
    for (const each of [opening, ...Object.values(lines)]) each.fail(over)
  }
  const ask = async <T>(name: Kind, to: Line<T>): Promise<T> => {
    if (over) throw over
    // What is sent to a thread that hangs would only pile up there.
    if (Object.values(lines).some((each) => each.stuck())) throw timeoutOf(name, timeLimitMs)
    return to.ask()
  }
  const hear = (message: FromRequestsThread) => {
    if (message.type === 'opened') opening.settle()
    else if (message.type === 'not opened') finish(errorOf(message.failure))
    else if (message.type === 'failed') lines[message.kind].fail(errorOf(message.failure))
    else settle(lines, message.reply)
  }
  const thread = startThread(new URL('./requests-thread.ts', import.meta.url), data, hear)
  void thread.ended.then((cause) =>
    finish(new NvmlError('thread', UNKNOWN, { cause, sentence: 'The thread that asks NVML has ended.' })),
  )
  return {
    opened: opening.ask,
    ask: {
      describe: () => ask('describe', lines.describe),
      sample: () => ask('sample', lines.sample),
      processes: () => ask('processes', lines.processes),
      health: () => ask('health', lines.health),
    },
    close: async () => {
      finish(new NvmlError('close', UNINITIALIZED, { sentence: 'The monitor is closed.' }))
      send('close')
      return thread.endedWithin(threadTimeLimitMs)
    },
  }
}

function settle(lines: { [K in Kind]: Line<Answers[K]> }, reply: Reply): void {
  if (reply.kind === 'describe') lines.describe.settle(reply.value)
  else if (reply.kind === 'sample') lines.sample.settle(reply.value)
  else if (reply.kind === 'processes') lines.processes.settle(reply.value)
  else lines.health.settle(reply.value)
}
