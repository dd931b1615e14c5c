import { inTransaction } from '@constellation/platform/database/database.ts'
import { describe, expect, test } from 'vitest'
import { cancelJob } from '../cancelling/cancel.ts'
import type { Job } from '../entities.ts'
import { finishRun } from '../finish.ts'
import { eventsOfJob } from '../listing/history.ts'
import type { Claim } from '../sql/bind.ts'
import { submitJob, submitJobs } from '../submit.ts'
import { alice, bob, claim, leaseOf, submitted, useBench, worker } from '../testing.ts'
import { settleDependents } from './release-dependents.ts'

const bench = await useBench({ emptied: true })

/** Ends these jobs, as finishing and cancelling do. */
function end(state: 'completed' | 'failed' | 'cancelled', ...jobs: readonly Pick<Job, 'id'>[]) {
  return inTransaction(bench.database.pool, async (client) => {
    const ids = jobs.map(({ id }) => id)
    await client.query('DELETE FROM queue WHERE job_id = ANY ($1)', [ids])
    await client.query('UPDATE jobs SET state = $2, finished_at = now() WHERE id = ANY ($1)', [ids, state])
    return settleDependents(client, ids)
  })
}

async function batch(inputs: Parameters<typeof submitJobs>[1]): Promise<Job[]> {
  const result = await submitJobs(
    bench.as(alice),
    inputs.map((input) => ({ command: ['true'], ...input })),
  )
  if ('problems' in result) throw new Error(JSON.stringify(result.problems))
  return result.jobs
}

const claimable = async () => (await claim(bench, worker, [], 100)).map(({ job }) => job.name)
const now = (id: string) => bench.as(alice).loaders.job.load(id)
const problemsOf = async (input: Parameters<typeof submitJob>[1], who = alice) => {
  const result = await submitJob(bench.as(who), { command: ['true'], ...input })
  return 'problems' in result ? result.problems : []
}

describe('a job that waits for others', () => {
  test('is claimed when all of them have completed, and not before', async () => {
    const [a, b] = await batch([{ name: 'a' }, { name: 'b' }])
    if (!a || !b) throw new Error('nothing was submitted')
    await submitted(bench, { name: 'c', dependsOn: [a.id, b.id] })
    expect(await claimable()).toEqual(['a', 'b'])
    expect(await end('completed', a)).toEqual({ queueGrew: false })
    expect(await claimable()).toEqual([])
    expect(await end('completed', b)).toEqual({ queueGrew: true })
    expect(await claimable()).toEqual(['c'])
  })

  test('by after is claimed whatever the end was', async () => {
    const a = await submitted(bench, { name: 'a' })
    await submitted(bench, { name: 'b', after: [a.id] })
    await claimable()
    expect(await end('failed', a)).toEqual({ queueGrew: true })
    expect(await claimable()).toEqual(['b'])
  })

  test('is claimed at once where what it names has ended before', async () => {
    const [done, failed] = await batch([{ name: 'done' }, { name: 'failed' }])
    if (!done || !failed) throw new Error('nothing was submitted')
    await claimable()
    await end('completed', done)
    await end('failed', failed)
    const job = await submitted(bench, { name: 'c', dependsOn: [done.id.toUpperCase()], after: [failed.id] })
    expect(await claimable()).toEqual(['c'])
    const { loaders } = bench.as(alice)
    expect((await loaders.dependsOn.load(job.id)).map(({ name }) => name)).toEqual(['done'])
    expect((await loaders.after.load(job.id)).map(({ name }) => name)).toEqual(['failed'])
    expect((await loaders.dependents.load(done.id)).map(({ id }) => id)).toEqual([job.id])
  })

  test('is released exactly once by many that end at the same time', async () => {
    const jobs = await batch(Array.from({ length: 40 }, (_, i) => ({ name: `p${i}`, ref: `p${i}` })))
    const refs = jobs.map(({ id }) => id)
    await submitted(bench, { name: 'last', dependsOn: refs })
    await submitted(bench, { name: 'last, too', after: refs.toReversed() })
    await claim(bench, worker, [], 100)
    const grew = await Promise.all(jobs.map((job) => end('completed', job)))
    expect(grew.filter(({ queueGrew }) => queueGrew).length).toBeGreaterThan(0)
    const { rows } = await bench.database.pool.query('SELECT waiting_on FROM queue')
    expect(rows.map(({ waiting_on }) => waiting_on)).toEqual([0, 0])
  })

  test('misses no end that comes while it is being submitted', async () => {
    for (let round = 0; round < 20; round++) {
      const a = await submitted(bench, { name: 'a' })
      await claimable()
      const [, b] = await Promise.all([end('completed', a), submitted(bench, { name: 'b', dependsOn: [a.id] })])
      expect(await claimable()).toEqual(['b'])
      expect((await now(b.id))?.dependencies).toBe(1)
    }
  })
})

