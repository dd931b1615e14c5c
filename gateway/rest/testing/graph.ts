// For tests: a graph over api.graphql that resolvers in memory answer, by graphql-js: documents and
// variables are held against the real schema.
import { readFileSync } from 'node:fs'
import { createLogger } from '@constellation/platform/log.ts'
import { createErrorFormat } from '@constellation/platform/subgraph/format-error.ts'
import { buildSchema, execute, type GraphQLError, parse, subscribe, validate } from 'graphql'
import type { Graph, GraphAnswer } from '../../operations/graph.ts'

type Resolvers = Record<string, (args: never) => unknown>

/** A graph with these root fields and sources of events. `before` is called with each field that is asked for. */
export function createTestGraph(
  fields: Resolvers,
  sources: Resolvers,
  before: (field: string, args: object) => void,
): Graph {
  const sdl = readFileSync(new URL(import.meta.resolve('@constellation/schema/generated/api.graphql')), 'utf8')
  const schema = buildSchema(sdl)
  const errorFormat = createErrorFormat(createLogger('test', 'silent'))
  const watched = (resolvers: Resolvers) =>
    Object.fromEntries(
      Object.entries(resolvers).map(([field, resolve]) => [
        field,
        (args: never) => {
          before(field, args)
          return resolve(args)
        },
      ]),
    )
  const read = (text: string) => {
    const document = parse(text)
    const faults = validate(schema, document)
    if (faults.length > 0) throw new Error(faults.map(({ message }) => message).join('\n'))
    return document
  }
  const toAnswer = ({ data, errors }: { data?: unknown; errors?: readonly GraphQLError[] }) =>
    ({ data, ...(errors && { errors: errors.map(errorFormat.formatAny) }) }) as GraphAnswer<never>

  return {
    async execute(document, variableValues) {
      return toAnswer(
        await execute({ schema, document: read(document.toString()), rootValue: watched(fields), variableValues }),
      )
    },
    async subscribe(document, variableValues) {
      const rootValue = watched(sources)
      const opened = await subscribe({ schema, document: read(document.toString()), rootValue, variableValues })
      if (!(Symbol.asyncIterator in opened)) throw opened.errors?.[0]?.originalError ?? new Error('refused')
      const answers: AsyncIterableIterator<GraphAnswer<never>> = {
        async next() {
          const { done, value } = await opened.next()
          return done ? { done: true, value: undefined } : { done: false, value: toAnswer(value) }
        },
        async return() {
          await opened.return()
          return { done: true, value: undefined }
        },
        [Symbol.asyncIterator]() {
          return this
        },
      }
      return answers
    },
  }
}
