// Writes a run's log to its spool: promptly while little comes, in larger pieces while much does.
import type { Readable } from 'node:stream'
import type { LogRecord } from '@constellation/platform/events/log-record.ts'
import { type Chunk, createChunker } from './chunks.ts'
import type { EarlierLog } from './earlier-log.ts'
import type { RunSpec } from './files.ts'
import { openSpool } from './spool.ts'

/** While output flows, a chunk at most this often. The first output after a pause goes out at once. */
const INTERVAL_MS = 50

export interface RunLog {
  follow(name: 'stdout' | 'stderr', pipe: Readable): void
  say(sentence: string): void
  /** Returns when both pipes have closed, or when nothing has come for `quietMs`. */
  drained(quietMs: number): Promise<void>
  /**
   * Ends the log. Returns how many records it has, or null when the disk did not take all of them; then also
   * how many bytes of output those held.
   */
  close(): Promise<{ logChunks: number | null; lostBytes: number }>
}

export function openLog(
  path: string,
  spec: Pick<RunSpec, 'runId' | 'epoch' | 'logLimitBytes'>,
  secrets: readonly string[],
  earlier: EarlierLog,
): RunLog {
  const pipes = new Set<Readable>()
  // While the disk is behind, the pipes are not read, and so the command's writing waits.
  const spool = openSpool(path, () => {
    for (const pipe of pipes) pipe.resume()
  })
  const store = (chunk: Chunk, bytes: number) => {
    const record: LogRecord = { runId: spec.runId, epoch: spec.epoch, at: new Date().toISOString(), ...chunk }
    spool.write(JSON.stringify(record), bytes)
    if (spool.congested() && !spool.full()) for (const pipe of pipes) pipe.pause()
  }
  const chunks = createChunker({ limitBytes: spec.logLimitBytes, secrets, isFull: spool.full, earlier }, store)
  let lastFlush = 0
  let lastOutput = 0
  let timer: NodeJS.Timeout | undefined

  const flush = () => {
    timer = undefined
    lastFlush = performance.now()
    chunks.flush()
  }
  const take = (name: 'stdout' | 'stderr', bytes: Uint8Array) => {
    lastOutput = performance.now()
    chunks.take(name, bytes)
    if (timer || chunks.idle()) return
    const wait = lastFlush + INTERVAL_MS - lastOutput
    if (wait <= 0) flush()
    else timer = setTimeout(flush, wait)
  }

  return {
    follow: (name, pipe) => {
      pipes.add(pipe)
      pipe.on('data', (bytes: Uint8Array) => take(name, bytes))
      pipe.once('close', () => pipes.delete(pipe))
      // A pipe that cannot be read is one that has ended.
      pipe.once('error', () => pipe.destroy())
    },
    say: chunks.say,
    // While the disk holds us up, silence says nothing about the pipes.
    drained: (quietMs) =>
      untilDrained(pipes, quietMs, () => (spool.congested() && !spool.full() ? performance.now() : lastOutput)),
    close: async () => {
      clearTimeout(timer)
      for (const pipe of pipes) pipe.destroy()
      const count = chunks.end()
      const { whole, lostBytes } = await spool.close()
      return { logChunks: whole ? count : null, lostBytes }
    },
  }
}

function untilDrained(pipes: ReadonlySet<Readable>, quietMs: number, lastOutput: () => number): Promise<void> {
  const since = performance.now()
  return new Promise((resolve) => {
    const check = () => {
      if (pipes.size > 0 && performance.now() - Math.max(since, lastOutput()) < quietMs) return
      clearInterval(polling)
      for (const pipe of pipes) pipe.off('close', checkSoon)
      resolve()
    }
    // The pipe leaves the set in its own listener.
    const checkSoon = () => setImmediate(check)
    const polling = setInterval(check, quietMs / 4)
    for (const pipe of pipes) pipe.once('close', checkSoon)
    check()
  })
}
