// A result that goes to many sockets is written as text once. graphql-ws writes each message anew, as each has the id of
// its subscription: it is given a stand-in for the result, which the text takes the place of when the message is sent.
import { randomUUID } from 'node:crypto'
import type { FormattedExecutionResult } from 'graphql'
import type { ExecutionResult } from 'graphql-ws'

/** Below this a message is put together as one: pieces cost more than to copy it. In bytes. */
const WORTH_PIECES = 16_384

/** No text of a client's, or of the services', is like it. */
const STAND_IN = `a shared result ${randomUUID()}`
const END = `"payload":${JSON.stringify(STAND_IN)}}`

const texts = new WeakMap<FormattedExecutionResult, Buffer>()
/** The text of the message that is being written. graphql-ws hands a message over in the same moment in which it writes it. */
let standingIn: Buffer | undefined

/** The result as graphql-ws takes it, to be written as `result`, whose text is made once. */
export function sharing(carried: ExecutionResult, result: FormattedExecutionResult): ExecutionResult {
  const toJSON = () => {
    standingIn = textOf(result)
    return STAND_IN
  }
  return Object.assign(carried, { toJSON })
}

/** The message that graphql-ws has just written, in the pieces that it is to be sent in. */
export function piecesOf(message: string): readonly (string | Buffer)[] {
  const text = standingIn
  standingIn = undefined
  if (!text || !message.endsWith(END)) {
    if (message.includes(STAND_IN)) throw new Error('graphql-ws writes results in another way than it did.')
    return [message]
  }
  const head = `${message.slice(0, -END.length)}"payload":`
  return text.length < WORTH_PIECES ? [`${head}${text}}`] : [head, text, '}']
}

/** The result as JSON, made once for all who get it. */
export function textOf(result: FormattedExecutionResult): Buffer {
  const text = texts.get(result) ?? Buffer.from(JSON.stringify(result))
  texts.set(result, text)
  return text
}
