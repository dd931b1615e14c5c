// A span for each statement that is sent to PostgreSQL on behalf of a traced request, whoever sends it.
import type { Pool } from 'pg'
import { openSpan } from './trace.ts'

/** The longest text of a statement that a span tells. */
const LONGEST = 500

/** From now on, of all pools whose connections are of the same kind. Loaded where there are traces. */
export function traceStatements(pool: Pool): void {
  // MikroORM may have brought a driver of its own: the class is that which the pool makes connections of.
  const { prototype } = Object(pool).Client
  const send: (...given: unknown[]) => unknown = prototype.query
  Object.defineProperty(prototype, 'query', {
    configurable: true,
    writable: true,
    value(this: unknown, ...given: unknown[]) {
      const statement = statementOf(given[0])
      const span = statement && openSpan(statement.name, { kind: 'client', attributes: statement.attributes })
      if (!span) return send.apply(this, given)
      const callback = given.at(-1)
      if (typeof callback === 'function') {
        const told = (error: unknown, ...rest: unknown[]) => {
          span.end(error ?? undefined)
          return callback(error, ...rest)
        }
        return send.apply(this, [...given.slice(0, -1), told])
      }
      const result = send.apply(this, given)
      if (result instanceof Promise)
        result.then(
          () => span.end(),
          (error: unknown) => span.end(error),
        )
      else span.end()
      return result
    },
  })
}

/** Undefined for what is no statement, such as a stream of rows. */
function statementOf(asked: unknown): { name: string; attributes: Record<string, string> } | undefined {
  if (typeof asked === 'string') return described(undefined, asked)
  const { name, text } = Object(asked)
  return typeof text === 'string' ? described(typeof name === 'string' ? name : undefined, text) : undefined
}

function described(name: string | undefined, text: string) {
  const verb = /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? 'SQL'
  const attributes = { 'db.system.name': 'postgresql', 'db.query.text': text.slice(0, LONGEST) }
  return { name: `sql ${name ?? verb}`, attributes }
}
