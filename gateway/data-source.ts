// Asks a subgraph: over a pool of kept connections, in the name of a principal, within limits.
import type { GraphQLDataSource } from '@apollo/gateway'
import { type Principal, vouch } from '@constellation/platform/identity.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { Pool } from 'undici'
import { createCircuit } from './limits/circuit.ts'
import { createTurnstile, TurnedAway } from './limits/turnstile.ts'
import { postBody } from './post-body.ts'
import { type Answer, readAnswer, readHealth } from './subgraph-answer.ts'

/** What every operation in the graph is run with. */
export interface GraphContext {
  principal: Principal
  /** The way in, where it is not HTTP. */
  via?: 'http' | 'socket' | 'rest'
  /** True for what the gateway asks by itself on behalf of the principal. */
  isInside?: boolean
}

interface SubgraphOptions {
  /** Its name in the supergraph. */
  name: string
  /** Where it answers: an origin, without a path. */
  url: string
  secret: string
  log: Logger
  /** How many may wait for their turn and for how long, which tests lower. */
  line?: { inLine: number; patienceMs: number }
}

interface Question {
  query?: string
  variables?: Record<string, unknown>
  operationName?: string
}

export interface Subgraph extends GraphQLDataSource<GraphContext> {
  /** Its answer to this principal. @throws Error where it answers with what is no answer */
  ask(question: Question, who: Principal): Promise<Answer>
  /** What its /health comes to: `ok`, or a sentence for everybody; the detail is logged. */
  health(limitMs: number): Promise<string>
  close(): Promise<void>
}

type Reply = { status: number; body: string } | { failure: unknown }

/** Requests at once to one subgraph, on a connection each. */
const CONNECTIONS = 64
/** Further requests wait for their turn; beyond that the subgraph is too slow to be worth waiting for. */
const LINE = { inLine: 2_000, patienceMs: 5_000 }
/** A subgraph that is not there is left alone for a while, after which it has had time to start again. */
const CIRCUIT = { refusals: 3, restMs: 1_000 }
const CONNECT_LIMIT_MS = 2_000
const ANSWER_LIMIT_MS = 10_000
const MAX_ANSWER_BYTES = 16 * 2 ** 20

/** A subgraph. One that does not answer is an error with the code UNAVAILABLE in the answer. */
export function createSubgraph({ name, url, secret, log, line = LINE }: SubgraphOptions): Subgraph {
  const turnstile = createTurnstile({ atOnce: CONNECTIONS, ...line })
  const circuit = createCircuit(CIRCUIT)
  const pool = new Pool(url, {
    connections: CONNECTIONS,
    headersTimeout: ANSWER_LIMIT_MS,
    bodyTimeout: ANSWER_LIMIT_MS,
    maxResponseSize: MAX_ANSWER_BYTES,
    connect: { timeout: CONNECT_LIMIT_MS },
  })

  async function post(who: Principal, body: string): Promise<Reply> {
    const headers = { 'content-type': 'application/json', accept: 'application/json', ...vouch(secret, who, body) }
    try {
      const reply = await postBody(pool, '/graphql', headers, body)
      circuit.reached()
      return reply
    } catch (failure) {
      if (UNREACHABLE.has(codeOf(failure))) circuit.refused()
      return { failure }
    }
  }

  async function inTurn(who: Principal, body: string): Promise<Reply> {
    try {
      return await turnstile.through(() => post(who, body))
    } catch (failure) {
      if (failure instanceof TurnedAway) return { failure }
      throw failure
    }
  }

  function unavailable(reason: string, cause?: unknown): Answer {
    log.warn({ err: cause, service: name }, `the ${name} service ${reason}`)
    return {
      errors: [{ message: `The ${name} service ${reason}. Try again later.`, extensions: { code: 'UNAVAILABLE' } }],
    }
  }

  let health = 'ok'

  /** Logs a change alone: health is asked for every few seconds. */
  function noteHealth(state: string, more: { parts?: unknown; err?: unknown }): string {
    if (state !== health && state !== 'ok') log.warn({ ...more, service: name }, `the ${name} service: ${state}`)
    health = state
    return state
  }

  async function ask({ query = '', variables, operationName }: Question, who: Principal): Promise<Answer> {
    if (circuit.isOpen()) return unavailable('does not answer')
    const body = JSON.stringify({ query, variables, operationName })
    let reply = await inTurn(who, body)
    // A kept connection may be closed by the other side at the very moment of its use.
    if ('failure' in reply && isClosedConnection(reply.failure) && !query.startsWith('mutation')) {
      reply = await inTurn(who, body)
    }
    if ('failure' in reply) return unavailable(describeFailure(reply.failure), reply.failure)
    const { status } = reply
    if (status === 401) throw new Error(`The ${name} service does not know the gateway: GATEWAY_SECRET differs.`)
    const answer = readAnswer(reply.body)
    if (answer) return answer
    if (status >= 500) return unavailable(`answers with status ${status}`)
    throw new Error(`The ${name} service answers with status ${status} and no GraphQL: ${reply.body.slice(0, 200)}`)
  }

  return {
    ask,
    process: ({ request, context }) => ask(request, context.principal),
    async health(limitMs) {
      try {
        const reply = await pool.request({ method: 'GET', path: '/health', signal: AbortSignal.timeout(limitMs) })
        circuit.reached()
        const { state, parts } = readHealth(reply.statusCode, await reply.body.text())
        return noteHealth(state, { parts })
      } catch (error) {
        return noteHealth(describeFailure(error), { err: error })
      }
    },
    close: () => pool.close(),
  }
}

/** Nobody listens there, or the place itself is not to be found. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

function isClosedConnection(error: unknown): boolean {
  return ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(codeOf(error))
}

/** What became of a request, to go on with 'the jobs service'. */
function describeFailure(error: unknown): string {
  if (error instanceof TurnedAway) return 'has too much to do'
  if (error instanceof Error && error.name === 'TimeoutError') return 'takes too long'
  switch (codeOf(error)) {
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return 'takes too long'
    case 'UND_ERR_RES_EXCEEDED_MAX_SIZE':
      return 'answers with too much'
    default:
      return 'does not answer'
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
