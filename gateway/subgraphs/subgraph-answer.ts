// What a subgraph answers, checked: it is another process, perhaps of another version.
import type { GraphQLDataSource } from '@apollo/gateway'
import * as v from 'valibot'

export type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>

const place = v.object({ line: v.number(), column: v.number() })
const graphqlAnswer = v.pipe(
  v.object({
    // Its fields are checked against the schema when the parts are put together.
    data: v.optional(
      v.nullable(v.custom<Record<string, unknown>>((data) => typeof data === 'object' && !Array.isArray(data))),
    ),
    errors: v.optional(
      v.array(
        v.object({
          message: v.string(),
          locations: v.optional(v.array(place)),
          path: v.optional(v.array(v.union([v.string(), v.number()]))),
          extensions: v.optional(v.record(v.string(), v.unknown())),
        }),
      ),
    ),
  }),
  v.check(({ data, errors }) => data !== undefined || errors !== undefined),
)

/** The GraphQL in the JSON of a body, or undefined where there is none. */
export function readAnswer(json: unknown): Answer | undefined {
  const result = v.safeParse(graphqlAnswer, json)
  if (!result.success) return undefined
  const { data, errors } = result.output
  return {
    ...(data !== undefined && { data }),
    ...(errors && {
      // The places are in the subgraph's part of the operation, which the client has never seen.
      errors: errors.map(({ message, path, extensions }) => ({
        message,
        ...(path && { path }),
        ...(extensions && { extensions }),
      })),
    }),
  }
}

const healthAnswer = v.object({ status: v.string(), parts: v.record(v.string(), v.string()) })

/**
 * `ok`, or a sentence for everybody. What a part itself says, such as the address at which it looked for
 * another, is only in `parts`.
 */
export function readHealth(status: number, body: string): { state: string; parts?: Record<string, string> } {
  const result = v.safeParse(healthAnswer, parseJson(body))
  if (status === 200 && (!result.success || result.output.status === 'ok')) return { state: 'ok' }
  if (!result.success) return { state: `answers with status ${status}` }
  const { parts, status: state } = result.output
  const faults = Object.keys(parts).filter((part) => parts[part] !== 'ok')
  return { state: faults.map((part) => `${part} does not answer`).join('; ') || `is ${state}`, parts }
}

/** Undefined for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // Not JSON is one of the ways not to be what was expected.
  }
}
