// Reads runs' stored output by the graph, and holds it against what their commands are known to print.
import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import * as v from 'valibot'
import type { JobRow, LogCheck, RunRow } from './history.ts'
import type { Planned } from './plan.ts'
import type { Rig } from './rig.ts'
import { truthOutput } from './truth.ts'
import { until } from './until.ts'

const page = v.object({
  data: v.object({
    run: v.nullable(
      v.object({
        log: v.object({
          ended: v.boolean(),
          chunks: v.array(v.object({ seq: v.number(), stream: v.string(), text: v.string() })),
        }),
      }),
    ),
  }),
  errors: v.optional(v.array(v.unknown())),
})

const RUN_LOG = `query ($id: ID!, $after: Int!) { run(id: $id) { log(after: $after, first: 100) { ended chunks { seq stream text } } } }`

/** Reads one page of a run's log, from after the chunk of this number. A service that was killed may be on its way back. */
async function readPage(rig: Rig, id: string, after: number) {
  const found: v.InferOutput<typeof page>[] = []
  await until(`the log of run ${id} is told`, async () => {
    const answer = await rig.rest('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: RUN_LOG, variables: { id, after } }),
    })
    const read = v.parse(page, await answer.json())
    if (read.errors) throw new Error(JSON.stringify(read.errors))
    return found.push(read) > 0
  })
  const run = found[0]?.data.run
  if (!run) throw new Error(`There is no run ${id}.`)
  return run.log
}

/** A chunk that is missing may be with a service that died, and comes again when that is known. In milliseconds. */
const GAP_LIMIT_MS = 20_000
const ASK_AGAIN_MS = 500

/** The whole log of a run, as far as it is stored and without a gap. */
async function readLog(rig: Rig, runId: string): Promise<{ stdout: string; said: string; ended: boolean }> {
  const log = { stdout: '', said: '', ended: false }
  const deadline = performance.now() + GAP_LIMIT_MS
  for (let after = -1; ; ) {
    const page = await readPage(rig, runId, after)
    const gap = page.chunks.findIndex(({ seq }, i) => seq !== after + 1 + i)
    const chunks = gap === -1 ? page.chunks : page.chunks.slice(0, gap)
    for (const { stream, text } of chunks) {
      if (stream === 'STDOUT') log.stdout += text
      if (stream === 'SYSTEM') log.said += text
    }
    after += chunks.length
    if (gap === -1 && (page.ended || chunks.length === 0)) return { ...log, ended: page.ended }
    if (gap === -1) continue
    if (performance.now() > deadline) return log
    await delay(ASK_AGAIN_MS)
  }
}

export async function readLogs(
  rig: Rig,
  jobs: readonly JobRow[],
  runs: readonly RunRow[],
  plan: readonly Planned[],
): Promise<LogCheck[]> {
  const acts = new Map(plan.map(({ name, act }) => [name, act]))
  const actOf = new Map(jobs.map(({ id, name }) => [id, acts.get(name)]))
  return Promise.all(
    runs.flatMap(({ id, jobId }) => {
      const act = actOf.get(jobId)
      return act ? [readLog(rig, id).then((log) => compare(id, jobId, log, truthOutput(jobId, act)))] : []
    }),
  )
}

function compare(
  runId: string,
  jobId: string,
  { stdout, said, ended }: { stdout: string; said: string; ended: boolean },
  wanted: string,
): LogCheck {
  return {
    runId,
    jobId,
    bytes: Buffer.byteLength(stdout),
    sha256: digest(stdout),
    wantedBytes: Buffer.byteLength(wanted),
    wantedSha256: digest(wanted),
    isBeginning: wanted.startsWith(stdout),
    ended,
    said,
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
