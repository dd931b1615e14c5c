// Reads a container's log from the cluster to its end, over as many connections as that takes.
import { once } from 'node:events'
import { PassThrough, type Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { type Cluster, pauseMs, statusOf } from './client.ts'
import { COMMAND } from './labels.ts'
import { createLogLines } from './log-lines.ts'

/** Between two readings of a log that ended while its container has not, in milliseconds. */
const AGAIN_MS = 500
/** Once its container has ended, a log that brings nothing more for so long is read by another connection. */
const SILENT_MS = 5_000

export interface LogReader {
  output: PassThrough
  /** The container has ended: resolves when all that it printed is read. False where that cannot be had any more. */
  finish(): Promise<boolean>
  /** Reads no more. */
  close(): void
}

export function readLog(cluster: Cluster, namespace: string, pod: string): LogReader {
  const output = new PassThrough()
  const lines = createLogLines()
  const stop = new AbortController()
  let ended = false
  const endedNow = Promise.withResolvers<void>()

  /** True where the log was read to where it ends now. */
  const readOnce = async (follow: boolean): Promise<boolean> => {
    lines.begin()
    const stream = new PassThrough()
    const failed = sourceFailure(stream)
    const since = lines.since()
    const options = { follow, timestamps: true, ...(since !== undefined && { sinceTime: since }) }
    const controller = await cluster.log.log(namespace, pod, COMMAND, stream, options)
    const giveUp = () => controller.abort()
    stop.signal.addEventListener('abort', giveUp)
    // The end of its container ends a log, unless the connection has died without a word.
    const silence = watchSilence(endedNow.promise, giveUp)
    const take = (piece: Buffer) => {
      silence.touch()
      return lines.take(piece)
    }
    const copying = copy(stream, output, take, stop.signal)
    try {
      const whole = await Promise.race([copying.then(() => true), failed])
      for (const line of lines.end(whole && (ended || !follow))) output.write(line)
      return whole
    } finally {
      silence.close()
      stop.signal.removeEventListener('abort', giveUp)
      controller.abort()
      stream.destroy()
      // What was taken is passed on before the next reading begins.
      await copying.catch(() => undefined)
    }
  }

  const readAll = async (): Promise<boolean> => {
    for (let failures = 0; !stop.signal.aborted; ) {
      // What begins after the end finds all that there is, and needs not wait for more.
      const last = ended
      try {
        const whole = await readOnce(!last)
        if (whole && last) return true
        failures = 0
        if (!ended) await Promise.race([delay(AGAIN_MS), endedNow.promise])
      } catch (error) {
        // The node has it no more, or is gone itself.
        if (last && (statusOf(error) === 404 || statusOf(error) === 400)) return false
        await delay(pauseMs(failures++, error), undefined, { signal: stop.signal }).catch(() => undefined)
      }
    }
    return false
  }

  const reading = readAll().finally(() => output.end())
  return {
    output,
    finish: () => {
      ended = true
      endedNow.resolve()
      return reading
    },
    close: () => stop.abort(),
  }
}

/** Passes on what is new, no faster than it is taken. */
async function copy(
  from: Readable,
  to: PassThrough,
  take: (piece: Buffer) => Buffer[],
  signal: AbortSignal,
): Promise<void> {
  for await (const piece of from) {
    for (const line of take(piece)) if (!to.write(line)) await once(to, 'drain', { signal })
  }
}

/** The client hands on what comes, and not that it broke off. Resolves to false when it did. */
function sourceFailure(stream: PassThrough): Promise<false> {
  return new Promise((resolve) => {
    stream.once('pipe', (source: Readable) => source.once('error', () => resolve(false)))
  })
}

/** Calls `onSilent` when, after `from`, nothing has come for some time. */
function watchSilence(from: Promise<void>, onSilent: () => void): { touch(): void; close(): void } {
  let timer: NodeJS.Timeout | undefined
  let over = false
  void from.then(() => {
    if (!over) timer = setTimeout(onSilent, SILENT_MS)
  })
  return {
    touch: () => timer?.refresh(),
    close: () => {
      over = true
      clearTimeout(timer)
    },
  }
}
