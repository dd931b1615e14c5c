// An answer as a stream of one, as graphql-ws ends nothing else when a client completes an operation or is gone.

/** Begins to answer when it is read; what ends the stream before that is over aborts the signal. */
export function onlyOne<Result>(answer: (gone: AbortSignal) => Promise<Result>): AsyncIterableIterator<Result> {
  const gone = new AbortController()
  let isOver = false
  return {
    async next() {
      if (isOver) return { done: true, value: undefined }
      isOver = true
      return { done: false, value: await answer(gone.signal) }
    },
    async return() {
      isOver = true
      gone.abort()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
