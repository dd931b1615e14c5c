// runLog(runId, after, fromLine): what a run has written, from what is stored, and then as it is stored, to its end.
import { ConstellationError } from '@constellation/platform/errors.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import * as v from 'valibot'
import { createLiveLog, type LogChunk } from './live-log.ts'
import { createLogFollower } from './log-follower.ts'
import { id, readArguments, type Source, type Surroundings } from './source.ts'

/** Chunks in one question: at 64 KiB each, what one reader may hold in memory. */
const PAGE = 20

const RUN_LOG = `query RunLog($id: ID!, $after: Int!, $fromLine: Int!) {
  run(id: $id) {
    log(after: $after, fromLine: $fromLine, first: ${PAGE}) {
      chunks { runId seq at stream text firstLine end } ended expired
    }
  }
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
const log = v.object({ chunks: v.array(chunk), ended: v.boolean(), expired: v.boolean() })
const answer = v.object({ run: v.nullable(v.object({ log })) })

const logArguments = v.object({
  runId: id,
  after: v.nullish(v.pipe(v.number(), v.minValue(-1, 'must be -1 or more')), -1),
  fromLine: v.nullish(v.pipe(v.number(), v.minValue(0, 'must be 0 or more')), 0),
})

/** @throws ConstellationError NOT_FOUND where there is no such run for this principal, GONE where its log is kept no longer */
export async function runLog(args: unknown, who: Principal, around: Surroundings): Promise<Source> {
  const { runId, after, fromLine } = readArguments(logArguments, args)
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
    const follower = createLogFollower({
      live,
      after: after ?? -1,
      fromLine: fromLine ?? 0,
      read: (position, line) => readPage({ id: runId, after: position, fromLine: line }, who, around),
    })
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

async function readPage(
  which: { id: string; after: number; fromLine: number },
  who: Principal,
  around: Surroundings,
): Promise<{ chunks: LogChunk[]; ended: boolean }> {
  const { run } = v.parse(answer, await around.ask(RUN_LOG, which, who))
  if (!run) throw new ConstellationError('NOT_FOUND', 'There is no such run.')
  if (run.log.expired) throw new ConstellationError('GONE', 'The output is older than output is kept.')
  return run.log
}
