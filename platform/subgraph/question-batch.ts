// How the gateway asks a subgraph several questions in one request, and how each is answered as soon as it is ready.
//
// The request is a JSON list of questions, each with its principal; its signature covers all of it. The answer is a
// line for each question, in the order in which they are ready: `[2,{"data":…}]` answers the third.
import * as v from 'valibot'
import { type Principal, principal } from '../identity.ts'
import type { Work } from '../tracing/trace.ts'

/** Where a subgraph answers batches. */
export const BATCH_PATH = '/graphql/batch'

/** Of one batch. A question that is larger than this goes alone. */
export const BATCH_LIMITS = { questions: 32, bytes: 1_048_576 }

/** One question as it is sent: the text of its principal, and that of its GraphQL request. */
export interface WrittenQuestion {
  who: string
  request: string
  /** For whom or what it is asked. */
  work?: Work | undefined
}

/** The body of a request. Both texts are JSON already. */
export function writeBatch(questions: readonly WrittenQuestion[]): string {
  return `[${questions.map(writeQuestion).join(',')}]`
}

function writeQuestion({ who, request, work }: WrittenQuestion): string {
  const question = `{"who":${who},"request":${request}`
  if (work === undefined) return `${question}}`
  const { requestId, traceparent } = work
  return `${question},"work":${JSON.stringify({ requestId, traceparent })}}`
}

export interface Question {
  who: Principal
  work?: { requestId?: string | undefined; traceparent?: string | undefined } | undefined
  request: { query: string; variables?: Record<string, unknown> | undefined; operationName?: string | undefined }
}

const batch = v.pipe(
  v.array(
    v.object({
      who: principal,
      request: v.object({
        query: v.string(),
        variables: v.optional(v.custom<Record<string, unknown>>(isRecord)),
        operationName: v.optional(v.string()),
      }),
      work: v.optional(v.object({ requestId: v.optional(v.string()), traceparent: v.optional(v.string()) })),
    }),
  ),
  v.minLength(1),
  v.maxLength(BATCH_LIMITS.questions),
)

/** The questions in the body of a request that the gateway vouched for. @throws ValiError where it holds none */
export function readBatch(body: string): Question[] {
  return v.parse(batch, JSON.parse(body))
}

/** One line of the answer. */
export function writeAnswer(index: number, answer: string): string {
  return `[${index},${answer}]\n`
}

const line = v.tuple([v.pipe(v.number(), v.integer(), v.minValue(0)), v.unknown()])

/** What a line answers, or undefined where it is none. */
export function readAnswerLine(text: string): { index: number; answer: unknown } | undefined {
  try {
    const { output, success } = v.safeParse(line, JSON.parse(text))
    return success ? { index: output[0], answer: output[1] } : undefined
  } catch {
    return undefined // No JSON: the other side has broken off, or is no subgraph of ours.
  }
}

/** The question that a line answers of which only the beginning is known. */
export function indexOfLine(start: string): number | undefined {
  const index = /^\[(\d{1,4}),/.exec(start)?.[1]
  return index === undefined ? undefined : Number(index)
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
