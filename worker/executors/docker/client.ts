// The way to Docker's daemon, and what its refusals mean.
import type Docker from 'dockerode'
import { unlessAborted } from '../../pace/unless-aborted.ts'

/** How long the daemon may take for what is no matter of minutes, in milliseconds. */
const ANSWER_MS = 30_000

/** Loaded by those alone who need it: a shim that starts a process has no time for it. */
export async function openDocker(socketPath: string): Promise<Docker> {
  const { default: Dockerode } = await import('dockerode')
  // Whatever the environment says of a host does not count.
  return new Dockerode({ socketPath, host: undefined, protocol: 'http' })
}

/** For each call: an answer that does not come, or that breaks off, is an error in the end. */
export function soon(): { abortSignal: AbortSignal } {
  return { abortSignal: AbortSignal.timeout(ANSWER_MS) }
}

/** The same for what the client cannot call off; `stop` gives it up at once. */
export function heardSoon<T>(asked: Promise<T>, stop?: AbortSignal): Promise<T> {
  const late = AbortSignal.timeout(ANSWER_MS)
  return unlessAborted(asked, stop ? AbortSignal.any([stop, late]) : late)
}

/** The HTTP status of the daemon's refusal; undefined where the daemon was not heard at all. */
export function statusOf(error: unknown): number | undefined {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  return typeof status === 'number' ? status : undefined
}

/** What the daemon said, in its own words and without the client's. */
export function wordsOf(error: unknown): string {
  const json = error instanceof Error && 'json' in error ? error.json : undefined
  const said = typeof json === 'object' && json !== null && 'message' in json ? json.message : undefined
  const words = typeof said === 'string' ? said : error instanceof Error ? error.message : String(error)
  return words.replace(/^\(HTTP code \d+\) [^-]*- /, '').trim()
}
