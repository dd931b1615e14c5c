// A result that goes to many sockets is written as text once. graphql-ws writes each message anew, as each has the id of
// its subscription: it is given a stand-in for the result, which the text takes the place of when the message is sent.
import { randomUUID } from 'node:crypto'
import type { FormattedExecutionResult } from 'graphql'
import type { ExecutionResult } from 'graphql-ws'

/** Below this a message is put together as one: pieces cost more than to copy it. In characters. */
const WORTH_PIECES = 16_384

/** No text of a client's, or of the services', is like it. */
const STAND_IN = `a shared result ${randomUUID()}`
const END = `"payload":${JSON.stringify(STAND_IN)}}`

/** Large ones as the bytes that are sent; small ones are part of a message's text, which is encoded anyway. */
const written = new WeakMap<FormattedExecutionResult, string | Buffer>()
/** The result in the message that is being written. graphql-ws hands a message over in the same moment in which it writes it. */
let standingIn: FormattedExecutionResult | undefined

/** The result as graphql-ws takes it, to be written as `result`, whose text is made once. */
export function sharing(carried: ExecutionResult, result: FormattedExecutionResult): ExecutionResult {
  const toJSON = () => {
    standingIn = result
    return STAND_IN
  }
  return Object.assign(carried, { toJSON })
}

/** The message that graphql-ws has just written, in the pieces that it is to be sent in. */
export function piecesOf(message: string): readonly (string | Buffer)[] {
  const result = standingIn
  standingIn = undefined
  if (!result || !message.endsWith(END)) {
    if (message.includes(STAND_IN)) throw new Error('graphql-ws writes results in another way than it did.')
    return [message]
  }
  const head = `${message.slice(0, -END.length)}"payload":`
  const text = write(result)
  return typeof text === 'string' ? [`${head}${text}}`] : [head, text, '}']
}

/** The result as JSON in bytes. */
export function bytesOf(result: FormattedExecutionResult): Buffer {
  const text = write(result)
  return typeof text === 'string' ? Buffer.from(text) : text
}

/** The result as JSON, made once for all who get it. */
function write(result: FormattedExecutionResult): string | Buffer {
  const known = written.get(result)
  if (known !== undefined) return known
  const text = JSON.stringify(result)
  const made = text.length < WORTH_PIECES ? text : Buffer.from(text)
  written.set(result, made)
  return made
}
