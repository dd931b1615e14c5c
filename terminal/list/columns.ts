// A list of jobs. Pure.
import type { JobLineFragment } from '../generated/documents.ts'
import { type Progress, progressText } from '../jobs/progress.ts'
import { paint } from '../view/output.ts'
import type { Column } from '../view/table.ts'
import { colourOf, duration, gpusWord, shortener, stateWord } from '../view/words.ts'

export interface ListedJob {
  job: JobLineFragment
  /** How far it says that it is. */
  progress: Progress | null
}

/** `now` is in milliseconds since 1970. */
export function columnsOf(jobs: readonly ListedJob[], now: number): Column<ListedJob>[] {
  const short = shortener(jobs.map(({ job }) => job.id))
  return [
    { title: 'JOB', cell: ({ job }) => short(job.id) },
    { title: 'NAME', cell: ({ job }) => job.name, least: 10 },
    { title: 'STATE', cell: ({ job }) => stateWord(job), paint: (text, { job }) => paint(colourOf(job.state), text) },
    { title: 'USER', cell: ({ job }) => job.submittedBy, least: 5, givesWay: 3 },
    { title: 'ACCOUNT', cell: ({ job }) => job.account, least: 5, givesWay: 4 },
    { title: 'GPUS', cell: ({ job }) => gpusWord(job.gpus), least: 4, givesWay: 1 },
    { title: 'TIME', cell: ({ job }) => timeOf(job, now), align: 'right' },
    {
      title: '',
      cell: ({ job, progress }) => (progress ? progressText(progress, 8) : (job.reason ?? job.commandLine)),
      least: 8,
      givesWay: 2,
    },
  ]
}

/** How long it has run, has waited, or took. */
function timeOf({ state, createdAt, startedAt, finishedAt }: JobLineFragment, now: number): string {
  const from = Date.parse(state === 'QUEUED' ? createdAt : (startedAt ?? createdAt))
  const to = finishedAt === null ? now : Date.parse(finishedAt)
  return duration((to - from) / 1_000)
}
