// What happened to a job, in words.
import type { JobDetailsFragment } from '../generated/documents.ts'
import { sayWhole } from '../shared/language.ts'
import { sayReason } from '../shared/say-reason.ts'
import type { JobHistory } from './job-history.ts'
import { words } from './words.ts'

export type JobEvent = JobHistory['events'][number]

export interface SaidEvent {
  id: string
  at: string
  what: string
  /** Who did it or where, in a few words. */
  by: string | undefined
  reason: string | undefined
  tone: 'good' | 'bad' | 'live' | undefined
}

const TONES: Readonly<Record<string, SaidEvent['tone']>> = {
  'job.running': 'live',
  'job.completed': 'good',
  'job.failed': 'bad',
}

/** The events newest first; a reason that the event before gave already is not said again. */
export function sayEvents(
  events: readonly JobEvent[],
  job: Pick<JobDetailsFragment, 'runs' | 'submittedBy'>,
): SaidEvent[] {
  return events
    .map((event, index) => ({
      id: event.id,
      at: event.at,
      what: event.priority === null ? named(event.type) : words.history.priority(sayWhole(event.priority)),
      by: byOf(event, index, job),
      reason: event.reason === events[index - 1]?.reason ? undefined : sayReason(event.reason ?? '') || undefined,
      tone: TONES[event.type],
    }))
    .reverse()
}

/** A type that this page does not know yet stands for itself. */
function named(type: string): string {
  const known: Readonly<Record<string, string>> = words.history.type
  return known[type] ?? type
}

/** Who did it, or else where it happened. */
function byOf(
  event: JobEvent,
  index: number,
  { submittedBy, runs }: Pick<JobDetailsFragment, 'runs' | 'submittedBy'>,
): string | undefined {
  if (event.by !== null) return words.history.by(event.by)
  return index === 0 && event.type === 'job.queued' ? words.history.by(submittedBy) : whereOf(event, runs)
}

function whereOf(event: JobEvent, runs: JobDetailsFragment['runs']): string | undefined {
  const run = runs.find(({ id }) => id === event.runId)
  if (!run) return undefined
  const host = event.type === 'job.claimed' && run.worker ? words.history.on(run.worker.hostname) : undefined
  const attempt = runs.length > 1 ? words.history.attempt(run.attempt) : undefined
  return [attempt, host].filter((part) => part !== undefined).join(' ') || undefined
}
