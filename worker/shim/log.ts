// Writes a run's log to its spool: promptly while little comes, in larger pieces while much does.
import { createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { LogRecord } from '@constellation/platform/events.ts'
import { createChunker } from './chunks.ts'
import type { RunSpec } from './files.ts'

/** While output flows, a chunk at most this often. The first output after a pause goes out at once. */
const INTERVAL_MS = 50
/** More than this waiting for the disk stops the reading of the pipes, and so the command's writing. */
const BUFFER_BYTES = 1 << 20

export interface RunLog {
  follow(name: 'stdout' | 'stderr', pipe: Readable): void
  say(sentence: string): void
  /** Returns when both pipes have closed, or when nothing has come for `quietMs`. */
  drained(quietMs: number): Promise<void>
  /** Ends the log. Returns how many records it has, or null when the disk did not take all of them. */
  close(): Promise<number | null>
}

export function openLog(path: string, spec: Pick<RunSpec, 'runId' | 'epoch' | 'logLimitBytes'>): RunLog {
  const pipes = new Set<Readable>()
  const spool = openSpool(path, pipes)
  const chunks = createChunker(spec.logLimitBytes, (chunk) => {
    spool.write({ runId: spec.runId, epoch: spec.epoch, at: new Date().toISOString(), ...chunk })
  })
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
    drained: (quietMs) => untilDrained(pipes, quietMs, () => (spool.congested() ? performance.now() : lastOutput)),
    close: async () => {
      clearTimeout(timer)
      for (const pipe of pipes) pipe.destroy()
      const count = chunks.end()
      return (await spool.close()) ? count : null
    },
  }
}

/** The file of a log. While it is behind, the pipes are not read. */
function openSpool(path: string, pipes: ReadonlySet<Readable>) {
  const file = createWriteStream(path, { flags: 'a', mode: 0o600, highWaterMark: BUFFER_BYTES })
  let broken = false
  const resume = () => {
    for (const pipe of pipes) pipe.resume()
  }
  file.on('drain', resume)
  file.on('error', () => {
    // With the disk full the command goes on, and its pipes are emptied, so that it is not held up.
    broken = true
    resume()
  })
  return {
    write: (record: LogRecord) => {
      if (!broken && !file.write(`${JSON.stringify(record)}\n`)) for (const pipe of pipes) pipe.pause()
    },
    congested: () => file.writableNeedDrain,
    /** True when the disk took all of it. */
    close: async () => {
      file.end()
      // The fault itself was seen above.
      await finished(file).catch(() => undefined)
      return !broken
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
