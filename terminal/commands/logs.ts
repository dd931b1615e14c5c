import { type Call, has, readOption } from '../command.ts'
import { EXIT, Failure, misused } from '../failure.ts'
import { JobRunsDocument, StoredLogDocument } from '../generated/documents.ts'
import { findJob } from '../jobs/find-job.ts'
import { followJob, fromLineOn, hasEnded, type LogChunk } from '../jobs/follow-job.ts'
import { openRunOutput } from '../jobs/run-output.ts'
import type { Api } from '../server/api.ts'
import { wholeNumber } from '../values.ts'
import { note, paintNote, sayJsonLine, write } from '../view/output.ts'

/** What a job has written; with --follow what comes too, until it has ended. */
export async function run(call: Call): Promise<number> {
  const [word = ''] = call.typed.words
  const attempt = readOption(call, 'attempt', (name, text) => wholeNumber(name, text, 1, 1_000_000))
  const from = readOption(call, 'from-line', (name, text) => wholeNumber(name, text, 0, 2_000_000_000))
  const tail = readOption(call, 'tail', (name, text) => wholeNumber(name, text, 0, 1_000_000))
  if (from !== undefined && tail !== undefined) throw misused('--from-line and --tail do not go together.')
  const api = await call.open()
  const id = await findJob(api, word)
  const { job } = await api.ask(JobRunsDocument, { id })
  if (!job) throw new Failure('refused', `There is no job ${word}.`, { code: 'NOT_FOUND' })
  // The end of a log is the end of its last attempt.
  const last = attempt ?? (tail === undefined ? undefined : job.runs.at(-1)?.attempt)
  const run = job.runs.find((each) => each.attempt === last)
  const fromLine =
    from ?? (tail === undefined || !run ? undefined : Math.max(0, (await countLines(api, run.id)) - tail))
  if (attempt !== undefined && !run && (hasEnded(job.state) || !has(call, 'follow'))) {
    throw new Failure('refused', `The job has no attempt ${attempt}.`, { code: 'NOT_FOUND' })
  }
  if (has(call, 'follow')) return await followOn(call, api, { id, attempt: last, fromLine })
  const runs = last === undefined ? job.runs : job.runs.filter((each) => each.attempt === last)
  for (const [at, each] of runs.entries()) await copyStored(call, api, each, at === 0 ? (fromLine ?? 0) : 0)
  return 0
}

async function followOn(
  call: Call,
  api: Api,
  which: { id: string; attempt: number | undefined; fromLine: number | undefined },
) {
  const leave = new AbortController()
  const onSignal = () => leave.abort()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, onSignal)
  const output = openRunOutput({ json: call.json, states: false })
  try {
    await followJob(api, { ...which, signal: leave.signal }, output)
    return leave.signal.aborted ? EXIT.interrupted : EXIT.done
  } finally {
    output.close()
  }
}

/** Chunks in one answer: each has at most 64 KiB. */
const PAGE = 20

async function copyStored(
  call: Call,
  api: Api,
  { id, attempt }: { id: string; attempt: number },
  fromLine: number,
): Promise<void> {
  let after = -1
  for (;;) {
    const { run } = await api.ask(StoredLogDocument, {
      runId: id,
      after,
      fromLine: after === -1 ? fromLine : 0,
      first: PAGE,
    })
    if (run?.log.expired) return note(paintNote('yellow', `The output of attempt ${attempt} is kept no longer.`))
    const chunks = run?.log.chunks ?? []
    for (const { end, ...chunk } of chunks) {
      if (!end) await writeStored(call, attempt, fromLineOn(chunk, fromLine))
      after = chunk.seq
    }
    if (chunks.length === 0 || run?.log.ended) return
  }
}

async function writeStored({ json }: Call, attempt: number, chunk: LogChunk): Promise<void> {
  if (json) return sayJsonLine({ type: 'log', attempt, ...chunk })
  if (chunk.stream === 'STDOUT') await write(process.stdout, chunk.text)
  else await write(process.stderr, chunk.stream === 'SYSTEM' ? paintNote('dim', chunk.text) : chunk.text)
}

/** How many lines an attempt has written by now. */
async function countLines(api: Api, runId: string): Promise<number> {
  // Of a line that is not written yet, the answer begins with the last chunk.
  const { run } = await api.ask(StoredLogDocument, { runId, after: -1, fromLine: 2_000_000_000, first: 2 })
  const texts = (run?.log.chunks ?? []).filter(({ end }) => !end)
  const last = texts.at(-1)
  const ended = run?.log.chunks.at(-1)
  if (!last) return ended?.firstLine ?? 0
  const rest = last.text.split('\n')
  return last.firstLine + rest.length - (rest.at(-1) === '' ? 1 : 0)
}
