// The newest sample of each of some GPUs, for many readers, at the pace of all of them.

/** How long the first new sample waits for those of other GPUs that come at the same time, in milliseconds. */
const GATHER_MS = 25
/**
 * How much earlier than by the pace a turn may come after one that did not wait long, as a share of the pace. Otherwise
 * what is measured at that very pace would be told later with every delay that ever was, and never catch up.
 */
const SLACK = 0.1
/** GPUs of which one list knows: far more than there are, and a bound whatever a worker may say. */
const MOST_GPUS = 20_000

export interface Sample {
  gpuId: string
}

/** One reader's place in a list. */
export interface Place<S> {
  /**
   * The newest sample of each GPU that has one since the last call; undefined once stopped. The same list for all who
   * read at the same pace: who reads more slowly gets fewer and longer ones, and nothing queues up.
   */
  next(): Promise<readonly S[] | undefined>
  stop(): void
}

/** A list that takes turns: at each there is more to read. */
export interface List<S> {
  put(sample: S): void
  /** The turn that it is. */
  turn(): number
  /** What may be read by who has read it at that turn. */
  since(turn: number): readonly S[]
  /** Calls back at the next turn. Returns how to stop that. */
  onTurn(callback: () => void): () => void
  read(): Place<S>
}

/** `onUnread` is called once nobody reads it any more. */
export function createList<S extends Sample>(everyMs: number, onUnread: () => void): List<S> {
  /** Of each GPU the newest sample, and the turn from which on it may be read; what came last is last. */
  const newest = new Map<string, { sample: S; turn: number }>()
  const waiting = new Set<() => void>()
  let readers = 0
  let turn = 0
  /** When the first sample came that waits for the next turn, and when that may be. */
  let firstAt = 0
  let nextAt = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined
  /** What there is to read at this turn, by the turn that was read last. */
  let readable = new Map<number, readonly S[]>()

  function takeTurn(): void {
    timer = undefined
    const now = performance.now()
    const waitedLong = now - firstAt > everyMs / 2
    nextAt = now + (waitedLong ? 1 : 1 - SLACK) * everyMs
    turn += 1
    readable = new Map()
    const callbacks = [...waiting]
    waiting.clear()
    for (const callback of callbacks) callback()
  }

  const list: List<S> = {
    put(sample) {
      newest.delete(sample.gpuId)
      newest.set(sample.gpuId, { sample, turn: turn + 1 })
      const [oldest] = newest.keys()
      if (newest.size > MOST_GPUS && oldest !== undefined) newest.delete(oldest)
      if (timer) return
      firstAt = performance.now()
      timer = setTimeout(takeTurn, Math.max(GATHER_MS, nextAt - firstAt))
    },
    turn: () => turn,
    since(read) {
      const found =
        readable.get(read) ?? [...newest.values()].flatMap((each) => (isReadable(each.turn, read) ? [each.sample] : []))
      readable.set(read, found)
      return found
    },
    onTurn(callback) {
      waiting.add(callback)
      return () => waiting.delete(callback)
    },
    read() {
      readers += 1
      return createReader(list, () => {
        readers -= 1
        if (readers > 0) return
        clearTimeout(timer)
        onUnread()
      })
    },
  }
  const isReadable = (from: number, read: number) => from > read && from <= turn
  return list
}

function createReader<S>(list: List<S>, onStop: () => void): Place<S> {
  let read = list.turn()
  let stopped = false
  let wake = () => {}
  return {
    async next() {
      while (!stopped) {
        const samples = list.turn() > read ? list.since(read) : []
        read = list.turn()
        if (samples.length > 0) return samples
        await new Promise<void>((resolve) => {
          const stopWaiting = list.onTurn(resolve)
          wake = () => {
            stopWaiting()
            resolve()
          }
        })
      }
      return undefined
    },
    stop() {
      if (stopped) return
      stopped = true
      wake()
      onStop()
    },
  }
}
