import { describe, expect, test } from 'vitest'
import { cancelJob } from '../cancelling/cancel.ts'
import { alice, analyst, bob, manager, operator, submitted, useBench, worker } from '../testing.ts'
import { updateJob } from '../update.ts'
import { listJobs } from './list.ts'

const bench = await useBench()

describe('who may see and change a job', () => {
  test.each([
    ['its submitter', alice, true],
    ['another user', bob, false],
    ['the manager of its account', manager, true],
    ['an analyst', analyst, true],
    ['an operator', operator, true],
    ['a worker', worker, false],
  ])('%s: %o sees it: %s', async (_, who, sees) => {
    const job = await submitted(bench, { name: 'seen?' })
    expect((await bench.as(who).loaders.job.load(job.id)) !== null).toBe(sees)
    const { nodes } = await listJobs(bench.as(who), { filter: { name: 'SEEN' } }, 500, null)
    expect(nodes.some((node) => node.id === job.id)).toBe(sees)
  })

  test('for another, the job of a stranger and a job that is not there look the same', async () => {
    const job = await submitted(bench)
    await expect(cancelJob(bench.as(bob), job.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(cancelJob(bench.as(bob), '00000000-0000-7000-8000-000000000000')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(cancelJob(bench.as(bob), 'no uuid')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(cancelJob(bench.as(analyst), job.id)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('a waiting job is cancelled at once, its priority may change until then', async () => {
    const job = await submitted(bench)
    expect(await updateJob(bench.as(alice), job.id, { priority: 7, name: 'renamed' })).toMatchObject({
      job: { priority: 7, name: 'renamed' },
    })
    expect(await cancelJob(bench.as(alice), job.id)).toMatchObject({
      state: 'cancelled',
      reason: 'Cancelled by alice.',
    })
    await expect(updateJob(bench.as(alice), job.id, { priority: 1 })).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await cancelJob(bench.as(alice), job.id)).toMatchObject({ state: 'cancelled', version: 3 })
  })
})

describe('a list', () => {
  test('comes by pages, newest first, with nothing doubled or left out', async () => {
    const ids: string[] = []
    for (let i = 0; i < 7; i++) ids.push((await submitted(bench, { name: 'paged' })).id)
    const seen: string[] = []
    let after: string | null = null
    do {
      const page = await listJobs(bench.as(alice), { filter: { name: 'paged' } }, 3, after)
      seen.push(...page.nodes.map((node) => node.id))
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
    } while (after !== null)
    expect(seen).toEqual(ids.toReversed())
  })

  test('refuses what is no cursor and a page that is too large', async () => {
    await expect(listJobs(bench.as(alice), {}, 10, 'bm9uZQ')).rejects.toMatchObject({ problems: [{ path: 'after' }] })
    await expect(listJobs(bench.as(alice), {}, 1_001, null)).rejects.toMatchObject({ problems: [{ path: 'first' }] })
  })
})
