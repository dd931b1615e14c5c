// The chunks of a run's log one after the other: from the stored pages, then from what is told live.
//
//   reading ──(a page is empty)──▶ following ──(a chunk with `end`)──▶ over
//      ▲                               │
//      └──(a chunk was missed)─────────┘
import type { LiveLog, LogChunk } from './live-log.ts'

/** After this long a missing chunk is asked for again, in milliseconds. */
const ASK_AGAIN_MS = 1_000
/**
 * A chunk that is still missing after this long is gone, and the log goes on behind it. In milliseconds; longer than
 * JetStream takes to give to another what was with a jobs service that died.
 */
const PATIENCE_MS = 15_000

interface FollowerOptions {
  live: LiveLog
  /** The log is given behind this chunk, and not before the chunk that holds the beginning of line `fromLine`. */
  after: number
  fromLine: number
  /** A page of what is stored, by the same two. */
  read: (after: number, fromLine: number) => Promise<{ chunks: LogChunk[]; ended: boolean }>
}

export interface LogFollower {
  /** Reads the next page. The reading goes on until a page is empty. */
  readOn(): Promise<void>
  /** The next chunk, or undefined at the log's end. */
  next(): Promise<LogChunk | undefined>
  stop(): void
}

/** A follower that has read nothing yet. */
export function createLogFollower({ live, after, fromLine, read }: FollowerOptions): LogFollower {
  let position = after
  /** What is before this line is passed over; 0 once something was given. */
  let line = fromLine
  let over = false
  let page: LogChunk[] = []
  const patience = createPatience()
  let askedFor: LogChunk | undefined

  async function readOn(): Promise<void> {
    const { chunks, ended } = await read(position, line)
    const [first] = chunks
    if (!first) {
      over ||= ended
      return
    }
    const isGap = line === 0 && first.seq > position + 1
    if (isGap && !patience.isOver()) await live.changed(ASK_AGAIN_MS)
    else {
      page = withoutGap(chunks, first.seq)
      patience.restart()
    }
    live.distrust()
  }

  /** A chunk before `head` was missed: reads what is stored, at once and then from time to time. */
  async function askBefore(head: LogChunk): Promise<void> {
    if (askedFor === head) await live.changed(ASK_AGAIN_MS)
    askedFor = head
    live.distrust()
  }

  /** The next chunk where it is at hand; waits or reads where it is not. */
  async function advance(): Promise<LogChunk | undefined> {
    const stored = page.shift()
    if (stored) return stored
    const head = live.mustRead() ? 'unknown' : live.head()
    if (head === 'unknown') await readOn()
    else if (!head) await live.changed()
    else if (head.seq > position + 1) await askBefore(head)
    else {
      live.dropHead()
      if (head.seq > position) return head
    }
    return undefined
  }

  async function next(): Promise<LogChunk | undefined> {
    while (!over) {
      const found = await advance()
      if (!found) continue
      position = found.seq
      over ||= found.end
      if (!found.end && endsBefore(found, line)) continue
      line = 0
      return found
    }
    return undefined
  }

  const stop = () => {
    over = true
  }
  return { next, readOn, stop }
}

/** True where the line begins behind this chunk. */
export function endsBefore({ firstLine, text }: Pick<LogChunk, 'firstLine' | 'text'>, line: number): boolean {
  if (firstLine >= line) return false
  const lastLine = firstLine + text.split('\n').length - 1
  return lastLine < line || (lastLine === line && text.endsWith('\n'))
}

/** How long a missing chunk is waited for: from the first question whether that is over, until a restart. */
function createPatience() {
  let since: number | undefined
  return {
    isOver(): boolean {
      since ??= Date.now()
      return Date.now() - since > PATIENCE_MS
    },
    restart(): void {
      since = undefined
    },
  }
}

/** The chunks from the one numbered `start` up to the first that is missing. */
function withoutGap(chunks: readonly LogChunk[], start: number): LogChunk[] {
  const gap = chunks.findIndex((found, index) => found.seq !== start + index)
  return gap === -1 ? [...chunks] : chunks.slice(0, gap)
}
