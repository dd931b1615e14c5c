// From a subscription's document to what is done at each event. Apollo's gateway refuses to execute
// subscriptions, but its planner plans them: a first fetch, which here the event answers, and the rest.
import { operationFromDocument } from '@apollo/federation-internals'
import { buildOperationContext } from '@apollo/gateway'
import type { QueryPlan } from '@apollo/query-planner'
import { type BoundedMap, boundedMap } from '@constellation/platform/bounded-map.ts'
import { REMEMBERED_DOCUMENTS } from '@constellation/platform/subgraph/counted-cache.ts'
import {
  type DocumentNode,
  type FieldNode,
  type FormattedExecutionResult,
  GraphQLError,
  getNamedType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
} from 'graphql'
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js'
import { getArgumentValues } from 'graphql/execution/values.js'
import { withCode } from '../operations/read-document.ts'
import type { Snapshot } from '../supergraph/supergraph.ts'

export interface PlannedSubscription {
  root: PlannedRoot
  /** Its operation, with nothing conditional at its root. */
  operationContext: ReturnType<typeof buildOperationContext>
  /** What the subgraph of events selects of the event. */
  eventPart: DocumentNode
  /** What is done at each event. The fetch from the service EVENT comes first. */
  eventPlan: QueryPlan
  /** False where the event answers all of it. */
  asksServices: boolean
  /** Results under way, by what gave rise to them and then by who gets them with which variables. */
  results: WeakMap<object, Map<string, Promise<FormattedExecutionResult>>>
}

/** The name under which a plan knows the event itself. */
export const EVENT = 'the event'

interface PlannedRoot {
  /** The field subscribed to, such as `jobChanged`. */
  field: string
  nodes: readonly FieldNode[]
}

export interface Root extends PlannedRoot {
  args: Readonly<Record<string, unknown>>
}

/** The one root field of a valid subscription with these variables, or why they leave none. */
export function rootOf(
  { apiSchema }: Snapshot,
  { fragments, operation }: ReturnType<typeof buildOperationContext>,
  variables: Readonly<Record<string, unknown>>,
): Root | GraphQLError {
  const type = apiSchema.getSubscriptionType()
  if (!type) throw new Error('The graph has no subscriptions.')
  const [nodes, ...others] = collectFields(apiSchema, fragments, variables, type, operation.selectionSet).values()
  const node = nodes?.[0]
  const definition = node && type.getFields()[node.name.value]
  if (!nodes || !definition || others.length > 0) {
    const message = 'A subscription selects one field of the type Subscription; with these variables this one does not.'
    return new GraphQLError(message, { nodes: operation, extensions: { code: 'BAD_USER_INPUT' } })
  }
  try {
    return { field: definition.name, args: getArgumentValues(definition, node, variables), nodes }
  } catch (error) {
    if (error instanceof GraphQLError) return withCode(error, 'BAD_USER_INPUT')
    throw error
  }
}

/** Which fields are selected of the root field. */
export function selectionOf(
  { apiSchema }: Snapshot,
  { fragments }: ReturnType<typeof buildOperationContext>,
  root: Root,
  variables: Readonly<Record<string, unknown>>,
): (field: string) => boolean {
  const type = getNamedType(apiSchema.getSubscriptionType()?.getFields()[root.field]?.type)
  if (!isObjectType(type)) return () => false
  const selected = collectSubfields(apiSchema, fragments, variables, type, root.nodes)
  const names = new Set([...selected.values()].flatMap((nodes) => nodes.map(({ name }) => name.value)))
  return (field) => names.has(field)
}

/** The plans that were made with each snapshot; the first plan of a subscription takes some 20 ms. */
const plans = new WeakMap<Snapshot, BoundedMap<string, PlannedSubscription>>()

/** The plan for an operation with this root. `key` tells documents and the names of their operations apart. */
export function planSubscription(
  snapshot: Snapshot,
  { fragments, operation }: ReturnType<typeof buildOperationContext>,
  root: Root,
  key: string,
): PlannedSubscription {
  // Two sets of variables may leave different parts of a conditional root.
  const fullKey = `${key}\n${root.nodes.map((node) => node.loc?.start)}`
  const ofSnapshot = plans.get(snapshot) ?? boundedMap<string, PlannedSubscription>(REMEMBERED_DOCUMENTS)
  plans.set(snapshot, ofSnapshot)
  const known = ofSnapshot.get(fullKey)
  if (known) return known
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [unconditional(operation, root.nodes), ...Object.values(fragments)],
  }
  const planned = plan(snapshot, document, { field: root.field, nodes: root.nodes })
  ofSnapshot.set(fullKey, planned)
  return planned
}

function plan(snapshot: Snapshot, document: DocumentNode, root: PlannedRoot): PlannedSubscription {
  const { node } = snapshot.planner.buildQueryPlan(operationFromDocument(snapshot.api, document))
  if (node?.kind !== 'Subscription') throw new Error(`A subscription was planned as ${node?.kind ?? 'nothing'}.`)
  const event = { ...node.primary, serviceName: EVENT }
  return {
    root,
    operationContext: buildOperationContext({ schema: snapshot.apiSchema, operationDocument: document }),
    eventPart: parse(node.primary.operation),
    eventPlan: { kind: 'QueryPlan', node: { kind: 'Sequence', nodes: node.rest ? [event, node.rest] : [event] } },
    asksServices: node.rest !== undefined,
    results: new WeakMap(),
  }
}

/** The operation with these fields at its root, as they are: the planner throws on `@include` there. */
function unconditional(operation: OperationDefinitionNode, nodes: readonly FieldNode[]): OperationDefinitionNode {
  const selections = nodes.map((node) => {
    const directives = node.directives?.filter(({ name }) => name.value !== 'include' && name.value !== 'skip') ?? []
    return { ...node, directives }
  })
  return { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections } }
}
