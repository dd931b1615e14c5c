import { expect, test } from 'vitest'
import { eventsOfJob } from './listing/history.ts'
import { alice, manager, submitted, useBench } from './testing.ts'
import { updateJob } from './update.ts'

const bench = await useBench()

test('of many changes of the same version at the same time one is made, and the others are refused', async () => {
  const { id, version } = await submitted(bench)
  const names = Array.from({ length: 8 }, (_, i) => `name ${i}`)
  const ends = await Promise.allSettled(names.map((name) => updateJob(bench.as(alice), id, { name }, version)))
  const refused = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason.code] : []))
  expect(refused).toEqual(Array(7).fill('PRECONDITION_FAILED'))
  const { rows } = await bench.database.pool.query('SELECT name, version FROM jobs WHERE id = $1', [id])
  const winner = names[ends.findIndex(({ status }) => status === 'fulfilled')]
  expect(rows).toEqual([{ name: winner, version: version + 1 }])
})

test('a change that expects no version is made whatever has happened before', async () => {
  const { id } = await submitted(bench)
  await updateJob(bench.as(alice), id, { priority: 1 })
  expect(await updateJob(bench.as(alice), id, { priority: 2 })).toMatchObject({ job: { priority: 2, version: 3 } })
})

test('the history tells who changed a job, and the priority that it was given by that', async () => {
  const job = await submitted(bench)
  await updateJob(bench.as(alice), job.id, { priority: 7 })
  await updateJob(bench.as(manager), job.id, { name: 'renamed', priority: 7 })
  const events = await eventsOfJob(bench.as(alice), job)
  expect(events.map(({ type, by, priority }) => [type, by, priority])).toEqual([
    ['job.queued', null, null],
    ['job.changed', alice.id, 7],
    ['job.changed', manager.id, null],
  ])
})
