// Federated subscriptions: one plan for each document, one source of events for each client, and for
// each event one run of the plan by Apollo's own executor, shared by all who get the same from it.
import { isDeepStrictEqual } from 'node:util'
import { buildOperationContext } from '@apollo/gateway'
import type { Principal } from '@constellation/platform/identity.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { requireRule } from '@constellation/platform/rules.ts'
import type { ErrorFormat } from '@constellation/platform/subgraph/format-error.ts'
import { type DocumentNode, type FormattedExecutionResult, GraphQLError, getOperationAST } from 'graphql'
import { getVariableValues } from 'graphql/execution/values.js'
import type { Admit } from '../limits/admission.ts'
import type { Pace } from '../limits/event-pace.ts'
import { eventsDelivered } from '../metrics.ts'
import { operationCost } from '../operations/cost.ts'
import { type ReadDocument, withCode } from '../operations/read-document.ts'
import type { Snapshot } from '../supergraph/supergraph.ts'
import { type Answering, type AnsweringBy, answerEvent } from './answer-event.ts'
import type { EventsSubgraph } from './events-subgraph.ts'
import { planSubscription, rootOf, selectionOf } from './plan-subscription.ts'
import { gatherLookUps, type Services } from './prepared/gather.ts'
import { SUBSCRIPTION_RULES } from './rules.ts'
import { budgetsChanged } from './sources/budgets-changed.ts'
import { gpuTelemetry } from './sources/gpu-telemetry.ts'
import { gpusChanged } from './sources/gpus-changed.ts'
import { jobChanged } from './sources/job-changed.ts'
import { jobUsageChanged } from './sources/job-usage-changed.ts'
import { jobsChanged } from './sources/jobs-changed.ts'
import { runLog } from './sources/run-log.ts'
import type { Occurrence, OpenSource, Source, Surroundings } from './sources/source.ts'
import { usageChanged } from './sources/usage-changed.ts'

/** One source for each field of the type Subscription. */
const SOURCES: Readonly<Record<string, OpenSource>> = {
  jobChanged,
  jobsChanged,
  runLog,
  gpuTelemetry,
  gpusChanged,
  budgetsChanged,
  usageChanged,
  jobUsageChanged,
}

interface SubscriptionRequest {
  query: string
  variables?: Readonly<Record<string, unknown>> | null | undefined
  operationName?: string | null | undefined
}

/**
 * Results as events happen. An error that ends the subscription comes as the last result, with errors
 * and no data. `return()` ends it at once, even while a `next()` is awaited.
 */
type ResultStream = AsyncIterableIterator<FormattedExecutionResult>

export type Subscribe = (
  request: SubscriptionRequest,
  who: Principal,
) => Promise<{ errors: readonly GraphQLError[] } | { results: ResultStream }>

interface SubscribeOptions {
  snapshot: () => Snapshot
  readDocument: ReadDocument
  admit: Admit
  pace: Pace
  services: Services
  events: EventsSubgraph
  around: Surroundings
  errorFormat: ErrorFormat
  log: Logger
}

/** Makes `subscribe`, which answers with errors where it refuses, and otherwise with the results. */
export function createSubscribe(options: SubscribeOptions): Subscribe {
  const { events, log, around, admit, pace, errorFormat } = options
  const by = { services: gatherLookUps(options.services), events, log }
  return async (request, who) => {
    const snapshot = options.snapshot()
    const read = options.readDocument(request.query, snapshot.apiSchema)
    if ('errors' in read) return read
    try {
      return await open({ by, around, admit, pace, errorFormat, snapshot, request, document: read.document, who })
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [error] }
      if (!(error instanceof Error)) throw error
      return { errors: [new GraphQLError(error.message, { originalError: error })] }
    }
  }
}

interface Opening extends Pick<SubscribeOptions, 'around' | 'admit' | 'pace' | 'errorFormat'> {
  by: AnsweringBy
  snapshot: Snapshot
  request: SubscriptionRequest
  document: DocumentNode
  who: Principal
}

