// The token of the stack's own worker: short, so that a stolen one is soon worth nothing, and written anew in time.

import { LOCAL_WORKER } from '../nats/nats-permissions.ts'
import { writeFileAtomically } from '../write-file.ts'
import type { Issuer } from './keys.ts'
import { mintToken } from './token.ts'

const TTL_SECONDS = 3_600
/** A new one is written when it has less than this left, in milliseconds: enough for a gateway that starts anew. */
const RENEW_BELOW_MS = 2_400_000
/** How often that is looked at, in milliseconds: by the clock of the wall, as a laptop may have slept. */
const LOOK_EVERY_MS = 10_000

export interface WorkerToken {
  /** Resolves when the first one is written. */
  written: Promise<void>
  stop(): Promise<void>
}

/** Keeps a token that holds in a file that only its owner may read, until stopped. Failures after the first are printed. */
export function keepWorkerToken(
  file: string,
  loadIssuer: () => Promise<Issuer>,
  print: (line: string) => void,
): WorkerToken {
  let endsAt = 0
  const write = async () => {
    const now = Date.now()
    const content = { subject: LOCAL_WORKER, role: 'worker', accounts: [], ttlSeconds: TTL_SECONDS } as const
    const token = await mintToken(await loadIssuer(), content)
    await writeFileAtomically(file, `${token}\n`, 0o600)
    endsAt = now + TTL_SECONDS * 1_000
  }
  let writing = write()
  const written = writing
  // It may fail before anybody waits for it.
  written.catch(() => {})
  const timer = setInterval(() => {
    if (endsAt - Date.now() >= RENEW_BELOW_MS) return
    writing = writing.then(write).catch((error: unknown) => print(`the worker's token could not be renewed: ${error}`))
  }, LOOK_EVERY_MS)
  return {
    written,
    async stop() {
      clearInterval(timer)
      await writing.catch(() => {}) // Whoever waited for `written` has heard of it.
    },
  }
}
