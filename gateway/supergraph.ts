// The composed graph: what it looks like from outside, and who answers which part of it.
import { type Schema, Supergraph } from '@apollo/federation-internals'
import { ApolloGateway, type ServiceMap } from '@apollo/gateway'
import { QueryPlanner } from '@apollo/query-planner'
import { type BoundedMap, boundedMap } from '@constellation/platform/bounded-map.ts'
import { countedCache, REMEMBERED_DOCUMENTS } from '@constellation/platform/counted-cache.ts'
import type { Logger } from '@constellation/platform/log.ts'
import type { GraphQLSchema } from 'graphql'
import { checkScalars } from './check-scalars.ts'
import type { PlannedSubscription } from './plan-subscription.ts'

/** One loaded schema with all that planning and executing against it takes. A live subscription stays with its own. */
export interface Snapshot {
  /** What clients see. */
  apiSchema: GraphQLSchema
  /** The same, and the whole, as Apollo's executor wants them. */
  api: Schema
  supergraph: GraphQLSchema
  planner: QueryPlanner
  /** Plans of subscriptions; the first plan of one takes some 20 ms. */
  plans: BoundedMap<string, PlannedSubscription>
}

export interface LoadedGraph {
  /** For Apollo Server, which loads it. */
  gateway: ApolloGateway
  /** The newest schema. Only after the server has started. */
  snapshot(): Snapshot
}

/** The graph of this supergraph, whose subgraphs are the services of these names. */
export function createSupergraph(sdl: string, services: ServiceMap, log: Logger): LoadedGraph {
  // ApolloGateway reports to its maker unless its environment forbids it, and has no other setting for that.
  process.env.APOLLO_TELEMETRY_DISABLED = '1'
  const gateway = new ApolloGateway({
    supergraphSdl: sdl,
    // It was checked when it was composed.
    validateSupergraph: false,
    buildService({ name }) {
      const service = services[name]
      if (!service) throw new Error(`The supergraph has a subgraph ${name}, which the gateway does not know.`)
      return service
    },
    queryPlannerConfig: { cache: countedCache(REMEMBERED_DOCUMENTS) },
    logger: log,
  })
  let newest: Snapshot | undefined
  // Before the load: it is told of the first schema too.
  gateway.onSchemaLoadOrUpdate(({ apiSchema, coreSupergraphSdl }) => {
    // Before anybody else sees it: Apollo Server and the gateway go by this very schema.
    checkScalars(apiSchema)
    newest = takeSnapshot(apiSchema, coreSupergraphSdl)
  })
  return {
    gateway,
    snapshot() {
      if (!newest) throw new Error('The supergraph is not loaded yet.')
      return newest
    },
  }
}

function takeSnapshot(apiSchema: GraphQLSchema, sdl: string): Snapshot {
  const supergraph = Supergraph.build(sdl, { validateSupergraph: false })
  return {
    apiSchema,
    api: supergraph.apiSchema(),
    supergraph: supergraph.schema.toGraphQLJSSchema(),
    planner: new QueryPlanner(supergraph),
    plans: boundedMap(REMEMBERED_DOCUMENTS),
  }
}
