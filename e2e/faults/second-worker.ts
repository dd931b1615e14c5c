// What a second worker needs: a token of its own, a folder of its own, and a user of NATS that may speak for it.
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { loadIssuer } from '@constellation/local/tokens/keys.ts'
import { mintToken } from '@constellation/local/tokens/token.ts'

export const SECOND_WORKER = 'worker-two'

/** The variables over those of the first worker. It reaches the gateway and NATS by lines that nobody cuts. */
export async function secondWorker(home: string, natsUrl: string): Promise<Record<string, string>> {
  const file = path.join(home, `${SECOND_WORKER}.token`)
  const content = { subject: SECOND_WORKER, role: 'worker', accounts: [], ttlSeconds: 86_400 } as const
  await writeFile(file, await mintToken(await loadIssuer(home), content), { mode: 0o600 })
  // The stack's user for workers may speak for the stack's own worker alone.
  return { TOKEN_FILE: file, WORKER_HOME: path.join(home, SECOND_WORKER), NATS_URL: natsUrl }
}

/** The variables of a worker with the same name in another folder, as where a token was copied. */
export function twinOf(home: string, environment: Record<string, string>): Record<string, string> {
  return { ...environment, WORKER_HOME: path.join(home, `${SECOND_WORKER}-twin`) }
}