async function open(opening: Opening): Promise<{ errors: readonly GraphQLError[] } | { results: ResultStream }> {
  const { snapshot, request, document, who, around, by, errorFormat, pace } = opening
  const { id } = who
  const { operationName = null } = request
  const operation = getOperationAST(document, operationName)
  if (operation?.operation !== 'subscription') return { errors: [notASubscription(operationName)] }
  const context = buildOperationContext({
    schema: snapshot.apiSchema,
    operationDocument: document,
    ...(operationName !== null && { operationName }),
  })
  const variables = request.variables ?? {}
  const { coerced, errors } = getVariableValues(snapshot.apiSchema, operation.variableDefinitions ?? [], variables, {
    maxErrors: 10,
  })
  if (errors) return { errors: errors.map((error) => withCode(error, 'BAD_USER_INPUT')) }
  const refused = opening.admit(
    { schema: snapshot.apiSchema, document, operation, variables: coerced },
    { principal: who },
  )
  if (refused) return { errors: [refused] }
  const root = rootOf(snapshot, context, coerced)
  if (root instanceof GraphQLError) return { errors: [root] }
  requireRule(who, SUBSCRIPTION_RULES[root.field])
  const planned = planSubscription(snapshot, context, root, `${operationName ?? ''}\n${request.query}`)
  const openSource = SOURCES[root.field]
  if (!openSource) throw new Error(`The subscription ${root.field} has no source.`)
  const source = await openSource(root.args, who, around, selectionOf(snapshot, context, root, coerced))
  // Of what it was opened with, only this is kept: there may be many thousands.
  const cost = planned.asksServices ? operationCost(snapshot.apiSchema, document, operation, coerced) : 0
  const takeTurn = cost > 0 ? () => pace(id, cost) : () => undefined
  const run = createRun({ snapshot, planned, variables, coerced, who }, by, errorFormat, takeTurn)
  const delivered = eventsDelivered.labels({ field: root.field })
  return { results: stream(source, run, errorFormat, delivered) }
}

function notASubscription(operationName: string | null): GraphQLError {
  const named = operationName === null ? '' : ` named ${operationName}`
  return new GraphQLError(`The document has no subscription${named}.`, {
    extensions: { code: 'OPERATION_RESOLUTION_FAILURE' },
  })
}

type Run = (occurrence: Occurrence) => Promise<FormattedExecutionResult>

/** What makes a result of an occurrence, once for all clients with the same plan, variables and, where it matters, principal. */
function createRun(
  answering: Answering,
  by: AnsweringBy,
  errorFormat: ErrorFormat,
  /** Waits until the principal may have another event. */
  takeTurn: () => Promise<void> | undefined,
): Run {
  const { planned, variables, who } = answering
  // What the event answers by itself is the same to all who are told of it.
  const audience = JSON.stringify(planned.asksServices ? [who.id, who.role, who.accounts, variables] : [variables])

  async function run({ payload, cursor }: Occurrence): Promise<FormattedExecutionResult> {
    await takeTurn()
    const { data, errors } = await answerEvent(payload, answering, by)
    return {
      ...(data !== undefined && { data }),
      ...(errors && { errors: errors.map(errorFormat.formatAny) }),
      ...(cursor !== undefined && { extensions: { cursor } }),
    }
  }

  return (occurrence) => {
    const results = planned.results.get(occurrence.origin) ?? new Map<string, Promise<FormattedExecutionResult>>()
    planned.results.set(occurrence.origin, results)
    const key = `${occurrence.version}\n${audience}`
    const result = results.get(key) ?? run(occurrence)
    results.set(key, result)
    return result
  }
}

function stream(source: Source, run: Run, errorFormat: ErrorFormat, delivered: { inc(): void }): ResultStream {
  let over = false
  let told: FormattedExecutionResult | undefined
  const end = () => {
    over = true
    source.stop()
    return { done: true, value: undefined } as const
  }
  return {
    async next() {
      if (over) return end()
      try {
        for (;;) {
          const occurrence = await source.next()
          if (!occurrence || over) return end()
          const value = await run(occurrence)
          if (occurrence.ifNew && saysTheSame(value, told)) continue
          told = value
          delivered.inc()
          return { done: false, value }
        }
      } catch (error) {
        if (over) return end()
        end()
        return { done: false, value: { errors: [errorFormat.formatAny(error)] } }
      }
    },
    return: async () => end(),
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

function saysTheSame(one: FormattedExecutionResult, other: FormattedExecutionResult | undefined): boolean {
  return isDeepStrictEqual([one.data, one.errors], [other?.data, other?.errors])
}
