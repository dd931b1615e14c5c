// Look-ups of entities that come close together and ask for the same of several things are one request to the service.
import { type BoundedMap, boundedMap } from '@constellation/platform/bounded-map.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import type { Subgraph } from '../../subgraphs/subgraph.ts'
import type { Answer } from '../../subgraphs/subgraph-answer.ts'

/**
 * After a request for other things the next one waits for company until this has passed, in milliseconds: as long as a
 * screen shows a picture. One thing that changes alone is looked up at once.
 */
const WINDOW_MS = 16
/** Things in one request. */
const MOST = 200
/** Kinds of look-ups that are remembered for their window. */
const REMEMBERED = 1_000

export type Question = Parameters<Subgraph['ask']>[0]
/** Services as subscriptions need them, by name. */
export type Services = Readonly<Record<string, Pick<Subgraph, 'ask'>>>

interface Gathering {
  question: Question
  who: Principal
  /** What each of those who ask wants to know of. */
  asked: { things: readonly unknown[]; answered: PromiseWithResolvers<Answer> }[]
  count: number
  flush(): void
}

/** The same services, for who asks them at events. */
export function gatherLookUps(services: Services, windowMs = WINDOW_MS): Services {
  return Object.fromEntries(Object.entries(services).map(([name, service]) => [name, gatherOf(service, windowMs)]))
}

interface Flushed {
  at: number
  /** The one thing it was about, as text; empty where there were several. */
  thing: string
}

function gatherOf(service: Pick<Subgraph, 'ask'>, windowMs: number): Pick<Subgraph, 'ask'> {
  const open = new Map<string, Gathering>()
  const flushed: BoundedMap<string, Flushed> = boundedMap(REMEMBERED)

  function begin(key: string, question: Question, who: Principal, things: readonly unknown[]): Gathering {
    const last = flushed.get(key)
    const early = last && last.thing !== textOf(things) ? last.at + windowMs - performance.now() : 0
    const gathering: Gathering = { question, who, asked: [], count: 0, flush }
    const timer = early > 0 ? setTimeout(flush, early) : undefined
    // What came with one message from NATS is all there after this turn.
    if (!timer) setImmediate(flush)
    open.set(key, gathering)
    return gathering

    function flush(): void {
      if (open.get(key) !== gathering) return
      open.delete(key)
      clearTimeout(timer)
      const all = gathering.asked.flatMap((each) => each.things)
      flushed.set(key, { at: performance.now(), thing: textOf(all) })
      void request(service, gathering, all)
    }
  }

  return {
    ask(question, who) {
      const things = question.variables?.representations
      if (!Array.isArray(things)) return service.ask(question, who)
      const key = keyOf(question, who)
      const gathering = open.get(key) ?? begin(key, question, who, things)
      const answered = Promise.withResolvers<Answer>()
      gathering.asked.push({ things, answered })
      gathering.count += things.length
      if (gathering.count >= MOST) gathering.flush()
      return answered.promise
    },
  }
}

function textOf(things: readonly unknown[]): string {
  return things.length === 1 ? JSON.stringify(things) : ''
}

const whoTexts = new WeakMap<Principal, string>()

/** What all have in common that one request can ask for. */
function keyOf({ query, operationName, variables }: Question, principal: Principal): string {
  const who = whoTexts.get(principal) ?? JSON.stringify(principal)
  whoTexts.set(principal, who)
  const { representations, ...others } = variables ?? {}
  return `${who}\n${operationName}\n${query}\n${JSON.stringify(others)}`
}

async function request(
  service: Pick<Subgraph, 'ask'>,
  { question, who, asked }: Gathering,
  all: unknown[],
): Promise<void> {
  try {
    const variables = { ...question.variables, representations: all }
    const answer = await service.ask({ ...question, variables }, who)
    for (const [i, part] of partsOf(answer, asked).entries()) asked[i]?.answered.resolve(part)
  } catch (error) {
    for (const { answered } of asked) answered.reject(error)
  }
}

/** The answer to each, as if it had asked alone. */
function partsOf(answer: Answer, asked: Gathering['asked']): Answer[] {
  if (asked.length === 1) return [answer]
  const entities: unknown = answer.data?._entities
  let from = 0
  return asked.map(({ things }) => {
    const [first, behind] = [from, from + things.length]
    from = behind
    const errors = answer.errors?.flatMap((error) => ofPart(error, first, behind)) ?? []
    const data = Array.isArray(entities) ? { ...answer.data, _entities: entities.slice(first, behind) } : answer.data
    return { ...(data !== undefined && { data }), ...(errors.length > 0 && { errors }) }
  })
}

type AnswerError = NonNullable<Answer['errors']>[number]

/** An error of one thing is for who asked for that one; any other is for all. */
function ofPart(error: AnswerError, first: number, behind: number): AnswerError[] {
  const { path } = error
  const [root, index] = path ?? []
  if (!path || root !== '_entities' || typeof index !== 'number') return [error]
  return index >= first && index < behind ? [{ ...error, path: [root, index - first, ...path.slice(2)] }] : []
}
