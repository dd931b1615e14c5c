// The subgraph `events` of schema/events.graphql: no service, but answered here, from what NATS says.
import { readFileSync } from 'node:fs'
import type { GraphQLDataSource } from '@apollo/gateway'
import { boundedMap } from '@constellation/platform/bounded-map.ts'
import {
  buildASTSchema,
  type DefinitionNode,
  type DocumentNode,
  execute,
  type FragmentDefinitionNode,
  getOperationAST,
  Kind,
  parse,
} from 'graphql'
import { collectFields } from 'graphql/execution/collectFields.js'
import type { Answer } from '../subgraphs/subgraph-answer.ts'
import { type Projection, projectionOf } from './prepared/project.ts'

export interface EventsSubgraph extends GraphQLDataSource {
  /** Its answer, which is the same to everybody. */
  ask(question: Question): Promise<Answer>
  /** What the subgraph's part of a subscription selects of one event, where `field` gives `payload`. */
  select(
    part: DocumentNode,
    field: string,
    payload: unknown,
    variables: Readonly<Record<string, unknown>>,
  ): Promise<Answer>
  /** The same, worked out once for all events that are in order; `variables` are coerced. */
  projectionOf(part: DocumentNode, field: string, variables: Readonly<Record<string, unknown>>): Projection | undefined
}

interface Question {
  query?: string
  variables?: Readonly<Record<string, unknown>>
}

const PARSED_LIMIT = 200

/** The subgraph; `version` is the server's. */
export function createEventsSubgraph(version: string): EventsSubgraph {
  const sdl = readFileSync(new URL(import.meta.resolve('@constellation/schema/events.graphql')), 'utf8')
  // Composition has checked it, and federation's directives are unknown to graphql itself.
  const schema = buildASTSchema(parse(sdl), { assumeValid: true, assumeValidSDL: true })
  const parsed = boundedMap<string, DocumentNode>(PARSED_LIMIT)

  async function answer(
    document: DocumentNode,
    rootValue: object,
    variableValues: Readonly<Record<string, unknown>>,
  ): Promise<Answer> {
    const { data, errors } = await execute({ schema, document, rootValue, variableValues })
    return { ...(data !== undefined && { data }), ...(errors && { errors: errors.map((error) => error.toJSON()) }) }
  }

  async function ask({ query = '', variables = {} }: Question): Promise<Answer> {
    const document = parsed.get(query) ?? parse(query)
    parsed.set(query, document)
    return await answer(document, { version }, variables)
  }

  return {
    ask,
    process: ({ request }) => ask(request),
    select: (part, field, payload, variables) => answer(part, { [field]: payload }, variables),
    projectionOf(part, field, variables) {
      const type = schema.getSubscriptionType()
      const operation = getOperationAST(part)
      const definition = type?.getFields()[field]
      if (!type || !operation || !definition) return undefined
      const fragments = Object.fromEntries(part.definitions.flatMap(named))
      const [nodes = []] = collectFields(schema, fragments, variables, type, operation.selectionSet).values()
      return projectionOf(definition.type, nodes, { schema, fragments, variables, keys: 'field names' })
    },
  }
}

function named(definition: DefinitionNode): [string, FragmentDefinitionNode][] {
  return definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : []
}
