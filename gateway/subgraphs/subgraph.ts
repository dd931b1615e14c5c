// Asks a subgraph: over a pool of kept connections, in the name of a principal, within limits.
import type { GraphQLDataSource } from '@apollo/gateway'
import type { Principal } from '@constellation/platform/identity.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { currentWork, inSpan, isTracing } from '@constellation/platform/tracing/trace.ts'
import { createCircuit } from '../limits/circuit.ts'
import { createTurnstile, TurnedAway } from '../limits/turnstile.ts'
import { fetchSeconds } from '../metrics.ts'
import { createAskTogether, type Reply } from './ask-together.ts'
import { describeFailure, isClosedConnection } from './describe-failure.ts'
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
  operationName?: string | undefined
}

export interface Subgraph extends GraphQLDataSource<GraphContext> {
  /** Its answer to this principal. @throws Error where it answers with what is no answer */
  ask(question: Question, who: Principal): Promise<Answer>
  /** What its /health comes to: `ok`, or a sentence for everybody; the detail is logged. */
  health(limitMs: number): Promise<string>
  close(): Promise<void>
}

/** Questions at once to one subgraph, at most on a connection each. */
const AT_ONCE = 64
/**
 * Claims wait for each other in the jobs service. With places of their own those of a thousand workers do not stand before
 * renewals and everything else, and so few keep the service as busy as all of them would.
 */
const CLAIMS_AT_ONCE = 16
const CLAIM = 'claimRuns('
/** Further questions wait for their turn; beyond that the subgraph is too slow to be worth waiting for. */
const LINE = { inLine: 2_000, patienceMs: 5_000 }
/** A subgraph that is not there is left alone for a while, after which it has had time to start again. */
const CIRCUIT = { refusals: 3, restMs: 1_000 }

/** For nobody to read. */
const CALLED_OFF: Answer = {
  errors: [{ message: 'The question was called off.', extensions: { code: 'UNAVAILABLE' } }],
}

/** A subgraph. One that does not answer is an error with the code UNAVAILABLE in the answer. */
export function createSubgraph({ name, url, secret, log, line = LINE }: SubgraphOptions): Subgraph {
  const turnstile = createTurnstile({ atOnce: AT_ONCE, ...line })
  const claims = createTurnstile({ atOnce: CLAIMS_AT_ONCE, ...line })
  const circuit = createCircuit(CIRCUIT)
  const service = createAskTogether({ url, secret, circuit, connections: AT_ONCE + CLAIMS_AT_ONCE })

  async function inTurn(who: Principal, request: string, gone: AbortSignal | undefined): Promise<Reply> {
    try {
      // Who only writes that somewhere in a question waits in the longer line, and that is all.
      const place = request.includes(CLAIM) ? claims : turnstile
      return await place.through(() => service.ask(who, request, gone))
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

  const attributesOf = ({ operationName = '', query = '' }: Question) => ({
    'constellation.subgraph': name,
    'graphql.operation.name': operationName,
    'graphql.document': query.slice(0, 1_000),
  })

  async function measured(question: Question, who: Principal): Promise<Answer> {
    const began = performance.now()
    let outcome = 'failed'
    try {
      const answer = isTracing()
        ? await inSpan(`fetch ${name}`, { kind: 'client', attributes: attributesOf(question) }, () =>
            ask(question, who),
          )
        : await ask(question, who)
      outcome = answer.errors?.[0]?.extensions?.code === 'UNAVAILABLE' ? 'unavailable' : 'answered'
      return answer
    } finally {
      fetchSeconds.observe({ subgraph: name, outcome }, (performance.now() - began) / 1_000)
    }
  }

  async function ask({ query = '', variables, operationName }: Question, who: Principal): Promise<Answer> {
    if (circuit.isOpen()) return unavailable('does not answer')
    const body = JSON.stringify({ query, variables, operationName })
    // What changes something is done all the same.
    const gone = query.startsWith('mutation') ? undefined : currentWork()?.gone
    let reply = await inTurn(who, body, gone)
    if (gone?.aborted && 'failure' in reply) return CALLED_OFF
    // A kept connection may be closed by the other side at the very moment of its use.
    if ('failure' in reply && isClosedConnection(reply.failure) && !query.startsWith('mutation')) {
      reply = await inTurn(who, body, gone)
    }
    if ('failure' in reply) return unavailable(describeFailure(reply.failure), reply.failure)
    const { status } = reply
    if (status === 401) throw new Error(`The ${name} service does not know the gateway: GATEWAY_SECRET differs.`)
    const answer = readAnswer(reply.value)
    if (answer) return answer
    if (status >= 500) return unavailable(`answers with status ${status}`)
    throw new Error(`The ${name} service answers with status ${status} and no GraphQL: ${reply.text.slice(0, 200)}`)
  }

  return {
    ask: measured,
    process: ({ request, context }) => measured(request, context.principal),
    async health(limitMs) {
      try {
        const reply = await service.pool.request({
          method: 'GET',
          path: '/health',
          signal: AbortSignal.timeout(limitMs),
        })
        circuit.reached()
        const { state, parts } = readHealth(reply.statusCode, await reply.body.text())
        return noteHealth(state, { parts })
      } catch (error) {
        return noteHealth(describeFailure(error), { err: error })
      }
    },
    async close() {
      await service.close()
    },
  }
}
