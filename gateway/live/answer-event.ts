// What a subscription's clients are told at an event: by what was prepared for its plan where all is as it should be, and
// else by Apollo's own executor, which gets the answers that are there already. So both tell the same.
import { isDeepStrictEqual } from 'node:util'
import { executeQueryPlan, type GraphQLDataSource } from '@apollo/gateway'
import type { Principal } from '@constellation/platform/identity.ts'
import type { Logger } from '@constellation/platform/log.ts'
import type { ExecutionResult } from 'graphql'
import { completeErrors } from '../operations/complete-errors.ts'
import type { Answer } from '../subgraphs/subgraph-answer.ts'
import type { Snapshot } from '../supergraph/supergraph.ts'
import type { EventsSubgraph } from './events-subgraph.ts'
import { EVENT, type PlannedSubscription } from './plan-subscription.ts'
import type { LookUp } from './prepared/fetches.ts'
import type { Question, Services } from './prepared/gather.ts'
import { type Prepared, prepare } from './prepared/prepare.ts'

/** What all subscriptions of a gateway are answered with. */
export interface AnsweringBy {
  services: Services
  events: EventsSubgraph
  log: Logger
}

export interface Answering {
  snapshot: Snapshot
  planned: PlannedSubscription
  /** As the client gave them, and as they are by the types of the document. */
  variables: Readonly<Record<string, unknown>>
  coerced: Readonly<Record<string, unknown>>
  who: Principal
}

type Told = ExecutionResult<Record<string, unknown>>

/** What is told where the root field gives `payload`. */
export async function answerEvent(payload: unknown, answering: Answering, by: AnsweringBy): Promise<Told> {
  const prepared = prepare(answering, by.events)
  const asked: Asked[] = []
  const data = prepared && (await runPrepared(prepared, payload, answering, { services: by.services, asked }))
  return data ? { data } : await answerByExecutor(payload, answering, by, asked)
}

/** The same by Apollo's executor alone. */
export async function answerByExecutor(
  payload: unknown,
  answering: Answering,
  { services, events, log }: AnsweringBy,
  asked: readonly Asked[] = [],
): Promise<Told> {
  const { planned, snapshot, variables, who } = answering
  const event = { process: () => events.select(planned.eventPart, planned.root.field, payload, variables) }
  const result = await executeQueryPlan(
    planned.eventPlan,
    { ...dataSources(services, who, asked), [EVENT]: event },
    contextOf(answering, log),
    planned.operationContext,
    snapshot.supergraph,
    snapshot.api,
  )
  return completeErrors(result)
}

interface Asked {
  service: string
  question: Question
  answer: Promise<Answer>
}

interface Asking {
  services: Services
  /** To which all is added that is asked. */
  asked: Asked[]
}

/** What is told; undefined where something is not as it should be. */
async function runPrepared(
  { project, fetches, complete }: Prepared,
  payload: unknown,
  { variables, who }: Answering,
  { services, asked }: Asking,
): Promise<Record<string, unknown> | undefined> {
  const data = project(payload)
  if (!data) return undefined
  if (!fetches) return complete(data)
  const lookUp: LookUp = async ({ serviceName, operation, operationName, variableUsages = [] }, representations) => {
    const question: Question = {
      query: operation,
      ...(operationName !== undefined && { operationName }),
      variables: { ...given(variableUsages, variables), representations },
    }
    const answer = askService(services, serviceName, question, who)
    asked.push({ service: serviceName, question, answer })
    return await answer
  }
  const isWhole = await fetches(data, lookUp).catch(() => false)
  return isWhole ? complete(data) : undefined
}

function given(names: readonly string[], variables: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(names.flatMap((name) => (variables[name] === undefined ? [] : [[name, variables[name]]])))
}

async function askService(services: Services, name: string, question: Question, who: Principal): Promise<Answer> {
  const service = services[name]
  if (!service) throw new Error(`The gateway asks no service ${name} at events.`)
  return await service.ask(question, who)
}

/** The services as Apollo's executor asks them. To what was asked already they give the answer that they gave. */
function dataSources(services: Services, who: Principal, asked: readonly Asked[]): Record<string, GraphQLDataSource> {
  const sources = Object.keys(services).map((name): [string, GraphQLDataSource] => [
    name,
    {
      async process({ request: { query, operationName, variables } }) {
        const question: Question = {
          ...(query !== undefined && { query }),
          ...(operationName !== undefined && { operationName }),
          // Apollo's objects have no prototype, which would make them others.
          variables: JSON.parse(JSON.stringify(variables ?? {})),
        }
        const same = asked.find(({ service, question: one }) => service === name && isDeepStrictEqual(one, question))
        return await (same?.answer ?? askService(services, name, question, who))
      },
    },
  ])
  return Object.fromEntries(sources)
}

type ExecutorContext = Parameters<typeof executeQueryPlan>[2]

/** What Apollo's executor reads of a request. The rest of that type is for plugins, of which none run here. */
function contextOf({ who, variables }: Answering, log: Logger): ExecutorContext {
  const context: Partial<ExecutorContext> = {
    request: { variables },
    context: { principal: who },
    logger: log,
    metrics: {},
  }
  return context as ExecutorContext
}
