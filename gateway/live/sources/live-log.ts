// The newest chunks of a run's output, kept for a moment: if their reader is slow they are let go,
// since what was stored can be read again.

export interface LogChunk {
  runId: string
  /** Counts from 0 without gaps. */
  seq: number
  at: string
  stream: string
  text: string
  firstLine: number
  end: boolean
}

export interface LiveLog {
  put(chunk: LogChunk): void
  /** The oldest chunk that is kept, or undefined. */
  head(): LogChunk | undefined
  dropHead(): void
  /** True once after chunks were let go, or after `distrust`: then the stored log must be read. */
  mustRead(): boolean
  /** Something may have been missed. */
  distrust(): void
  /** Resolves at the next chunk, distrust or close, and after `limitMs` at the latest, if given. */
  changed(limitMs?: number): Promise<void>
  close(): void
}

/** How much text is kept, in UTF-16 units: four chunks of the largest kind. */
const LIMIT = 262_144

/** An empty live log. */
export function createLiveLog(): LiveLog {
  let chunks: LogChunk[] = []
  let size = 0
  let distrusted = false
  let closed = false
  let waiting: (() => void) | undefined

  function wake(): void {
    waiting?.()
    waiting = undefined
  }

  return {
    put(chunk) {
      if (closed) return
      chunks.push(chunk)
      size += chunk.text.length
      if (size > LIMIT) {
        chunks = []
        size = 0
        distrusted = true
      }
      wake()
    },
    head: () => chunks[0],
    dropHead() {
      size -= chunks.shift()?.text.length ?? 0
    },
    mustRead() {
      const must = distrusted
      distrusted = false
      return must
    },
    distrust() {
      distrusted = true
      wake()
    },
    async changed(limitMs) {
      if (closed || distrusted) return
      await new Promise<void>((resolve) => {
        const timer = limitMs === undefined ? undefined : setTimeout(resolve, limitMs)
        waiting = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    },
    close() {
      closed = true
      chunks = []
      wake()
    },
  }
}
