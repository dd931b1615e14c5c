// GET /metrics on a listener of its own, for Prometheus and nobody else: it asks for no token, and is off unless it has a port.

import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { collectDefaultMetrics, type Gauge, type Registry, register } from 'prom-client'
import type { Lifecycle } from '../lifecycle.ts'
import type { Logger } from '../log.ts'
import { looksFailed } from './metrics.ts'

/** A look-up that takes longer is left out, in milliseconds: a scrape must not hang for a database. */
const LOOK_LIMIT_MS = 2_000
/** What was looked up so lately is told again, in milliseconds: several Prometheus may ask. */
const FRESH_MS = 5_000

interface Look {
  gauges: readonly Gauge[]
  look(): Promise<void> | void
  lookedAt: number
}

const looks = new Set<Look>()

/**
 * Has `look` set these gauges when somebody asks for them, every five seconds at most; where it fails they are left out.
 * Returns how to stop that. What is looked up in memory may be as new as it gets: `freshMs` 0.
 */
export function atScrape<Name extends string>(gauges: readonly Gauge<Name>[], look: Look['look']): () => void {
  const added: Look = { gauges, look, lookedAt: Number.NEGATIVE_INFINITY }
  looks.add(added)
  return () => looks.delete(added)
}

/** Serves /metrics until the lifecycle ends, where there is a port for it; 0 lets the system choose. Returns its URL. */
export async function serveMetrics(
  { HOST, METRICS_PORT }: { HOST: string; METRICS_PORT?: number | undefined },
  log: Logger,
  lifecycle: Lifecycle,
): Promise<string | undefined> {
  if (METRICS_PORT === undefined) return undefined
  measureNode(register)
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end()
    scrape(log).then(
      (text) => response.writeHead(200, { 'content-type': register.contentType }).end(text),
      (error: unknown) => {
        log.error({ err: error }, 'the metrics could not be told')
        response.writeHead(500).end()
      },
    )
  })
  server.listen(METRICS_PORT, HOST)
  await once(server, 'listening')
  lifecycle.onStop('the metrics', () => close(server))
  const url = `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${portOf(server)}/metrics`
  log.info(`metrics are at ${url}`)
  return url
}

/** Has the registry tell of Node itself: event loop, garbage, memory, processor. */
function measureNode(registry: Registry): void {
  collectDefaultMetrics({ register: registry })
  // Gauges with the name of a counter, which Prometheus's own tools find fault with; each also goes by kind, without it.
  for (const what of ['handles', 'requests', 'resources']) registry.removeSingleMetric(`nodejs_active_${what}_total`)
}

/** The metrics as text, after all look-ups. */
async function scrape(log: Logger): Promise<string> {
  const now = performance.now()
  const due = [...looks].filter(({ lookedAt }) => now - lookedAt >= FRESH_MS)
  await Promise.all(
    due.map(async (each) => {
      try {
        await within(LOOK_LIMIT_MS, each.look())
        each.lookedAt = now
      } catch (error) {
        looksFailed.inc()
        log.warn({ err: error }, 'a figure could not be looked up for the metrics')
        for (const gauge of each.gauges) gauge.remove()
      }
    }),
  )
  return await register.metrics()
}

async function within(limitMs: number, work: Promise<void> | void): Promise<void> {
  const limit = AbortSignal.timeout(limitMs)
  const late = new Promise<never>((_, reject) =>
    limit.addEventListener('abort', () => reject(new Error(`It took longer than ${limitMs} ms.`))),
  )
  await Promise.race([work, late])
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
