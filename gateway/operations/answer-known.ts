// Answers over HTTP what Apollo Server has answered before. It reads, checks and plans an operation the first time; the
// next time only what differs is looked at: the variables, who asks, and how much of late. Whatever is out of the
// ordinary is left to Apollo Server, which says the same as ever.

import { boundedMap } from '@constellation/platform/bounded-map.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import type { ErrorFormat } from '@constellation/platform/subgraph/format-error.ts'
import type { FormattedExecutionResult } from 'graphql'
import { getVariableValues } from 'graphql/execution/values.js'
import type { Audit } from '../audit/audit.ts'
import { noteAnswer } from '../audit/plugin.ts'
import { executeCompiled, type Services } from '../execution/execute.ts'
import { isWhollyUnavailable, RETRY_AFTER_SECONDS } from '../http/unavailable.ts'
import type { Admit } from '../limits/admission.ts'
import type { Snapshot } from '../supergraph/supergraph.ts'
import type { KnownOperation, KnownOperations } from './known-operations.ts'

interface Options {
  snapshot: () => Snapshot
  known: KnownOperations
  services: Services
  admit: Admit
  audit: Audit
  errorFormat: ErrorFormat
}

interface Request {
  method: string
  headers: { 'content-type'?: string | undefined; accept?: string | undefined }
  /** Read already. */
  body: unknown
  principal: Principal
}

interface HttpAnswer {
  status: number
  headers: Record<string, string>
  text: string
  /** The name of the operation, where it has one. */
  operation: string | undefined
}

export interface AnswerKnown {
  /** The whole answer, or nothing where Apollo Server is to give it. It does not throw. */
  answer(request: Request): Promise<HttpAnswer | undefined>
  /** Which type Apollo Server has chosen for an answer to whoever accepts this. */
  noteType(accept: string | undefined, type: string | undefined): void
}

/** Values of `Accept` that are remembered: each kind of client has its own. */
const REMEMBERED_TYPES = 100

interface Wanted {
  query: string
  operationName: string | undefined
  variables: Record<string, unknown>
}

/** Makes what answers known operations. */
export function createAnswerKnown({ snapshot, known, services, admit, audit, errorFormat }: Options): AnswerKnown {
  const types = boundedMap<string, string>(REMEMBERED_TYPES)

  async function execute({ compiled }: KnownOperation, { variables }: Wanted, who: Principal): Promise<Result> {
    try {
      const { data, errors } = await executeCompiled(compiled, services, variables, who)
      const formatted = errors && { errors: errors.map(errorFormat.formatAny) }
      return data === undefined ? { status: 400, ...formatted } : { status: 200, ...formatted, data }
    } catch (error) {
      return { status: 500, errors: [errorFormat.formatAny(error)] }
    }
  }

  return {
    noteType(accept = '', type) {
      if (type !== undefined) types.set(accept, type)
    },
    async answer({ method, headers, body, principal: who }) {
      const type = types.get(headers.accept ?? '')
      if (method !== 'POST' || type === undefined || !isJson(headers['content-type'])) return undefined
      const wanted = readPlain(body)
      if (!wanted) return undefined
      const { apiSchema: schema } = snapshot()
      const found = known.find(schema, wanted.query, wanted.operationName)
      if (!found) return undefined
      const { document, operation } = found
      const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], wanted.variables)
      // Nothing is taken from who is refused: Apollo Server asks again, and says why.
      if (!coerced || admit({ schema, document, operation, variables: coerced }, { principal: who })) return undefined
      const { status, ...result } = await execute(found, wanted, who)
      noteAnswer(audit, { schema, document, operation, variables: wanted.variables, who, via: 'http' }, result)
      return { ...answerOf(status, result, type), operation: operation.name?.value }
    },
  }
}

interface Result extends FormattedExecutionResult {
  status: number
}

function answerOf(status: number, result: FormattedExecutionResult, type: string): Omit<HttpAnswer, 'operation'> {
  const headers: Record<string, string> = { 'content-type': type }
  const text = `${JSON.stringify(result)}\n`
  if (!isWhollyUnavailable(result)) return { status, headers, text }
  return { status: 503, headers: { ...headers, 'retry-after': String(RETRY_AFTER_SECONDS) }, text }
}

/** A document with variables, and nothing else; undefined for what is less plain, or wrong. */
function readPlain(body: unknown): Wanted | undefined {
  if (!isRecord(body)) return undefined
  const { query, operationName, variables, extensions } = body
  if (typeof query !== 'string' || extensions != null) return undefined
  if (operationName != null && typeof operationName !== 'string') return undefined
  if (variables != null && !isRecord(variables)) return undefined
  return { query, operationName: operationName ?? undefined, variables: variables ?? {} }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isJson(type: string | undefined): boolean {
  return type?.startsWith('application/json') === true
}
