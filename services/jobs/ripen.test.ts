import { expect, test } from 'vitest'
import { ripen, startRipening } from './ripen.ts'
import { alice, claim, log, submitted, useBench, worker } from './testing.ts'

const bench = await useBench({ emptied: true })

const claimable = async () => (await claim(bench, worker, [], 100)).map(({ job }) => job.name)
const comes = (name: string) =>
  bench.database.pool.query(
    `UPDATE queue SET not_before = now() - interval '1 s' WHERE job_id = (SELECT id FROM jobs WHERE name = $1)`,
    [name],
  )

test('a job is not claimed before its start time, and is afterwards', async () => {
  const job = await submitted(bench, { name: 'later', startAt: new Date(Date.now() + 3_600_000).toISOString() })
  await submitted(bench, { name: 'past', startAt: '2020-01-01T00:00:00.000Z' })
  expect(job.startAt?.getTime()).toBeGreaterThan(Date.now())
  expect(await claimable()).toEqual(['past'])
  expect(await ripen(bench.database.pool)).toEqual({ ripened: 0, queueGrew: false })
  await comes('later')
  expect(await ripen(bench.database.pool)).toEqual({ ripened: 1, queueGrew: true })
  expect(await claimable()).toEqual(['later'])
})

test('a job that waits for another too is not claimed by its time alone', async () => {
  const first = await submitted(bench, { name: 'first' })
  const startAt = new Date(Date.now() + 3_600_000).toISOString()
  await submitted(bench, { name: 'later', startAt, dependsOn: [first.id] })
  await comes('later')
  expect(await ripen(bench.database.pool)).toEqual({ ripened: 1, queueGrew: false })
  expect(await claimable()).toEqual(['first'])
})

test('a job does not grow older in the queue before its start time', async () => {
  const startAt = new Date(Date.now() + 3_600_000)
  await submitted(bench, { name: 'later', startAt: startAt.toISOString(), priority: 1 })
  const { rows } = await bench.database.pool.query('SELECT place FROM queue')
  expect(new Date(rows[0].place)).toEqual(new Date(startAt.getTime() - 600_000))
})

test('many ripen once each, however many look', async () => {
  const startAt = new Date(Date.now() + 3_600_000).toISOString()
  await submitted(bench, { array: { count: 2_500 }, startAt })
  await bench.database.pool.query("UPDATE queue SET not_before = now() - interval '1 s'")
  const turns = await Promise.all(Array.from({ length: 6 }, () => ripen(bench.database.pool)))
  const left = await ripen(bench.database.pool)
  expect(turns.reduce((sum, { ripened }) => sum + ripened, left.ripened)).toBe(2_500)
})

test('workers are told when the time has come', async () => {
  await submitted(bench, { name: 'soon', startAt: new Date(Date.now() + 300).toISOString() })
  const { promise, resolve } = Promise.withResolvers<void>()
  const { pool } = bench.database
  const announce = { ...bench.as(alice).announce, queueGrew: resolve }
  const ripening = startRipening({ pool, announce, log })
  await promise
  await ripening.stop()
  expect(await claimable()).toEqual(['soon'])
})
