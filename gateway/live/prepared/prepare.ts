// A plan of a subscription as it is with given variables, prepared to be run at every event without a planner, a parser
// or an executor. It answers where all is as it should be: Apollo's executor knows what becomes of the rest.
import { type BoundedMap, boundedMap } from '@constellation/platform/bounded-map.ts'
import { type DocumentNode, Kind, visit } from 'graphql'
import { collectFields } from 'graphql/execution/collectFields.js'
import type { Snapshot } from '../../supergraph/supergraph.ts'
import type { EventsSubgraph } from '../events-subgraph.ts'
import type { PlannedSubscription } from '../plan-subscription.ts'
import { type Fetches, fetchesOf } from './fetches.ts'
import { projectionOf } from './project.ts'

export interface Prepared {
  /** What the plan begins with: the event's part of it. Undefined, like `complete`, where something is not as it should be. */
  project(payload: unknown): Record<string, unknown> | undefined
  /** What is added to that, if anything is. */
  fetches: Fetches | undefined
  /** What of all that is told. */
  complete(data: Record<string, unknown>): Record<string, unknown> | undefined
}

interface Preparing {
  snapshot: Snapshot
  planned: PlannedSubscription
  coerced: Readonly<Record<string, unknown>>
}

/** Sets of values of a document's conditions. */
const REMEMBERED = 64

interface Remembered {
  /** The variables that decide what is selected. */
  conditions: string[]
  prepared: BoundedMap<string, { it: Prepared | undefined }>
}

const known = new WeakMap<PlannedSubscription, Remembered>()

function remember(planned: PlannedSubscription): Remembered {
  const { operation, fragments } = planned.operationContext
  const document = { kind: Kind.DOCUMENT, definitions: [operation, ...Object.values(fragments)] } as const
  const prepared = boundedMap<string, { it: Prepared | undefined }>(REMEMBERED)
  const remembered = { conditions: conditionsOf(document), prepared }
  known.set(planned, remembered)
  return remembered
}

/** Made once for each plan and the values of its conditions; undefined where the plan is none that can be prepared. */
export function prepare(preparing: Preparing, events: EventsSubgraph): Prepared | undefined {
  const { planned, coerced } = preparing
  const remembered = known.get(planned) ?? remember(planned)
  const key = JSON.stringify(remembered.conditions.map((name) => coerced[name]))
  const prepared = remembered.prepared.get(key)
  if (prepared) return prepared.it
  const it = prepareNew(preparing, events)
  remembered.prepared.set(key, { it })
  return it
}

function conditionsOf(document: DocumentNode): string[] {
  const names = new Set<string>()
  visit(document, {
    Directive({ arguments: given = [] }) {
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value)
    },
  })
  return [...names]
}

function prepareNew({ snapshot, planned, coerced }: Preparing, events: EventsSubgraph): Prepared | undefined {
  const { root, operationContext, eventPart, eventPlan } = planned
  const { schema, operation, fragments } = operationContext
  const [, rest] = eventPlan.node?.kind === 'Sequence' ? eventPlan.node.nodes : []
  const fetches = rest && fetchesOf(rest, coerced)
  if (rest && !fetches) return undefined
  const name = root.nodes[0]?.alias?.value ?? root.field
  const type = snapshot.apiSchema.getSubscriptionType()
  const definition = type?.getFields()[root.field]
  const nodes = type && collectFields(schema, fragments, coerced, type, operation.selectionSet).get(name)
  const selecting = { schema: snapshot.apiSchema, fragments, variables: coerced, keys: 'response names' } as const
  const completion = nodes && definition && projectionOf(definition.type, nodes, selecting)
  const projection = events.projectionOf(eventPart, root.field, coerced)
  if (!completion || !projection || name === '__proto__') return undefined
  return {
    project: (payload) => under(name, projection(payload)),
    fetches,
    complete: (data) => under(name, completion(data[name])),
  }
}

function under(name: string, value: unknown): Record<string, unknown> | undefined {
  return value === undefined ? undefined : { [name]: value }
}
