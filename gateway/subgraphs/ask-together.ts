// Sends what is asked of a subgraph in one turn of the event loop as one request. Nothing waits for company: a question
// that is alone goes alone, and each is answered as soon as the subgraph has its answer, whatever it went with.
import { type Principal, vouch, vouchForBody } from '@constellation/platform/identity.ts'
import {
  BATCH_LIMITS,
  BATCH_PATH,
  indexOfLine,
  readAnswerLine,
  type WrittenQuestion,
  writeBatch,
} from '@constellation/platform/subgraph/question-batch.ts'
import { currentWork, type Work } from '@constellation/platform/tracing/trace.ts'
import { Pool } from 'undici'
import type { Circuit } from '../limits/circuit.ts'
import { isUnreachable, TooLong } from './describe-failure.ts'
import { postBody, postForPieces } from './post-body.ts'
import { createLineSplitter } from './split-lines.ts'
import { parseJson } from './subgraph-answer.ts'

/** What came of one question: `value` is the JSON of the answer, undefined where it is none. */
export type Reply = { status: number; value: unknown; text: string } | { failure: unknown }

export interface AskTogether {
  /**
   * `request` is the JSON of a GraphQL request, which is called off when `gone` is aborted. What goes with others is when all
   * of them are answered or gone. It does not throw.
   */
  ask(who: Principal, request: string, gone?: AbortSignal): Promise<Reply>
  /** Anything else at that place. */
  pool: Pool
  close(): Promise<unknown>
}

interface Waiting extends WrittenQuestion {
  principal: Principal
  gone: AbortSignal | undefined
  tell(reply: Reply): void
}

interface Options {
  url: string
  secret: string
  circuit: Circuit
  connections: number
}

const CONNECT_LIMIT_MS = 2_000
const ANSWER_LIMIT_MS = 10_000
const MAX_ANSWER_BYTES = 16 * 2 ** 20

const CONTENT = { 'content-type': 'application/json', accept: 'application/json' }

/** The way to one subgraph. */
interface Way extends Pick<Options, 'secret' | 'circuit'> {
  pool: Pool
  batches: Pool
}

/** Asks the subgraph at `url` over kept connections. */
export function createAskTogether({ url, connections, secret, circuit }: Options): AskTogether {
  const limits = {
    headersTimeout: ANSWER_LIMIT_MS,
    bodyTimeout: ANSWER_LIMIT_MS,
    connect: { timeout: CONNECT_LIMIT_MS },
  }
  const pool = new Pool(url, { ...limits, connections, maxResponseSize: MAX_ANSWER_BYTES })
  // Each of the lines of a batch has that limit, and not all of them together.
  const batches = new Pool(url, { ...limits, connections, maxResponseSize: -1 })
  const way: Way = { pool, batches, secret, circuit }
  let waiting: Waiting[] = []

  function send(): void {
    const all = waiting
    waiting = []
    for (const group of inGroups(all)) {
      const [first] = group
      if (first && group.length === 1) void sendAlone(way, first)
      else void sendTogether(way, group)
    }
  }

  return {
    ask: (principal, request, gone) =>
      new Promise((tell) => {
        if (waiting.length === 0) setImmediate(send)
        waiting.push({ principal, who: textOf(principal), request, work: currentWork(), gone, tell })
      }),
    pool,
    // Whoever asked has been answered, or is gone: a worker that waits for a run would be waited for.
    close: () => Promise.all([pool.destroy(), batches.destroy()]),
  }
}

async function sendAlone({ pool, secret, circuit }: Way, asked: Waiting): Promise<void> {
  const { principal, request, work, gone, tell } = asked
  try {
    const headers = { ...CONTENT, ...vouch(secret, principal, request), ...headersOf(work) }
    const { status, body } = await postBody(pool, { path: '/graphql', headers, body: request }, gone)
    circuit.reached()
    tell({ status, value: parseJson(body), text: body })
  } catch (failure) {
    if (isUnreachable(failure)) circuit.refused()
    tell({ failure })
  }
}

function headersOf(work: Work | undefined): Record<string, string> {
  return {
    ...(work?.requestId !== undefined && { 'x-request-id': work.requestId }),
    ...(work?.traceparent !== undefined && { traceparent: work.traceparent }),
  }
}

async function sendTogether(way: Way, group: readonly Waiting[]): Promise<void> {
  const { batches, secret, circuit } = way
  const lines = readLines(group)
  try {
    const body = writeBatch(group)
    const post = { path: BATCH_PATH, headers: { ...CONTENT, ...vouchForBody(secret, body) }, body }
    const status = await postForPieces(batches, post, lines.add, { limitMs: ANSWER_LIMIT_MS, gone: lines.gone })
    circuit.reached()
    // A service of an earlier version, while both are being replaced.
    if (status === 404) await Promise.all(group.map((each) => sendAlone(way, each)))
    else lines.end({ status, value: undefined, text: '' })
  } catch (failure) {
    if (isUnreachable(failure)) circuit.refused()
    lines.end({ failure })
  }
}

/** Tells each of the group what its line says, and those that got none, at the end, why. */
function readLines(group: readonly Waiting[]) {
  const unanswered = new Map(group.entries())
  const allGone = new AbortController()

  /** One that is gone has its answer read all the same, as long as another waits. */
  function look(): void {
    if (unanswered.size > 0 && [...unanswered.values()].every(({ gone }) => gone?.aborted)) allGone.abort()
  }
  for (const { gone } of group) gone?.addEventListener('abort', look)

  function tell(index: number | undefined, reply: Reply): void {
    const asked = index === undefined ? undefined : unanswered.get(index)
    if (index === undefined || !asked) return
    unanswered.delete(index)
    asked.gone?.removeEventListener('abort', look)
    asked.tell(reply)
    look()
  }

  const splitter = createLineSplitter(
    MAX_ANSWER_BYTES,
    (text) => {
      const line = readAnswerLine(text)
      tell(line?.index, { status: 200, value: line?.answer, text })
    },
    (start) => tell(indexOfLine(start), { failure: new TooLong() }),
  )
  look()
  return {
    gone: allGone.signal,
    add(status: number, piece: Buffer): void {
      if (status === 200) splitter.add(piece)
    },
    end(reply: Reply): void {
      for (const index of unanswered.keys()) tell(index, reply)
    },
  }
}

/** In the order in which they were asked, each group within the limits of a batch. */
export function inGroups<Question extends WrittenQuestion>(questions: readonly Question[]): Question[][] {
  const groups: Question[][] = []
  let group: Question[] = []
  let bytes = 0
  for (const question of questions) {
    const size = Buffer.byteLength(question.request) + Buffer.byteLength(question.who)
    if (group.length === BATCH_LIMITS.questions || (group.length > 0 && bytes + size > BATCH_LIMITS.bytes)) {
      groups.push(group)
      group = []
      bytes = 0
    }
    group.push(question)
    bytes += size
  }
  if (group.length > 0) groups.push(group)
  return groups
}

/** The same principal asks many times. */
const texts = new WeakMap<Principal, string>()

function textOf(who: Principal): string {
  const text = texts.get(who) ?? JSON.stringify(who)
  texts.set(who, text)
  return text
}
