// How much one principal may have open at a gateway at a time: connections of every kind that lasts, and the
// subscriptions on all of them together.
import { ConstellationError } from '@constellation/platform/errors.ts'
import { type FormattedExecutionResult, GraphQLError } from 'graphql'
import type { Subscribe } from '../live/subscribe.ts'
import { connectionsOpen, subscriptionsOpen } from '../metrics.ts'

export interface PresenceLimits {
  /** Sockets and streams of events. */
  connections: number
  /** Subscriptions on all of these, and those that REST makes for its own streams. */
  subscriptions: number
}

export interface Presence {
  /**
   * Counts one more of a principal's. What comes back takes it off again, however often it is called.
   * @throws ConstellationError CONFLICT where there is one too many, saying what to do
   */
  enter(what: keyof PresenceLimits, principalId: string): () => void
}

const ADVICE: Readonly<Record<keyof PresenceLimits, string>> = {
  connections: 'Close one, or watch more things over each.',
  subscriptions: 'End one first.',
}

const GAUGES = { connections: connectionsOpen, subscriptions: subscriptionsOpen } as const

/** Nobody is there yet. */
export function createPresence(limits: PresenceLimits): Presence {
  const open = { connections: new Map<string, number>(), subscriptions: new Map<string, number>() }
  return {
    enter(what, principalId) {
      const counts = open[what]
      const before = counts.get(principalId) ?? 0
      if (before >= limits[what]) {
        const reason = `You have ${limits[what]} ${what} open, which is the most.`
        throw new ConstellationError('CONFLICT', `${reason} ${ADVICE[what]}`)
      }
      counts.set(principalId, before + 1)
      GAUGES[what].inc()
      let isIn = true
      return () => {
        if (!isIn) return
        isIn = false
        GAUGES[what].dec()
        const left = (counts.get(principalId) ?? 0) - 1
        if (left > 0) counts.set(principalId, left)
        else counts.delete(principalId)
      }
    },
  }
}

/** The same subscriptions, which count for as long as they are open: from before they are, so that none slips in. */
export function countSubscriptions(subscribe: Subscribe, presence: Presence): Subscribe {
  return async (request, who) => {
    const leave = enterOrRefuse(presence, who.id)
    if (typeof leave !== 'function') return leave
    try {
      const opened = await subscribe(request, who)
      if ('errors' in opened) leave()
      return 'errors' in opened ? opened : { results: onceOver(opened.results, leave) }
    } catch (error) {
      leave()
      throw error
    }
  }
}

function enterOrRefuse(presence: Presence, principalId: string): (() => void) | { errors: readonly GraphQLError[] } {
  try {
    return presence.enter('subscriptions', principalId)
  } catch (error) {
    if (!(error instanceof ConstellationError)) throw error
    return { errors: [new GraphQLError(error.message, { originalError: error })] }
  }
}

type Results = AsyncIterableIterator<FormattedExecutionResult>

function onceOver(results: Results, leave: () => void): Results {
  const watch = async (next: ReturnType<Results['next']>) => {
    try {
      const result = await next
      if (result.done) leave()
      return result
    } catch (error) {
      leave()
      throw error
    }
  }
  return {
    next: () => watch(results.next()),
    async return() {
      leave()
      return (await results.return?.()) ?? { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