describe('a failure', () => {
  test('cancels all descendants, each with the reason, and lets those go on that only waited for an end', async () => {
    const [a, b, c, after, other] = await batch([
      { name: 'a', ref: 'a' },
      { name: 'b', ref: 'b', dependsOn: ['a'] },
      { name: 'c', dependsOn: ['b'] },
      { name: 'after', after: ['b'] },
      { name: 'other' },
    ])
    if (!a || !b || !c || !after || !other) throw new Error('nothing was submitted')
    await claimable()
    expect(await end('failed', a)).toEqual({ queueGrew: true })
    expect(await now(b.id)).toMatchObject({
      state: 'cancelled',
      unsuccessful: true,
      cancelRequested: false,
      reason: `Job a (${a.id}), which it depends on, failed.`,
      version: 2,
    })
    expect(await now(c.id)).toMatchObject({
      state: 'cancelled',
      reason: `Job b (${b.id}), which it depends on, was cancelled.`,
    })
    expect((await eventsOfJob(bench.as(alice), c)).map(({ type }) => type)).toEqual(['job.queued', 'job.cancelled'])
    expect(await now(other.id)).toMatchObject({ state: 'queued' })
    expect(await claimable()).toEqual(['after'])
  })

  test('of one of two parents cancels the child once, though both fail at the same time', async () => {
    const [a, b, child] = await batch([{ ref: 'a' }, { ref: 'b' }, { name: 'child', dependsOn: ['a', 'b'] }])
    if (!a || !b || !child) throw new Error('nothing was submitted')
    await claimable()
    await Promise.all([end('failed', a), end('failed', b)])
    expect((await eventsOfJob(bench.as(alice), child)).map(({ type }) => type)).toEqual(['job.queued', 'job.cancelled'])
  })

  test('of the first cancels a chain of a thousand', async () => {
    const jobs = await batch(
      Array.from({ length: 1000 }, (_, i) => ({ ref: `j${i}`, dependsOn: i === 0 ? null : [`j${i - 1}`] })),
    )
    const [first] = jobs
    if (!first) throw new Error('nothing was submitted')
    await claimable()
    await end('cancelled', first)
    const { rows } = await bench.database.pool.query(
      "SELECT count(*)::integer AS n FROM jobs WHERE state = 'cancelled'",
    )
    expect(rows[0].n).toBe(1000)
  })
})

describe('what cannot be waited for is a problem of its field', () => {
  test('a job that is not there, or that one may not see', async () => {
    const job = await submitted(bench)
    expect(await problemsOf({ dependsOn: [job.id] }, bob)).toEqual([
      { path: 'dependsOn.0', message: 'there is no such job' },
    ])
    expect(await problemsOf({ after: [job.id, 'nothing'] })).toMatchObject([{ path: 'after.1' }])
  })

  test('a job that has failed, or was cancelled', async () => {
    const a = await submitted(bench, { name: 'a' })
    await cancelJob(bench.as(alice), a.id)
    expect(await problemsOf({ dependsOn: [a.id] })).toEqual([
      { path: 'dependsOn.0', message: 'a has been cancelled, so this would never start' },
    ])
  })

  test('in a batch, with the position of its input; and then nothing of it is stored', async () => {
    const result = await submitJobs(bench.as(alice), [
      { command: ['true'], ref: 'a' },
      { command: ['true'], dependsOn: ['a', 'b'] },
    ])
    expect(result).toMatchObject({ problems: [{ path: 'inputs.1.dependsOn.1' }] })
    expect(await claimable()).toEqual([])
  })
})

