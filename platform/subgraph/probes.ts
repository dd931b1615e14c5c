// What an orchestrator asks of a process: GET /livez, whether it has to be started anew, and GET /readyz, whether it should get requests.
import type { FastifyInstance } from 'fastify'

/** A part that does not answer within this is not ready, in milliseconds. */
const LIMIT_MS = 1_500

/** What must work; each throws when its part does not. */
export type Checks = Readonly<Record<string, () => Promise<unknown>>>

/**
 * Whoever answers at all is alive: nothing that a restart would not mend counts. Ready is who passes these checks, which
 * are those without which not one request can be served, as a process that is not ready gets none.
 */
export function serveProbes(app: FastifyInstance, checks: Checks): void {
  const config = { public: true }
  app.get('/livez', { config }, async () => ({ status: 'ok' }))
  app.get('/readyz', { config }, async (_request, reply) => {
    const parts = await checkParts(checks)
    const ready = isReady(parts)
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: ready ? 'ok' : 'unavailable', parts })
  })
}

/** Whether every part is `ok`. */
export function isReady(parts: Readonly<Record<string, string>>): boolean {
  return Object.values(parts).every((state) => state === 'ok')
}

/** Each part's state: `ok`, or a sentence. */
export async function checkParts(checks: Checks): Promise<Record<string, string>> {
  const states = Object.entries(checks).map(async ([part, check]) => [part, await stateOf(check)] as const)
  return Object.fromEntries(await Promise.all(states))
}

async function stateOf(check: () => Promise<unknown>): Promise<string> {
  const limit = AbortSignal.timeout(LIMIT_MS)
  const late = new Promise((_, reject) =>
    limit.addEventListener('abort', () => reject(new Error('it does not answer'))),
  )
  return Promise.race([check(), late]).then(
    () => 'ok',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
}

/**
 * The same checks, each done until it has passed once: for parts that have to be reached before a process is put in the
 * place of one that works, and whose later absence makes it no worse than any other.
 */
export function onceEach(checks: Checks): Checks {
  const passed = new Set<string>()
  const once = (part: string, check: () => Promise<unknown>) => async () => {
    if (passed.has(part)) return
    await check()
    passed.add(part)
  }
  return Object.fromEntries(Object.entries(checks).map(([part, check]) => [part, once(part, check)]))
}
