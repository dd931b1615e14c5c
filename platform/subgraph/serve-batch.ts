// Answers a batch of questions: each in a line of its own, as soon as it is ready.
import type { ServerResponse } from 'node:http'
import { type Question, writeAnswer } from './question-batch.ts'

/** The text of the answer to one question, which is JSON in one line. */
export type AnswerQuestion = (question: Question) => Promise<string>

/** What takes the place of an answer that could not be made. It is logged where it happened. */
const FAULT = '{"errors":[{"message":"Internal error","extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}'

/**
 * Answers all of them at once and ends the response after the last one. What is ready in one turn of the event loop is
 * written in one piece; no question waits for another.
 */
export function answerBatch(
  response: ServerResponse,
  questions: readonly Question[],
  answer: AnswerQuestion,
  onFault: (error: unknown) => void,
): void {
  let ready = ''
  let left = questions.length

  function send(): void {
    // Whoever asked may have gone meanwhile: what was begun is done all the same, as it may change something.
    if (response.destroyed) return
    if (left === 0) response.end(ready)
    else response.write(ready)
    ready = ''
  }

  function add(index: number, text: string): void {
    if (ready === '') setImmediate(send)
    ready += writeAnswer(index, text)
    left -= 1
  }

  response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  for (const [index, question] of questions.entries()) {
    answer(question).then(
      (text) => add(index, text),
      (error: unknown) => {
        onFault(error)
        add(index, FAULT)
      },
    )
  }
}
