// runLog(runId, after): what a run has written, from what is stored, and then as it is stored, to its end.
//
//   reading ──(a page is empty)──▶ following ──(a chunk with `end`)──▶ over
//      ▲                               │
//      └──(a chunk was missed)─────────┘
import { ConstellationError } from '@constellation/platform/errors.ts'
import { SUBJECTS } from '@constellation/platform/events.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import * as v from 'valibot'
import { createLiveLog, type LiveLog, type LogChunk } from './live-log.ts'
import { id, readArguments, type Source, type Surroundings } from './source.ts'

/** Chunks in one question: at 64 KiB each, what one reader may hold in memory. */
const PAGE = 20
/** After this long a missing chunk is asked for again, in milliseconds. */
const ASK_AGAIN_MS = 1_000
/** A chunk that is still missing after this long is gone, and the log goes on behind it. In milliseconds. */
const PATIENCE_MS = 5_000

const RUN_LOG = `query RunLog($id: ID!, $after: Int!) {
  run(id: $id) { log(after: $after, first: ${PAGE}) { chunks { runId seq at stream text firstLine end } ended } }
}`

const chunk = v.object({
  runId: v.string(),
  seq: v.number(),
  at: v.string(),
  stream: v.string(),
  text: v.string(),
  firstLine: v.number(),
  end: v.boolean(),
})
const answer = v.object({
  run: v.nullable(v.object({ log: v.object({ chunks: v.array(chunk), ended: v.boolean() }) })),
})
type Page = { chunks: LogChunk[]; ended: boolean }

const logArguments = v.object({
  runId: id,
  after: v.nullish(v.pipe(v.number(), v.minValue(-1, 'must be -1 or more')), -1),
})

/** @throws ConstellationError NOT_FOUND where there is no such run for this principal */
export async function runLog(args: unknown, who: Principal, around: Surroundings): Promise<Source> {
  const { runId, after } = readArguments(logArguments, args)
  const live = createLiveLog()
  const listening = around.feeds.logs.listen(SUBJECTS.storedLog(runId), live.put)
  const stopReconnect = around.link.onReconnect(live.distrust)
  const stop = () => {
    listening.stop()
    stopReconnect()
    live.close()
  }
  try {
    await listening.ready
    const follower = createFollower(live, after ?? -1, (position) => readPage(runId, position, who, around))
    // At once, so that a run that is not there is refused and not merely silent.
    await follower.readOn()
    return {
      async next() {
        const found = await follower.next()
        return found && { payload: found, origin: found, version: '' }
      },
      stop() {
        follower.stop()
        stop()
      },
    }
  } catch (error) {
    stop()
    throw error
  }
}

async function readPage(runId: string, after: number, who: Principal, around: Surroundings): Promise<Page> {
  const { run } = v.parse(answer, await around.ask(RUN_LOG, { id: runId, after }, who))
  if (!run) throw new ConstellationError('NOT_FOUND', 'There is no such run.')
  return run.log
}

/** Gives the chunks behind `position` one after the other: from the stored pages, then from `live`. */
function createFollower(live: LiveLog, after: number, read: (position: number) => Promise<Page>) {
  let position = after
  let over = false
  let page: LogChunk[] = []
  const patience = createPatience()
  let askedFor: LogChunk | undefined

  function deliver(found: LogChunk): LogChunk {
    position = found.seq
    over ||= found.end
    return found
  }

  /** Reads the next page. The reading goes on until a page is empty. */
  async function readOn(): Promise<void> {
    const { chunks, ended } = await read(position)
    const [first] = chunks
    if (!first) {
      over ||= ended
      return
    }
    if (first.seq > position + 1 && !patience.isOver()) await live.changed(ASK_AGAIN_MS)
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

  async function next(): Promise<LogChunk | undefined> {
    while (!over) {
      const stored = page.shift()
      if (stored) return deliver(stored)
      if (live.mustRead()) {
        await readOn()
        continue
      }
      const head = live.head()
      if (!head) await live.changed()
      else if (head.seq > position + 1) await askBefore(head)
      else {
        live.dropHead()
        if (head.seq > position) return deliver(head)
      }
    }
    return undefined
  }

  const stop = () => {
    over = true
  }
  return { next, readOn, stop }
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
