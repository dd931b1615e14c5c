// Waits for the gateway to answer, and for it to say that all of the stack is ready.
import { setTimeout as delay } from 'node:timers/promises'
import * as v from 'valibot'

export interface ReadyOptions {
  /** Of the gateway's health: 200 when all of it is ready. */
  url: string
  /** What is waited for: that the gateway answers at all, or that all is ready. */
  until: 'answers' | 'ready'
  limitMs: number
  /** Hears what is not ready, when that changes and the wait is long. */
  progress(line: string): void
  /** Gives the wait up with its reason. */
  signal: AbortSignal
}

const POLL_MS = 50
/** A wait that takes longer than this is told of, in milliseconds. */
const QUIET_MS = 3_000
const REQUEST_LIMIT_MS = 2_000

/**
 * Resolves when that is so.
 * @throws Error naming what is not ready after the limit; the signal's reason when that comes first
 */
export async function waitReady(options: ReadyOptions): Promise<void> {
  const began = performance.now()
  let told = ''
  for (;;) {
    const missing = await missingFor(options)
    if (missing === undefined) return
    const waited = performance.now() - began
    if (waited > options.limitMs) throw new Error(`Not ready after ${Math.round(waited / 1000)} s: ${missing}`)
    if (waited > QUIET_MS && missing !== told) {
      options.progress(`Waiting for ${missing}`)
      told = missing
    }
    await delay(POLL_MS, undefined, { signal: options.signal }).catch(() => options.signal.throwIfAborted())
  }
}

/** What is missing yet, or undefined where nothing is. */
async function missingFor({ url, until, signal }: ReadyOptions): Promise<string | undefined> {
  signal.throwIfAborted()
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_LIMIT_MS)]) })
    const body = await response.text()
    return response.ok || until === 'answers' ? undefined : namesIn(body)
  } catch {
    signal.throwIfAborted()
    return 'the gateway, which does not answer yet'
  }
}

const health = v.object({ parts: v.record(v.string(), v.string()) })

function namesIn(body: string): string {
  const result = v.safeParse(health, parseJson(body))
  if (!result.success) return body.trim().slice(0, 200)
  const faults = Object.entries(result.output.parts).filter(([, state]) => state !== 'ok')
  return faults.map(([part, state]) => `${part} (${state})`).join(', ')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // Something else answers on this port, or not yet the gateway itself.
  }
}