test('an array runs so many at a time, in order', async () => {
  const result = await submitJob(bench.as(alice), {
    command: ['true'],
    name: 'part',
    array: { count: 5, maxParallel: 2 },
  })
  if ('problems' in result) throw new Error('not accepted')
  const [first, second, third] = result.jobs
  if (!first || !second || !third) throw new Error('nothing was submitted')
  expect(result.jobs.map(({ arrayIndex, arraySize }) => [arrayIndex, arraySize])).toEqual(
    [0, 1, 2, 3, 4].map((i) => [i, 5]),
  )
  expect(new Set(result.jobs.map(({ arrayId }) => arrayId)).size).toBe(1)
  expect(await claimable()).toEqual(['part[0]', 'part[1]'])
  await end('failed', first)
  expect(await claimable()).toEqual(['part[2]'])
  await end('completed', second, third)
  expect(await claimable()).toEqual(['part[3]', 'part[4]'])
})

test('a job that waits for an array waits for all of it', async () => {
  const [one, two, last] = await batch([
    { name: 'a', ref: 'a', array: { count: 2 } },
    { name: 'last', dependsOn: ['a'] },
  ])
  if (!one || !two || !last) throw new Error('nothing was submitted')
  expect(await claimable()).toEqual(['a[0]', 'a[1]'])
  await end('completed', one)
  expect(await claimable()).toEqual([])
  await end('completed', two)
  expect(await claimable()).toEqual(['last'])
})

describe('through the whole life of a job', () => {
  const report = (found: Claim, exitCode: number) =>
    finishRun(bench.as(worker), { ...leaseOf(found), outcome: 'EXITED', exitCode, endedMsAgo: 0, logChunks: 0 })

  test('an end that its worker reports releases what waited, or cancels it', async () => {
    await batch([
      { name: 'a', ref: 'a' },
      { name: 'b', ref: 'b', dependsOn: ['a'] },
      { name: 'c', dependsOn: ['b'] },
    ])
    const [a] = await claim(bench, worker, [], 9)
    if (!a) throw new Error('nothing was claimed')
    await report(a, 0)
    expect(bench.said.at(-1)).toBe('queueGrew')
    const [b] = await claim(bench, worker, [], 9)
    if (!b) throw new Error('nothing was claimed')
    expect(b.job.name).toBe('b')
    await report(b, 1)
    const { rows } = await bench.database.pool.query('SELECT state FROM jobs ORDER BY name')
    expect(rows.map(({ state }) => state)).toEqual(['completed', 'failed', 'cancelled'])
  })

  test('a failure that is tried again keeps them waiting, and the next attempt waits for its pause', async () => {
    await batch([
      { name: 'a', ref: 'a', maxRetries: 1, retry: { backoffSeconds: 60 } },
      { name: 'b', dependsOn: ['a'] },
    ])
    const [a] = await claim(bench, worker, [], 9)
    if (!a) throw new Error('nothing was claimed')
    await report(a, 1)
    expect(await claimable()).toEqual([])
    const { rows } = await bench.database.pool.query(
      `SELECT why_not_before AS why, extract(epoch FROM not_before - now())::integer AS seconds FROM queue
       WHERE not_before IS NOT NULL`,
    )
    expect(rows).toEqual([{ why: 'backoff', seconds: expect.closeTo(60, -1) }])
  })

  test('a cancelled job takes its descendants along', async () => {
    const [a, b] = await batch([{ ref: 'a' }, { dependsOn: ['a'] }])
    if (!a || !b) throw new Error('nothing was submitted')
    await cancelJob(bench.as(alice), a.id)
    expect(await now(b.id)).toMatchObject({ state: 'cancelled' })
  })
})
