import { register } from 'prom-client'
import { beforeEach, expect, test } from 'vitest'
import { countEvent } from './count-events.ts'

const AT = new Date('2026-01-31T12:00:10.000Z')
const JOB = {
  id: 'a',
  name: 'a job',
  state: 'running',
  version: 2,
  priority: 0,
  account: 'research',
  submittedBy: 'ada',
  createdAt: '2026-01-31T12:00:00.000Z',
  startedAt: null,
  finishedAt: null,
  reason: null,
  cancelRequested: false,
}
const RUN = {
  id: 'r',
  attempt: 1,
  state: 'claimed',
  epoch: 1,
  workerId: 'w',
  queuedAt: '2026-01-31T12:00:00.000Z',
  startedAt: null,
  finishedAt: null,
  gpus: [],
}

async function valueTold(name: string, labels: object = {}): Promise<number> {
  const metric = await register.getSingleMetric(name.replace(/_(sum|count)$/, ''))?.get()
  const found = metric?.values.filter(
    (value) =>
      (!('metricName' in value) || value.metricName === name) &&
      Object.entries(labels).every(([label, wanted]) =>
        Object.entries(value.labels).some(([l, v]) => l === label && v === wanted),
      ),
  )
  return found?.[0]?.value ?? 0
}

beforeEach(() => register.resetMetrics())

test('a job that was submitted counts once, and not again when it is claimed', async () => {
  countEvent({ type: 'job.queued', ts: AT, payload: { job: JOB, run: null } })
  countEvent({ type: 'job.claimed', ts: AT, payload: { job: JOB, run: RUN } })
  expect(await valueTold('constellation_jobs_submitted_total')).toBe(1)
})

test('a claim says how long the attempt has waited', async () => {
  countEvent({ type: 'job.claimed', ts: AT, payload: { job: JOB, run: RUN } })
  expect(await valueTold('constellation_run_wait_seconds_sum')).toBe(10)
})

test('a run that was lost counts as lost, and its job has not ended', async () => {
  const run = { ...RUN, state: 'lost', startedAt: JOB.createdAt, finishedAt: AT.toISOString() }
  countEvent({ type: 'job.requeued', ts: AT, payload: { job: { ...JOB, state: 'queued' }, run } })
  expect(await valueTold('constellation_runs_ended_total', { outcome: 'lost' })).toBe(1)
  expect(await valueTold('constellation_run_duration_seconds_sum', { outcome: 'lost' })).toBe(10)
  expect(await valueTold('constellation_jobs_ended_total')).toBe(0)
})

test('a job that has failed counts by its state', async () => {
  countEvent({ type: 'job.failed', ts: AT, payload: { job: { ...JOB, state: 'failed' }, run: null } })
  expect(await valueTold('constellation_jobs_ended_total', { state: 'failed' })).toBe(1)
})

test('what is no event counts as nothing', async () => {
  countEvent({ type: 'job.queued', ts: AT, payload: {} })
  expect(await valueTold('constellation_jobs_submitted_total')).toBe(0)
})
