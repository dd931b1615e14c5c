// Starts the thread that writes a file, and hears what becomes of it.
import { Worker } from 'node:worker_threads'
import type { Written } from './claim-export.ts'

/** What the thread is to do. */
export interface Task {
  /** Of the lake: the thread reads and writes there alone. */
  directory: string
  path: string
  select: string
  writer: 'parquet' | 'csv' | 'arrow'
  most: { rows: number; bytes: number }
}

export type FromWriter =
  | { kind: 'progress'; part: number }
  | { kind: 'written'; file: Written }
  | { kind: 'too large'; message: string }

/** It has more rows, or more bytes, than an export may have. */
export class TooLarge extends Error {}

const MOST = { rows: 100_000_000, bytes: 4 * 2 ** 30 }

/**
 * Writes the rows of a SELECT to a file; `tell` hears how far it is, from 0 to 1. When it has failed, something may be at
 * `path`.
 * @throws TooLarge; Error where it could not be written, or `signal` has broken it off
 */
export async function writeInThread(
  task: Omit<Task, 'most'>,
  signal: AbortSignal,
  tell: (part: number) => void,
  most: Task['most'] = MOST,
): Promise<Written> {
  const thread = new Worker(new URL('./write-thread.ts', import.meta.url), {
    workerData: { ...task, most } satisfies Task,
  })
  const exited = new Promise((resolve) => thread.once('exit', resolve))
  const outcome = Promise.withResolvers<Written>()
  thread.on('message', (message: FromWriter) => {
    if (message.kind === 'progress') tell(message.part)
    else if (message.kind === 'written') outcome.resolve(message.file)
    else outcome.reject(new TooLarge(message.message))
  })
  thread.on('error', (error) => outcome.reject(error))
  // After what it has said, this is not heard.
  thread.on('exit', () => outcome.reject(new Error('The thread that writes an export has ended.')))
  // It ends only when DuckDB has let go of it.
  const cancel = () => thread.postMessage('cancel')
  signal.addEventListener('abort', cancel)
  if (signal.aborted) cancel()
  try {
    return await outcome.promise
  } finally {
    signal.removeEventListener('abort', cancel)
    // It ends by itself: ended from outside in the middle of a call, the whole process would die of it.
    await exited
  }
}
