// A subscription to something that has no end: whatever ended it, it is opened again.
import type { FormattedExecutionResult } from 'graphql'
import type { Sink, SubscribePayload } from 'graphql-ws'
import type { Socket } from './socket.ts'

const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 30_000

/**
 * Subscribes until the answered function is called. GraphQL errors are given to the sink as a result.
 * `onReopened`: what happened in between was told to nobody.
 */
export function keepSubscribed<Data>(
  socket: Pick<Socket, 'subscribe'>,
  payload: SubscribePayload,
  sink: Pick<Sink<FormattedExecutionResult<Data>>, 'next'>,
  onReopened: () => void,
): () => void {
  let stopped = false
  let wait = FIRST_WAIT_MS
  let timer: ReturnType<typeof setTimeout> | undefined
  let stop = open()

  function open(): () => void {
    return socket.subscribe<Data>(payload, {
      next: (result) => {
        if (result.data) wait = FIRST_WAIT_MS
        sink.next(result)
      },
      error: (reason) => {
        if (Array.isArray(reason)) sink.next({ data: null, errors: reason })
        again()
      },
      complete: again,
    })
  }

  function again(): void {
    if (stopped) return
    timer = setTimeout(() => {
      stop = open()
      onReopened()
    }, wait)
    wait = Math.min(LONGEST_WAIT_MS, wait * 2)
  }

  return () => {
    stopped = true
    clearTimeout(timer)
    stop()
  }
}
