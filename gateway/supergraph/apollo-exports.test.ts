import { readFileSync } from 'node:fs'
import { operationFromDocument, Supergraph } from '@apollo/federation-internals'
import { ApolloGateway, buildOperationContext, executeQueryPlan } from '@apollo/gateway'
import { QueryPlanner } from '@apollo/query-planner'
import { parse } from 'graphql'
import { expect, test, vi } from 'vitest'

// Subscriptions stand on these exports of packages whose authors did not have subscriptions in mind.
// When one of these tests fails after an update, `plan-subscription.ts` and `subscribe.ts` need a look.

const sdl = readFileSync(new URL(import.meta.resolve('@constellation/schema/generated/supergraph.graphql')), 'utf8')
const document = parse('subscription ($id: ID!) { jobChanged(id: $id) { id state usage { gpuSeconds } } }')

function plan() {
  const supergraph = Supergraph.build(sdl, { validateSupergraph: false })
  const api = supergraph.apiSchema()
  const { node } = new QueryPlanner(supergraph).buildQueryPlan(operationFromDocument(api, document))
  return { supergraph, api, node }
}

test('the planner plans a subscription as a first fetch from the events, and the rest', () => {
  const { node } = plan()
  const fetch = { kind: 'Fetch', serviceName: 'usage' }
  expect(node).toMatchObject({
    kind: 'Subscription',
    primary: { kind: 'Fetch', serviceName: 'events', variableUsages: ['id'] },
    rest: { kind: 'Sequence', nodes: [{ kind: 'Flatten', path: ['jobChanged'], node: fetch }] },
  })
})

test('the planner asks no service for what the event carries', () => {
  const supergraph = Supergraph.build(sdl, { validateSupergraph: false })
  const carried = parse('subscription { jobsChanged { id name state version account finishedAt } }')
  const { node } = new QueryPlanner(supergraph).buildQueryPlan(operationFromDocument(supergraph.apiSchema(), carried))
  expect(node).toMatchObject({ kind: 'Subscription', primary: { serviceName: 'events' } })
  expect(node).not.toHaveProperty('rest')
})

type ExecutorContext = Parameters<typeof executeQueryPlan>[2]

test('the executor runs a sequence whose first service is one of ours', async () => {
  const { supergraph, api, node } = plan()
  if (node?.kind !== 'Subscription' || !node.rest) throw new Error('planned otherwise')
  const event = { process: async () => ({ data: { jobChanged: { __typename: 'Job', id: '1', state: 'RUNNING' } } }) }
  const usage = { process: vi.fn(async () => ({ data: { _entities: [{ usage: { gpuSeconds: 2 } }] } })) }
  const request = { variables: { id: '1' } }
  const context: Partial<ExecutorContext> = { request, context: { principal: 'p' }, logger: console, metrics: {} }
  const result = await executeQueryPlan(
    { kind: 'QueryPlan', node: { kind: 'Sequence', nodes: [{ ...node.primary, serviceName: 'event' }, node.rest] } },
    { event, usage },
    context as ExecutorContext,
    buildOperationContext({ schema: api.toGraphQLJSSchema(), operationDocument: document }),
    supergraph.schema.toGraphQLJSSchema(),
    api,
  )
  expect(result).toEqual({ data: { jobChanged: { id: '1', state: 'RUNNING', usage: { gpuSeconds: 2 } } } })
  expect(usage.process).toHaveBeenCalledWith(
    expect.objectContaining({
      context: { principal: 'p' },
      request: expect.objectContaining({ variables: { representations: [{ __typename: 'Job', id: '1' }] } }),
    }),
  )
})

test('the gateway tells of the first schema to whoever asked before its load', async () => {
  const logger = { debug() {}, info() {}, warn() {}, error() {} }
  const gateway = new ApolloGateway({ supergraphSdl: sdl, buildService: () => ({ process: async () => ({}) }), logger })
  const loaded = vi.fn()
  gateway.onSchemaLoadOrUpdate(loaded)
  await gateway.load()
  await gateway.stop()
  expect(loaded).toHaveBeenCalledExactlyOnceWith({ apiSchema: gateway.schema, coreSupergraphSdl: sdl })
})
