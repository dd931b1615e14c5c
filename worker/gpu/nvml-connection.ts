// The driver, which may not be there yet, go away, come back, or not answer.
import { NvmlError } from 'node-nvml'
import type { GpuEvent, Monitor } from 'node-nvml/monitor'

export interface Connection {
  /** The answer of the driver, or undefined where there is none. */
  ask<Answer>(request: (monitor: Monitor) => Promise<Answer>): Promise<Answer | undefined>
  /** In a sentence, why the last request had no answer; null when it had one. */
  trouble(): string | null
  /** True once a driver was found. */
  wasFound(): boolean
  /** False where a driver that does not answer keeps this process from ending. */
  close(): Promise<boolean>
}

export interface ConnectionOptions {
  /** @throws NvmlError where there is no driver */
  open(): Promise<Monitor>
  /** Hears of the driver's events. */
  onEvent(event: GpuEvent): void
  /** The driver has gone away, or does not answer, or does again; `anew` where it was loaded in between. */
  onChange(change: { anew: boolean }): void
  /** Milliseconds of a clock that does not jump. */
  clock(): number
}

/** How often a driver that is away is looked for. */
const RETRY_MS = 5_000
/** And one that did not even answer that it is there: each attempt may leave a thread behind that waits for it. */
const RETRY_SILENT_MS = 60_000

export function connect({ open, onEvent, onChange, clock }: ConnectionOptions): Connection {
  let monitor: Monitor | undefined
  let opening: Promise<Monitor | undefined> | undefined
  let trouble: string | null = null
  let found = false
  let unloaded = false
  let stranded = false
  let closed = false
  let tryAgainAt = Number.NEGATIVE_INFINITY

  const fail = (error: unknown) => {
    if (!(error instanceof NvmlError)) throw error
    const before = trouble
    trouble = error.message
    if (isUnloaded(error)) unloaded = true
    return before === null
  }
  const tryToOpen = async () => {
    tryAgainAt = clock() + RETRY_MS
    try {
      const opened = await open()
      if (closed) return opened
      opened.onEvent(onEvent)
      monitor = opened
      if (found) onChange({ anew: unloaded })
      found = true
      unloaded = false
      stranded = false
      return opened
    } catch (error) {
      stranded = isTimeout(error)
      if (stranded) tryAgainAt = clock() + RETRY_SILENT_MS
      fail(error)
      return undefined
    } finally {
      opening = undefined
    }
  }
  const current = () => {
    if (monitor || closed) return monitor
    if (clock() < tryAgainAt) return opening
    opening ??= tryToOpen()
    return opening
  }
  return {
    ask: async (request) => {
      const asked = await current()
      if (!asked) return undefined
      try {
        const answer = await request(asked)
        if (trouble !== null && monitor === asked) {
          trouble = null
          onChange({ anew: false })
        }
        return answer
      } catch (error) {
        const isNew = fail(error)
        // One that does not answer will, or will never: a second one would fare no better.
        if (monitor === asked && !isTimeout(error)) {
          monitor = undefined
          void asked.close()
        }
        if (isNew && !closed) onChange({ anew: false })
        return undefined
      }
    },
    trouble: () => trouble,
    wasFound: () => found,
    close: async () => {
      closed = true
      const free = await (monitor ?? (await opening))?.close()
      return free ?? !stranded
    },
  }
}

/** After these the driver that answers next is one that was loaded in between. */
function isUnloaded({ code }: NvmlError): boolean {
  return code === 'UNINITIALIZED' || code === 'DRIVER_NOT_LOADED' || code === 'LIB_RM_VERSION_MISMATCH'
}

function isTimeout(error: unknown): boolean {
  return error instanceof NvmlError && error.code === 'TIMEOUT'
}
