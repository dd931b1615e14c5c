// What `run` and `logs -f` write: the job's own output as it is, what becomes of it beside that.

import { paintNote, sayJsonLine, write } from '../view/output.ts'
import { openStatusLine } from '../view/status-line.ts'
import { plain } from '../view/text.ts'
import { colourOf, duration, endOf, stateWord, whyItWaits } from '../view/words.ts'
import type { FollowedJob, FollowedRun, Listener, LogChunk } from './follow-job.ts'
import { type Progress, progressIn, progressText } from './progress.ts'

export interface RunOutput extends Listener {
  note(line: string): void
  close(): void
}

/** A broken link is worth telling after so long. */
const LINK_MS = 2_000

/** `states` says whether it tells what becomes of the job. */
export function openRunOutput({ json, states }: { json: boolean; states: boolean }): RunOutput {
  const status = openStatusLine()
  let told: { word: string; line: string } | undefined
  let progress: Progress | null = null
  let isOpenLine = false
  let showRunning: (() => string) | undefined
  const link = openLinkNotes((line) => status.note(paintNote('yellow', line)))

  const tell = (job: FollowedJob) => {
    const now = { word: stateWord(job), line: stateLine(job) }
    // A state alone is no news where it was told before, with the reason that it had then.
    const isNews = now.line !== told?.line && !(now.word === told?.word && whatOf(job).every((part) => !part))
    if (!states || !isNews) return
    told = now
    if (json) return
    // A program may have left its line open.
    if (isOpenLine && process.stdout.isTTY && process.stderr.isTTY) process.stderr.write('\n')
    isOpenLine = false
    status.note(now.line)
  }

  return {
    note: (line) => status.note(paintNote('dim', line)),
    close() {
      link.close()
      status.clear()
    },
    onJob(job) {
      if (json && states) sayJsonLine({ type: 'state', job })
      tell(job)
      if (json) return
      // Where the output itself is on the terminal, it shows how far it is.
      const isHidden = job.state === 'RUNNING' && !process.stdout.isTTY
      showRunning = isHidden ? () => runningText(job, progress) : undefined
      const shown = job.state === 'QUEUED' ? () => waitingText(job) : showRunning
      if (shown) status.show(shown)
      else status.clear()
    },
    async onLog({ attempt }, chunk) {
      progress = progressIn(chunk.text) ?? progress
      if (json) return sayJsonLine({ type: 'log', attempt, ...chunk })
      if (process.stdout.isTTY || chunk.stream !== 'STDOUT') status.clear()
      isOpenLine = chunk.text === '' ? isOpenLine : !chunk.text.endsWith('\n')
      await writeChunk(chunk)
      // What the job says of its errors stands above it.
      if (showRunning && !isOpenLine) status.show(showRunning)
    },
    onExpired({ attempt }: FollowedRun) {
      if (json) sayJsonLine({ type: 'expired', attempt })
      else status.note(paintNote('yellow', `The output of attempt ${attempt} is kept no longer.`))
    },
    onLink: link.onLink,
  }
}

/** Says once that a link is lost, if it is for long, and then that it is there again. */
function openLinkNotes(note: (line: string) => void) {
  let timer: NodeJS.Timeout | undefined
  let isTold = false
  const close = () => {
    clearTimeout(timer)
    timer = undefined
  }
  return {
    close,
    onLink(isThere: boolean) {
      if (isThere) {
        close()
        if (isTold) note('The connection is there again.')
        isTold = false
      } else if (!isTold) {
        timer ??= setTimeout(() => {
          isTold = true
          note('The connection is lost; trying again. The job goes on meanwhile.')
        }, LINK_MS)
      }
    },
  }
}

async function writeChunk({ stream, text }: LogChunk): Promise<void> {
  if (stream === 'STDOUT') await write(process.stdout, text)
  else await write(process.stderr, stream === 'SYSTEM' ? paintNote('dim', text) : text)
}

/** What has become of it, in a line. */
function stateLine(job: FollowedJob): string {
  const parts = whatOf(job).flatMap((part) => (part ? [plain(part)] : []))
  return [paintNote(colourOf(job.state), stateWord(job)), ...parts].join(' · ')
}

function whatOf({ state, runs, reason, queue }: FollowedJob): (string | null | undefined)[] {
  const run = runs.at(-1)
  if (state === 'COMPLETED') return []
  if (state === 'RUNNING') return [attemptWord(run), placeWord(run)]
  if (state !== 'QUEUED') return [run ? endOf(run) : reason]
  const before = run && run.state !== 'CLAIMED' ? endOf(run) : null
  const why = queue ? whyItWaits({ ...queue, eta: null, position: null }, Date.now()) : reason
  return [before && `attempt ${run?.attempt}: ${before}`, why]
}

function attemptWord(run: FollowedRun | undefined): string {
  return run && run.attempt > 1 ? `attempt ${run.attempt}` : ''
}

function placeWord(run: FollowedRun | undefined): string {
  if (!run) return ''
  const gpus = (run.gpus ?? []).map(
    ({ index, name, simulated }) => `GPU ${index} (${name}${simulated ? ', simulated' : ''})`,
  )
  return [run.worker && `on ${run.worker.id}`, gpus.join(', ')].filter(Boolean).join(', ')
}

function waitingText({ queue, reason, createdAt }: FollowedJob): string {
  const now = Date.now()
  const waited = duration((now - Date.parse(createdAt)) / 1_000)
  return [`queued ${waited}`, queue ? whyItWaits(queue, now) : reason].filter(Boolean).join(' · ')
}

function runningText({ startedAt }: FollowedJob, progress: Progress | null): string {
  const ran = startedAt === null ? '' : duration((Date.now() - Date.parse(startedAt)) / 1_000)
  return `running ${ran}${progress ? ` · ${progressText(progress)}` : ''}`
}
