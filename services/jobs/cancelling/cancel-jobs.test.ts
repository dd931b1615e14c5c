import { Client } from 'pg'
import { expect, test, vi } from 'vitest'
import { finishRun } from '../finish.ts'
import { eventsOfJob } from '../listing/history.ts'
import { alice, analyst, bob, claim, claimed, leaseOf, manager, submitted, useBench, worker } from '../testing.ts'
import { cancelJobs } from './cancel-jobs.ts'

const ABSENT = '00000000-0000-7000-8000-0000000000aa'

const bench = await useBench({ emptied: true })

test('what waits ends with what needed it, what runs is asked to, and what has ended stays', async () => {
  const done = await submitted(bench, { name: 'done' })
  const claim = await claimed(bench, [])
  await finishRun(bench.as(worker), { ...leaseOf(claim), outcome: 'EXITED', exitCode: 0, logChunks: 0, endedMsAgo: 0 })
  const runs = await submitted(bench, { name: 'runs' })
  await claimed(bench, [])
  const waits = await submitted(bench, { name: 'waits' })
  const needs = await submitted(bench, { name: 'needs', dependsOn: [waits.id] })
  bench.said.length = 0

  const { jobs, problems } = await cancelJobs(bench.as(manager), [waits.id, runs.id.toUpperCase(), done.id])
  expect(problems).toEqual([])
  expect(jobs.map(({ name, state, cancelRequested }) => [name, state, cancelRequested])).toEqual([
    ['done', 'completed', false],
    ['runs', 'queued', true],
    ['waits', 'cancelled', true],
  ])
  expect(bench.said).toEqual(['changed', 'lookAtRuns worker-1'])
  const last = async (job: typeof runs) => (await eventsOfJob(bench.as(alice), job)).at(-1)?.type
  expect(await Promise.all([done, runs, waits, needs].map(last))).toEqual([
    'job.completed',
    'job.cancelling',
    'job.cancelled',
    'job.cancelled',
  ])
})

test('an id of another’s and an id of nothing are problems of the same kind, and the rest is cancelled', async () => {
  const own = await submitted(bench)
  const other = await submitted(bench, {}, bob)
  const { jobs, problems } = await cancelJobs(bench.as(alice), ['nothing', own.id, other.id, ABSENT])
  expect(jobs.map(({ id, state }) => [id, state])).toEqual([[own.id, 'cancelled']])
  expect(problems).toEqual([
    { path: 'ids.0', message: 'There is no job nothing.' },
    { path: 'ids.2', message: `There is no job ${other.id}.` },
    { path: 'ids.3', message: `There is no job ${ABSENT}.` },
  ])
  expect((await cancelJobs(bench.as(analyst), [other.id])).jobs).toEqual([])
  expect(await claim(bench, worker, [], 9)).toMatchObject([{ job: { id: other.id } }])
})

test('a hundred that wait take as many statements as one, and more than a thousand are refused', async () => {
  const [first = '', ...ids] = await Promise.all(Array.from({ length: 101 }, async () => (await submitted(bench)).id))
  const statements = vi.spyOn(Client.prototype, 'query')
  await cancelJobs(bench.as(alice), [first])
  const ofOne = statements.mock.calls.length
  const { jobs } = await cancelJobs(bench.as(alice), ids)
  expect([statements.mock.calls.length, jobs.filter(({ state }) => state === 'cancelled').length]).toEqual([
    2 * ofOne,
    100,
  ])
  statements.mockRestore()
  await expect(cancelJobs(bench.as(alice), [])).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
  await expect(cancelJobs(bench.as(alice), Array(1001).fill(ABSENT))).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
})

test('jobs that are claimed while they are being cancelled end all the same', async () => {
  const ids: string[] = []
  for (let i = 0; i < 60; i++) ids.push((await submitted(bench)).id)
  const claims = Array.from({ length: 6 }, () => claim(bench, worker, [], 5))
  const [{ jobs }] = await Promise.all([cancelJobs(bench.as(alice), ids), ...claims])
  expect(jobs.filter(({ cancelRequested }) => !cancelRequested)).toEqual([])
  expect(await claim(bench, worker, [], 99)).toEqual([])
})
