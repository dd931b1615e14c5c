import { expect, it } from 'vitest'
import type { AttemptFragment } from '../generated/documents.ts'
import { type JobEvent, sayEvents } from './say-event.ts'

const event = (id: string, type: string, part: Partial<JobEvent> = {}): JobEvent => ({
  id,
  type,
  at: '2026-01-31T12:00:00.000Z',
  runId: null,
  reason: null,
  by: null,
  priority: null,
  ...part,
})

const run = (id: string, attempt: number): AttemptFragment => ({
  id,
  attempt,
  state: 'RUNNING',
  exitCode: null,
  signal: null,
  outcome: null,
  reason: null,
  claimedAt: '2026-01-31T12:00:00.000Z',
  startedAt: null,
  finishedAt: null,
  idleSince: null,
  worker: { id: 'w', hostname: 'node-1' },
  gpus: [],
  metrics: null,
})

it('says who submitted and which worker took it, newest first', () => {
  const events = [event('1', 'job.queued'), event('2', 'job.claimed', { runId: 'r' }), event('3', 'job.new-thing')]
  expect(sayEvents(events, { runs: [run('r', 1)], submittedBy: 'alice' }).map(({ what, by }) => [what, by])).toEqual([
    ['job.new-thing', undefined],
    ['Taken by a worker', 'on node-1'],
    ['Submitted', 'by alice'],
  ])
})

it('says who changed it, and the priority that they gave it', () => {
  const events = [event('1', 'job.changed', { by: 'mira', priority: -3 }), event('2', 'job.changed', { by: 'lars' })]
  expect(sayEvents(events, { runs: [], submittedBy: 'alice' }).map(({ what, by }) => [what, by])).toEqual([
    ['Changed', 'by lars'],
    ['Priority set to -3', 'by mira'],
  ])
})

it('tells several attempts apart, and says a reason once', () => {
  const events = [
    event('1', 'job.requeued', { runId: 'r', reason: 'Exit code 1.' }),
    event('2', 'job.claimed', { runId: 's', reason: 'Exit code 1.' }),
  ]
  const said = sayEvents(events, { runs: [run('r', 1), run('s', 2)], submittedBy: 'alice' })
  expect(said.map(({ by, reason }) => [by, reason])).toEqual([
    ['attempt 2 on node-1', undefined],
    ['attempt 1', 'Exit code 1.'],
  ])
})
