import { beforeEach, describe, expect, test } from 'vitest'
import { saveAccount } from '../accounts/accounts.ts'
import type { Kind } from '../sql/queue-lanes.ts'
import { alice, analyst, bob, claim, empty, gpu, manager, operator, submitted, useBench, worker } from '../testing.ts'
import { gpusFreeAt } from './gpus-free-at.ts'
import { listQueue } from './list-queue.ts'
import { moveJob } from './move-job.ts'
import { readQueue } from './queue-view.ts'
import { createViews } from './queue-views.ts'

const bench = await useBench()
beforeEach(async () => {
  await empty(bench)
  await bench.database.pool.query('TRUNCATE sightings, known_gpus, known_workers')
  await bench.database.pool.query('INSERT INTO sightings (worker_id, slots) VALUES ($1, 2)', [worker.id])
  // All that there is, is in use.
  await submitted(bench, { gpus: { count: 1 }, timeoutSeconds: 600 })
  await claim(bench, worker, [gpu(1)], 0)
})

const one = { gpus: { count: 1 } }

function listed(kind: Kind, who = operator, first = 100, after?: string) {
  const views = createViews((each) => readQueue(bench.database.pool, each, 45_000))
  return listQueue(bench.as(who), kind, first, after, views)
}

async function names(who = operator, first = 100, after?: string) {
  const { nodes, pageInfo } = await listed('gpus', who, first, after)
  return { names: nodes.map(({ name }) => name), ...pageInfo }
}

describe('the list of what waits', () => {
  test('is in the order of the policy, with what is not in line at its end', async () => {
    await submitted(bench, { ...one, name: 'usual' })
    await submitted(bench, { ...one, name: 'never', gpus: { count: 1, model: 'H200' } })
    const before = await submitted(bench, { ...one, name: 'urgent', priority: 9 })
    await submitted(bench, { ...one, name: 'dependent', dependsOn: [before.id], priority: 99 })
    await submitted(bench, { ...one, name: 'tomorrow', startAt: '2099-01-01T00:00:00.000Z' })
    await submitted(bench, { name: 'without a GPU' })
    expect((await names()).names).toEqual(['urgent', 'usual', 'never', 'tomorrow', 'dependent'])
    const { nodes } = await listed('slots')
    expect(nodes.map(({ name }) => name)).toEqual(['without a GPU'])
  })

  test('has a job that has just come in its place', async () => {
    const views = createViews((kind) => readQueue(bench.database.pool, kind, 45_000))
    await submitted(bench, { ...one, name: 'usual' })
    const stale = await views.recent('gpus')
    await submitted(bench, { ...one, name: 'urgent', priority: 9 })
    const old = { ...views, recent: async () => stale }
    const { nodes } = await listQueue(bench.as(operator), 'gpus', 100, null, old)
    expect(nodes.map(({ name }) => name)).toEqual(['urgent', 'usual'])
  })

  test('shows each the jobs that they may see', async () => {
    await submitted(bench, { ...one, name: 'of alice' })
    await submitted(bench, { ...one, name: 'of bob', gpus: { count: 1, model: 'H200' } }, bob)
    expect((await names(alice)).names).toEqual(['of alice'])
    expect((await names(bob)).names).toEqual(['of bob'])
    expect((await names(manager)).names).toEqual(['of alice'])
    expect((await names(analyst)).names).toEqual(['of alice', 'of bob'])
  })

  test('comes in pages, over what is in line and what is not', async () => {
    for (const name of ['a', 'b', 'c']) await submitted(bench, { ...one, name })
    for (const name of ['x', 'y']) await submitted(bench, { name, gpus: { count: 1, model: 'H200' } })
    const read: string[] = []
    let after: string | undefined
    for (let page = 0; page < 3; page++) {
      const { names: some, hasNextPage, endCursor } = await names(operator, 2, after)
      read.push(...some)
      expect(hasNextPage).toBe(page < 2)
      after = endCursor ?? undefined
    }
    expect(read).toEqual(['a', 'b', 'c', 'x', 'y'])
    await expect(names(operator, 501)).rejects.toThrow()
    await expect(names(operator, 2, 'nonsense')).rejects.toThrow()
  })
})

describe('a job is moved', () => {
  test('before and after another one, by its priority', async () => {
    const [a, b, c] = [
      await submitted(bench, { ...one, name: 'a' }),
      await submitted(bench, { ...one, name: 'b' }),
      await submitted(bench, { ...one, name: 'c' }),
    ]
    expect(await moveJob(bench.as(alice), c.id, 'before', a.id)).toMatchObject({ job: { priority: 1 } })
    expect((await names()).names).toEqual(['c', 'a', 'b'])
    await moveJob(bench.as(alice), a.id, 'after', b.id)
    expect((await names()).names).toEqual(['c', 'b', 'a'])
  })

  test('by those alone who may change it, and not past one of somebody else that they may not see', async () => {
    const own = await submitted(bench, { ...one, name: 'a' })
    const theirs = await submitted(bench, { ...one, name: 'b' }, bob)
    const refused = { code: 'NOT_FOUND' }
    await expect(moveJob(bench.as(alice), theirs.id, 'before', own.id)).rejects.toMatchObject(refused)
    await expect(moveJob(bench.as(alice), own.id, 'after', theirs.id)).rejects.toMatchObject(refused)
    expect((await names()).names).toEqual(['b', 'a'])
    await moveJob(bench.as(operator), own.id, 'before', theirs.id)
    expect((await names()).names).toEqual(['a', 'b'])
  })

  test('no further than priorities go', async () => {
    const first = await submitted(bench, { ...one, name: 'a', priority: 1000 })
    const next = await submitted(bench, { ...one, name: 'b', priority: 1000 })
    const problems = [{ path: '', message: 'No priority from -1000 to 1000 brings it before job a.' }]
    expect(await moveJob(bench.as(alice), next.id, 'before', first.id)).toEqual({ problems })
  })

  test('only while both are in line for the same', async () => {
    const own = await submitted(bench, { ...one, name: 'a' })
    const slot = await submitted(bench, { name: 'b' })
    const problems = [{ path: '', message: 'Job b is not in line there now.' }]
    expect(await moveJob(bench.as(alice), own.id, 'before', slot.id)).toEqual({ problems })
    await saveAccount(bench.as(operator), { account: 'team-a', maxGpus: 1 })
    const other = await submitted(bench, { ...one, name: 'c' })
    expect(await moveJob(bench.as(alice), own.id, 'before', other.id)).toHaveProperty('problems')
  })
})

test('a GPU that is held says when its run must have ended', async () => {
  const views = createViews((kind) => readQueue(bench.database.pool, kind, 45_000))
  await claim(bench, worker, [gpu(2)], 0)
  const [held, free, unknown] = await gpusFreeAt(views, [gpu(1).id.toUpperCase(), gpu(2).id, gpu(3).id])
  expect(Math.abs((held?.getTime() ?? 0) - Date.now() - 600_000)).toBeLessThan(10_000)
  expect([free, unknown]).toEqual([null, null])
})
