// A thread of the monitor, which does not keep the process alive.
import { Worker } from 'node:worker_threads'
import type { ThreadData } from './messages.ts'

export interface TimeLimits {
  /** For an answer. */
  timeLimitMs: number
  /** For a thread to start, and to end. */
  threadTimeLimitMs: number
}

export interface Thread {
  send(message: unknown): void
  /** Resolves when it is gone: with what it failed of, if it did. */
  ended: Promise<Error | undefined>
  /** True when it was gone in time; it may be held by a driver that does not answer. */
  endedWithin(milliseconds: number): Promise<boolean>
}

export function startThread<T>(file: URL, workerData: ThreadData, hear: (message: T) => void): Thread {
  // Without the flags of the process, which may load what a thread of native calls has no use for.
  const worker = new Worker(file, { workerData, execArgv: [], name: 'nvml' })
  worker.on('message', hear)
  // After that: who listens to a thread waits for it.
  worker.unref()
  const ended = new Promise<Error | undefined>((resolve) => {
    worker.once('error', (error) => resolve(error instanceof Error ? error : new Error(String(error))))
    worker.once('exit', () => resolve(undefined))
  })
  return {
    send: (message) => worker.postMessage(message),
    ended,
    endedWithin: async (milliseconds) => {
      const { promise, resolve } = Promise.withResolvers<boolean>()
      const timer = setTimeout(() => resolve(false), milliseconds)
      void ended.then(() => resolve(true))
      const inTime = await promise
      clearTimeout(timer)
      return inTime
    },
  }
}
