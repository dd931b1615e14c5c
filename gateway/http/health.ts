// GET /health: 200 when everything that people need is ready, and otherwise what is not. For an orchestrator there are
// GET /livez (and /live, as it was called): the process runs; and GET /readyz: it has reached every service once. One that
// goes away later is no reason to take a gateway out, as no other would do better.
import { onceEach, serveProbes } from '@constellation/platform/subgraph/probes.ts'
import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import type { AskGraph } from '../live/ask-graph.ts'
import { ITSELF } from '../live/feeds/changed-gpus.ts'
import type { NatsLink } from '../live/feeds/nats-link.ts'
import type { Subgraph } from '../subgraphs/subgraph.ts'
import { isBuilt } from './page.ts'

interface HealthOptions {
  subgraphs: Readonly<Record<string, Subgraph>>
  link: NatsLink
  webDir: string | undefined
  needsWorker: boolean
  ask: AskGraph
}

/** A part that does not answer within this is not ready, in milliseconds. */
const LIMIT_MS = 2_000

const WORKERS =
  'query Workers($after: String) { workers(first: 100, after: $after) { nodes { state } pageInfo { hasNextPage endCursor } } }'
const workersAnswer = v.object({
  workers: v.object({
    nodes: v.array(v.object({ state: v.string() })),
    pageInfo: v.object({ hasNextPage: v.boolean(), endCursor: v.nullable(v.string()) }),
  }),
})
type WorkersAnswer = v.InferOutput<typeof workersAnswer>

export function serveHealth(app: FastifyInstance, options: HealthOptions): void {
  app.get('/live', { config: { public: true } }, async () => ({ status: 'ok' }))
  serveProbes(app, onceEach(Object.fromEntries(Object.entries(options.subgraphs).map(reached))))
  // Anybody may ask, without a token: whoever asks meanwhile shares one check, which asks every service something.
  let checking: Promise<Record<string, string>> | undefined
  app.get('/health', { config: { public: true } }, async (_request, reply) => {
    checking ??= checkParts(options).finally(() => {
      checking = undefined
    })
    const parts = await checking
    const ready = Object.values(parts).every((state) => state === 'ok')
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: ready ? 'ok' : 'unavailable', parts })
  })
}

function reached([name, subgraph]: [string, Subgraph]): [string, () => Promise<void>] {
  return [
    name,
    async () => {
      const state = await subgraph.health(LIMIT_MS)
      if (state === 'does not answer') throw new Error(state)
    },
  ]
}

/** Each part's state: `ok`, or a sentence. */
async function checkParts({
  subgraphs,
  link,
  webDir,
  needsWorker,
  ask,
}: HealthOptions): Promise<Record<string, string>> {
  const parts: [string, string | Promise<string>][] = [['gateway', 'ok']]
  for (const [name, subgraph] of Object.entries(subgraphs)) parts.push([name, subgraph.health(LIMIT_MS)])
  parts.push(['nats', link.health(LIMIT_MS)])
  if (webDir !== undefined) parts.push(['page', checkPage(webDir)])
  if (needsWorker) parts.push(['workers', checkWorkers(ask)])
  return Object.fromEntries(await Promise.all(parts.map(async ([name, state]) => [name, await state])))
}

async function checkPage(folder: string): Promise<string> {
  return (await isBuilt(folder)) ? 'ok' : 'the page has not been built'
}

async function checkWorkers(ask: HealthOptions['ask']): Promise<string> {
  const late = new Promise<string>((resolve) =>
    setTimeout(resolve, LIMIT_MS, 'the workers cannot be listed in time').unref(),
  )
  return await Promise.race([findWorker(ask), late])
}

async function findWorker(ask: HealthOptions['ask']): Promise<string> {
  let after: string | null = null
  try {
    do {
      const { workers }: WorkersAnswer = v.parse(workersAnswer, await ask(WORKERS, { after }, ITSELF))
      if (workers.nodes.some(({ state }) => state === 'ONLINE')) return 'ok'
      after = workers.pageInfo.hasNextPage ? workers.pageInfo.endCursor : null
    } while (after !== null)
    return 'no worker is online'
  } catch (error) {
    return `the workers cannot be listed: ${error instanceof Error ? error.message : String(error)}`
  }
}
