// Requests of one kind to a thread: one at a time, each with a limit of time.
import { NvmlError, TIMEOUT } from '../errors.ts'

export interface Line<T> {
  /** Sends a request, or joins the one that is under way. @throws NvmlError TIMEOUT */
  ask(): Promise<T>
  settle(value: T): void
  fail(error: Error): void
  /** True from the end of the limit until the late answer is there. */
  stuck(): boolean
}

export function lineOf<T>(name: string, timeLimitMs: number, send: () => void): Line<T> {
  let underWay: PromiseWithResolvers<T> | undefined
  let timer: NodeJS.Timeout | undefined
  let stuck = false

  const end = (): PromiseWithResolvers<T> | undefined => {
    const ended = underWay
    underWay = undefined
    stuck = false
    clearTimeout(timer)
    return ended
  }
  return {
    ask: () => {
      if (underWay) return underWay.promise
      underWay = Promise.withResolvers()
      timer = setTimeout(() => {
        end()?.reject(timeoutOf(name, timeLimitMs))
        stuck = true
      }, timeLimitMs)
      const { promise } = underWay
      send()
      return promise
    },
    settle: (value) => end()?.resolve(value),
    fail: (error) => end()?.reject(error),
    stuck: () => stuck,
  }
}

export function timeoutOf(name: string, timeLimitMs: number): NvmlError {
  const sentence = `The driver has not answered for ${timeLimitMs / 1_000} s.`
  return new NvmlError(name, TIMEOUT, { sentence })
}
