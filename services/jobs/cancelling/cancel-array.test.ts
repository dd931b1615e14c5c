import { expect, test } from 'vitest'
import { eventsOfJob } from '../listing/history.ts'
import { listJobs } from '../listing/list.ts'
import { submitJobs } from '../submit.ts'
import { alice, analyst, bob, claim, manager, useBench, worker } from '../testing.ts'
import { cancelArray } from './cancel-array.ts'

const bench = await useBench({ emptied: true })

const one = { command: ['true'] }

async function array(size: number): Promise<string> {
  const result = await submitJobs(bench.as(alice), [
    { ...one, name: 'part', ref: 'parts', array: { count: size, maxParallel: 2 } },
    { ...one, name: 'needs', dependsOn: ['parts'] },
    { ...one, name: 'follows', after: ['parts'] },
  ])
  if ('problems' in result || result.job.arrayId == null) throw new Error('no array')
  return result.job.arrayId
}

test('what waits ends at once with what needed it, what runs is asked to, and its worker is told', async () => {
  const id = await array(4)
  await claim(bench, worker, [], 1)
  bench.said.length = 0
  const jobs = await cancelArray(bench.as(manager), id)
  expect(jobs.map(({ state, cancelRequested }) => [state, cancelRequested])).toEqual([
    ['queued', true],
    ['cancelled', true],
    ['cancelled', true],
    ['cancelled', true],
  ])
  expect(jobs[3]?.reason).toBe('Cancelled by mona.')
  expect(bench.said).toEqual(['changed', 'lookAtRuns worker-1'])
  const events = await Promise.all(jobs.map((job) => eventsOfJob(bench.as(alice), job)))
  expect(events.map((all) => all.at(-1)?.type)).toEqual([
    'job.cancelling',
    'job.cancelled',
    'job.cancelled',
    'job.cancelled',
  ])
  const { nodes } = await listJobs(bench.as(alice), { filter: { name: 's' } }, 10, null)
  expect(nodes.map(({ name, state }) => [name, state])).toEqual([
    ['follows', 'queued'],
    ['needs', 'cancelled'],
  ])
})

test('to cancel it again changes nothing', async () => {
  const id = await array(3)
  const first = await cancelArray(bench.as(alice), id)
  expect(await cancelArray(bench.as(alice), id)).toEqual(first)
  expect(await claim(bench, worker, [], 9)).toMatchObject([{ job: { name: 'follows' } }])
})

test('the array of another, and one that is not there, look the same', async () => {
  const id = await array(1)
  await expect(cancelArray(bench.as(bob), id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(cancelArray(bench.as(bob), 'nothing')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(cancelArray(bench.as(analyst), id)).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('its jobs are found by it', async () => {
  const id = await array(3)
  const found = await listJobs(bench.as(alice), { filter: { array: id } }, 10, null)
  expect(found.nodes.map(({ name }) => name)).toEqual(['part[2]', 'part[1]', 'part[0]'])
  expect((await listJobs(bench.as(alice), { filter: { array: 'nothing' } }, 10, null)).nodes).toEqual([])
})
