// Work that the browser may paint and answer in between of: each piece is a task of its own.

const waiting: (() => void)[] = []
let channel: MessageChannel | undefined

/**
 * Does it soon, after all that was asked for before it. Unlike a timer's, such a task comes at once, also in a tab that
 * nobody looks at.
 */
export function inTurn(act: () => void): void {
  waiting.push(act)
  if (waiting.length === 1) announce()
}

/** The same value, in a task of its own. */
export function inOwnTask<Value>(value: Value): Promise<Value> {
  return new Promise((resolve) => inTurn(() => resolve(value)))
}

function announce(): void {
  if (!channel) {
    channel = new MessageChannel()
    channel.port1.onmessage = doNext
  }
  channel.port2.postMessage(undefined)
}

function doNext(): void {
  const act = waiting.shift()
  // Before it is done: what fails holds up nothing.
  if (waiting.length > 0) announce()
  act?.()
}
