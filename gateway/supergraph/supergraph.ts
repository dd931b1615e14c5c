// The composed graph: what it looks like from outside, and who answers which part of it.
import { readFile, stat } from 'node:fs/promises'
import { type Schema, Supergraph } from '@apollo/federation-internals'
import { ApolloGateway, type ServiceMap, type SupergraphSdlUpdateFunction } from '@apollo/gateway'
import { QueryPlanner } from '@apollo/query-planner'
import type { Logger } from '@constellation/platform/log.ts'
import { countedCache, REMEMBERED_DOCUMENTS } from '@constellation/platform/subgraph/counted-cache.ts'
import type { GraphQLSchema } from 'graphql'
import { checkScalars } from './check-scalars.ts'
import { resolvableKeysFirst } from './resolvable-keys-first.ts'

/** One loaded schema with all that planning and executing against it takes. A live subscription stays with its own. */
export interface Snapshot {
  /** What clients see. */
  apiSchema: GraphQLSchema
  /** The same, and the whole, as Apollo's executor wants them. */
  api: Schema
  supergraph: GraphQLSchema
  planner: QueryPlanner
}

export interface LoadedGraph {
  /** For Apollo Server, which loads it. */
  gateway: ApolloGateway
  /** The newest schema. Only after the server has started. */
  snapshot(): Snapshot
  /** That with this schema, which need not be the newest any more. */
  snapshotOf(apiSchema: GraphQLSchema): Snapshot | undefined
}

/** The file is looked at this often, in milliseconds. */
const LOOK_AGAIN_MS = 1_000

/**
 * The graph of the supergraph in this file, whose subgraphs are the services of these names. When the file changes, what
 * is asked from then on is asked of the new one, and live subscriptions stay with theirs; one that does not hold is
 * logged, and changes nothing.
 */
export function createSupergraph(file: string, services: ServiceMap, log: Logger): LoadedGraph {
  // ApolloGateway reports to its maker unless its environment forbids it, and has no other setting for that.
  process.env.APOLLO_TELEMETRY_DISABLED = '1'
  const gateway = new ApolloGateway({
    supergraphSdl: async ({ update }) => {
      const sdl = await readGraph(file)
      requireSound(sdl, services)
      return { supergraphSdl: sdl, cleanup: watchSupergraph(file, sdl, { services, update, log }) }
    },
    // It is, before.
    validateSupergraph: false,
    buildService: ({ name }) => serviceOf(name, services),
    queryPlannerConfig: { cache: countedCache(REMEMBERED_DOCUMENTS) },
    logger: log,
  })
  let newest: Snapshot | undefined
  const snapshots = new WeakMap<GraphQLSchema, Snapshot>()
  // Before the load: it is told of the first schema too.
  gateway.onSchemaLoadOrUpdate(({ apiSchema, coreSupergraphSdl }) => {
    // Before anybody else sees it: Apollo Server and the gateway go by this very schema.
    checkScalars(apiSchema)
    newest = takeSnapshot(apiSchema, coreSupergraphSdl)
    snapshots.set(apiSchema, newest)
  })
  return {
    gateway,
    snapshot() {
      if (!newest) throw new Error('The supergraph is not loaded yet.')
      return newest
    },
    snapshotOf: (apiSchema) => snapshots.get(apiSchema),
  }
}

async function readGraph(file: string): Promise<string> {
  return resolvableKeysFirst(await readFile(file, 'utf8'))
}

function serviceOf(name: string, services: ServiceMap) {
  const service = services[name]
  if (!service) throw new Error(`The supergraph has a subgraph ${name}, which the gateway does not know.`)
  return service
}

/** @throws Error where the gateway could not answer by this supergraph, before anybody is told of it */
function requireSound(sdl: string, services: ServiceMap): void {
  const supergraph = Supergraph.build(sdl, { validateSupergraph: true })
  for (const { name } of supergraph.subgraphsMetadata().values()) serviceOf(name, services)
  const { apiSchema } = takeSnapshot(supergraph.apiSchema().toGraphQLJSSchema(), sdl)
  checkScalars(apiSchema)
}

interface Watching {
  services: ServiceMap
  update: SupergraphSdlUpdateFunction
  log: Logger
}

/** Looks at the file until it is stopped, which resolves when the last look is over. */
function watchSupergraph(file: string, loaded: string, { services, update, log }: Watching): () => Promise<void> {
  let known = loaded
  let version = ''
  let looking: Promise<void> = Promise.resolve()

  async function look(): Promise<void> {
    try {
      // Links are followed: Kubernetes replaces what one leads to.
      const { ino, size, mtimeMs } = await stat(file)
      const present = `${ino} ${size} ${mtimeMs}`
      if (present === version) return
      version = present
      const sdl = await readGraph(file)
      if (sdl === known) return
      known = sdl
      requireSound(sdl, services)
      update(sdl)
      log.info('the supergraph has changed: what is asked from now on is asked of the new one')
    } catch (error) {
      log.error({ err: error, file }, 'the changed supergraph was not taken: it stays as it was')
    }
  }

  const timer = setInterval(() => {
    looking = looking.then(look)
  }, LOOK_AGAIN_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await looking
  }
}

/** What the gateway makes of a supergraph. */
export function takeSnapshot(apiSchema: GraphQLSchema, sdl: string): Snapshot {
  const supergraph = Supergraph.build(sdl, { validateSupergraph: false })
  return {
    apiSchema,
    api: supergraph.apiSchema(),
    supergraph: supergraph.schema.toGraphQLJSSchema(),
    planner: new QueryPlanner(supergraph),
  }
}
