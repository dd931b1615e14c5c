// Asks the lake: questions wait for their turn, may take so long, and can be called off. They are answered in a thread
// of their own.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { ConstellationError } from '@constellation/platform/errors.ts'
import type { Logger } from '@constellation/platform/log.ts'
import type { Pool } from 'pg'
import { mustBeCaughtUp } from './caught-up.ts'
import type { DuckDBLimits } from './duckdb.ts'
import { goodForMs } from './good-for.ts'
import { type Manifest, readManifest } from './manifest.ts'
import { mustBeOfLedger } from './of-ledger.ts'
import type { FromThread, Question, Row, ToThread } from './question.ts'
import { sourceOf } from './rows.ts'
import { shareAnswers } from './share-answers.ts'
import { rowsOf, type Table } from './table.ts'
import { readTail, type Tail } from './tail.ts'
import { createTurns } from './turns.ts'

interface Answer {
  table: Table
  /** The same as objects, made when they are asked for. */
  readonly rows: readonly Row[]
  /** Runs that go on were counted up to here. */
  asOf: string
  /** The state of the lake that was read. */
  version: number
  /** The first day of UTC that is there; null where all are. */
  from: string | null
}

export interface Analyst {
  /**
   * Answers from the ledger as it is now; the signal calls the question off. Who asks the same at the same time gets the
   * same answer.
   * @throws ConstellationError UNAVAILABLE where it would wait or take too long, and while the lake is far behind
   */
  ask(question: Question, options?: { signal?: AbortSignal }): Promise<Answer>
  /**
   * The ledger has changed: the next question is not answered from what was read for one before, unless that took long
   * (`good-for.ts`).
   */
  refresh(): void
  stop(): Promise<void>
}

interface AnalystOptions {
  directory: string
  pool: Pool
  log: Logger
  limits: DuckDBLimits
  /** Questions that are answered at a time; others wait, at most so many and so long. */
  atATime?: number
  waiting?: number
  waitMs?: number
  /** How long one may take once it has its turn, in milliseconds. */
  limitMs?: number
  /** How long what was read of PostgreSQL is good for other questions, in milliseconds. */
  tailMs?: number
  /** How many slices the lake may lack. */
  mostBehind?: number | undefined
}

/** Starts the thread; it ends with `stop`. */
export function startAnalyst(options: AnalystOptions): Analyst {
  const { directory, pool, log, limits, limitMs = 30_000, tailMs = 500, mostBehind } = options
  const { atATime = 2, waiting = 500, waitMs = 20_000 } = options
  const pending = new Map<number, PromiseWithResolvers<Table>>()
  const turns = createTurns({ atATime, waiting, waitMs, refuse: () => unavailable(BUSY) })
  let last = 0
  let thread: Worker | undefined
  let stopped = false
  let fresh: { source: Promise<{ manifest: Manifest; tail: Tail }>; at: number } | undefined
  /** Since it was read. */
  let hasChanged = false
  let tookMs = 0

  /** One thread, begun anew where it died: what was asked of it has failed then. */
  function theThread(): Worker {
    if (thread) return thread
    const started = new Worker(new URL('./ask-thread.ts', import.meta.url), { workerData: { directory, limits } })
    started.on('message', hear)
    started.on('error', (error) => log.error({ err: error }, 'the thread that asks the lake has died'))
    started.on('exit', () => {
      thread = undefined
      fresh = undefined
      for (const { reject } of pending.values()) reject(unavailable('The analysis was broken off.'))
      pending.clear()
    })
    thread = started
    return started
  }

  function hear(message: FromThread): void {
    if (message.kind === 'ready') return
    const asked = pending.get(message.id)
    pending.delete(message.id)
    if (message.kind === 'rows') asked?.resolve(message.table)
    else if (message.cancelled) asked?.reject(unavailable('The question takes too long: ask about a shorter time.'))
    else asked?.reject(new Error(`DuckDB could not answer: ${message.message}`))
  }

  async function present(): Promise<{ manifest: Manifest; tail: Tail }> {
    const began = performance.now()
    if (fresh && began - fresh.at < goodForMs({ usualMs: tailMs, tookMs, hasChanged })) return fresh.source
    hasChanged = false
    const source = readManifest(directory).then(async (manifest) => {
      await mustBeOfLedger(pool, manifest)
      await mustBeCaughtUp(pool, manifest, mostBehind)
      const tail = await readTail(pool, directory, manifest)
      tookMs = performance.now() - began
      return { manifest, tail }
    })
    const mine = { source, at: began }
    fresh = mine
    source.catch(() => {
      if (fresh === mine) fresh = undefined
    })
    return source
  }

  async function send(question: Question, source: { manifest: Manifest; tail: Tail }, signal: AbortSignal) {
    const id = ++last
    const asked = Promise.withResolvers<Table>()
    pending.set(id, asked)
    const { manifest, tail } = source
    const tell = (message: ToThread) => theThread().postMessage(message)
    tell({ kind: 'ask', id, question, source: sourceOf(manifest, tail, question) })
    const cancel = () => tell({ kind: 'cancel', id })
    signal.addEventListener('abort', cancel)
    return asked.promise.finally(() => signal.removeEventListener('abort', cancel))
  }

  async function answer(question: Question, signal: AbortSignal, close: () => void): Promise<Answer> {
    const end = await turns.take(signal)
    try {
      if (stopped) throw stopping()
      // Who comes later than that would be told of less than was known when they asked.
      if (tailMs > 0) setTimeout(close, tailMs)
      else close()
      const source = await present()
      signal.throwIfAborted()
      const table = await send(question, source, AbortSignal.any([signal, AbortSignal.timeout(limitMs)]))
      const { tail, manifest } = source
      return {
        table,
        get rows() {
          return rowsOf(table)
        },
        asOf: tail.asOf,
        version: manifest.version,
        from: manifest.from ?? null,
      }
    } finally {
      end()
    }
  }
  const sharing = shareAnswers({ answer, calledOff: () => unavailable('The question was called off.') })

  return {
    async ask(question, { signal } = {}) {
      if (stopped) throw stopping()
      return sharing.ask(question, signal)
    },
    refresh() {
      hasChanged = true
      sharing.begin()
    },
    async stop() {
      stopped = true
      // A thread ends only when DuckDB has let go of it.
      for (const id of pending.keys()) thread?.postMessage({ kind: 'cancel', id } satisfies ToThread)
      await Promise.allSettled([...pending.values()].map(({ promise }) => promise))
      if (!thread) return
      // Ended from outside in the middle of a call, the whole process would die of it.
      const ended = once(thread, 'exit')
      thread.postMessage({ kind: 'stop' } satisfies ToThread)
      await ended
    },
  }
}

function stopping(): ConstellationError {
  return unavailable('The service is stopping.')
}

const BUSY = 'Too many questions wait already: try again in a moment.'

function unavailable(message: string): ConstellationError {
  return new ConstellationError('UNAVAILABLE', message, { retryAfterSeconds: 2 })
}
