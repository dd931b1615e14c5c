// The keeper of a run's pod, beside its command: says whether the pod is kept. The kubelet asks it, and ends the command
// when the answer is no, also while the cluster's API server, or the worker, is out of reach. It needs no token and no
// calendar: a mark that the worker changes is enough, and how long ago it changed.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { port, readConfig, wholeNumber } from '@constellation/platform/config.ts'
import * as v from 'valibot'

export const settings = v.object({
  /** The pod's mark, which Kubernetes keeps up to date in this file. */
  KEPT_FILE: v.string(),
  /** After how long without a change the pod is not kept any more. */
  KEPT_SECONDS: wholeNumber(1, 86_400),
  PORT: port,
})

const LOOK_MS = 1_000

if (import.meta.main) main()

function main(): void {
  const { KEPT_FILE, KEPT_SECONDS, PORT } = readConfig(settings)
  const isKept = watchMark(
    () => readMark(KEPT_FILE),
    KEPT_SECONDS * 1_000,
    () => performance.now(),
  )
  setInterval(isKept, LOOK_MS)
  const server = createServer((_, response) => response.writeHead(isKept() ? 200 : 503).end())
  server.listen(PORT)
  process.on('SIGTERM', () => process.exit(0))
}

/** A function that says whether the mark has changed within `longestMs` of `clock`. */
export function watchMark(read: () => string | undefined, longestMs: number, clock: () => number): () => boolean {
  let mark: string | undefined
  let changedAt = clock()
  return () => {
    const now = read()
    if (now !== undefined && now !== mark) {
      mark = now
      changedAt = clock()
    }
    return clock() - changedAt < longestMs
  }
}

function readMark(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // Kubernetes is just putting another in its place, or has not yet.
    return undefined
  }
}
