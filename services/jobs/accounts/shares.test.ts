import { describe, expect, test } from 'vitest'
import { finishRuns } from '../finish.ts'
import { tallyUse } from '../sql/shares.ts'
import { tendLanes } from '../tend.ts'
import { alice, bob, claim, gpu, leaseOf, operator, otherWorker, submitted, useBench, worker } from '../testing.ts'
import { findAccount, listAccounts, saveAccount } from './accounts.ts'

const bench = await useBench({ emptied: true })

const tend = () => tendLanes(bench.database.pool, bench.as(operator).announce, (empty) => empty)
const namesOf = (claims: { job: { name: string } }[]) => claims.map(({ job }) => job.name)

describe('accounts', () => {
  test('are there before anything is known of them, for those who may see them', async () => {
    const fresh = { id: 'team-a', weight: 1, maxGpus: null, gpusHeld: 0, jobsQueued: 0, recentShare: 0, dueShare: 0 }
    expect(await findAccount(bench.as(alice), 'team-a')).toMatchObject(fresh)
    expect(await findAccount(bench.as(operator), 'team-a')).toMatchObject(fresh)
    expect(await findAccount(bench.as(bob), 'team-a')).toBeNull()
    expect(await findAccount(bench.as(operator), 'a\0b')).toBeNull()
  })

  test('take turns, whoever came first with many', async () => {
    for (let i = 0; i < 4; i++) await submitted(bench, { name: `alice-${i}`, gpus: { count: 1 } }, alice)
    for (let i = 0; i < 4; i++) await submitted(bench, { name: `bob-${i}`, gpus: { count: 1 } }, bob)
    const claims = await claim(bench, worker, [gpu(1), gpu(2), gpu(3), gpu(4)], 0)
    expect(namesOf(claims).toSorted()).toEqual(['alice-0', 'alice-1', 'bob-0', 'bob-1'])
  })

  test('that used the GPUs of late let others go first', async () => {
    await submitted(bench, { name: 'alice-runs', gpus: { count: 1 } }, alice)
    const claims = await claim(bench, worker, [gpu(1)], 0)
    await bench.database.pool.query(`UPDATE tally SET counted_to = now() - interval '30 s'`)
    await tallyUse(bench.database.pool, 5)
    await finishRuns(
      bench.as(worker),
      claims.map((each) => ({ ...leaseOf(each), outcome: 'EXITED', exitCode: 0, logChunks: 1, endedMsAgo: 0 })),
    )
    const [used] = await listAccounts({ ...bench.as(operator) }).then((all) => all.filter(({ id }) => id === 'team-a'))
    expect(used).toMatchObject({ recentShare: 1, gpusHeld: 0 })
    await submitted(bench, { name: 'alice', gpus: { count: 1 } }, alice)
    await submitted(bench, { name: 'bob', gpus: { count: 1 } }, bob)
    expect(namesOf(await claim(bench, worker, [gpu(1)], 0))).toEqual(['bob'])
  })

  test('are tallied once, also by two processes at the same time', async () => {
    await submitted(bench, { gpus: { count: 1 } }, alice)
    await claim(bench, worker, [gpu(1)], 0)
    await bench.database.pool.query(`UPDATE tally SET counted_to = now() - interval '30 s'`)
    await Promise.all([1, 2, 3].map(() => tallyUse(bench.database.pool, 5)))
    const { rows } = await bench.database.pool.query('SELECT gpu_seconds FROM account_use')
    expect(rows).toHaveLength(1)
    expect(Math.round(rows[0].gpu_seconds)).toBe(30)
  })
})

describe('a limit of an account', () => {
  test('of GPUs and of runs is kept to, on all workers together', async () => {
    await saveAccount(bench.as(operator), { account: 'team-a', maxGpus: 3 })
    for (let i = 0; i < 6; i++) await submitted(bench, { gpus: { count: 1 } }, alice)
    const [first, second] = await Promise.all([
      claim(bench, worker, [gpu(1), gpu(2)], 0),
      claim(bench, otherWorker, [gpu(11), gpu(12)], 0),
    ])
    expect(first.length + second.length).toBe(3)
    await saveAccount(bench.as(operator), { account: 'team-a', maxRuns: 4 })
    for (let i = 0; i < 3; i++) await submitted(bench, {}, alice)
    const [, free] = [gpu(1), gpu(12)]
    expect(await claim(bench, otherWorker, [free], 5)).toHaveLength(1)
  })

  test('is set by operators alone, and within reason', async () => {
    await expect(saveAccount(bench.as(alice), { account: 'team-a', weight: 100 })).rejects.toThrow(/operator/)
    expect(await saveAccount(bench.as(operator), { account: 'team a', weight: 0 })).toMatchObject({
      problems: [{ path: 'account' }, { path: 'weight' }],
    })
  })

  test('and the share are seen by members and by those who run the place', async () => {
    await submitted(bench, {}, alice)
    await submitted(bench, {}, bob)
    await saveAccount(bench.as(operator), { account: 'team-b', weight: 3, maxGpus: 8 })
    expect(await listAccounts(bench.as(bob))).toMatchObject([
      { id: 'team-b', weight: 3, maxGpus: 8, maxRuns: null, jobsQueued: 1, dueShare: 0.75 },
    ])
    expect((await listAccounts(bench.as(operator))).map(({ id }) => id)).toEqual(
      expect.arrayContaining(['team-a', 'team-b']),
    )
  })
})

describe('a lane', () => {
  test('that has emptied is put aside, and comes back with its next job', async () => {
    await submitted(bench, { name: 'one' })
    await claim(bench, worker, [], 1)
    await tend()
    const active = async () =>
      (await bench.database.pool.query('SELECT count(*)::integer AS n FROM lanes WHERE active')).rows[0].n
    expect(await active()).toBe(0)
    await submitted(bench, { name: 'two' })
    expect(namesOf(await claim(bench, worker, [], 1))).toEqual(['two'])
  })

  test('that was put aside with a job in it is found again', async () => {
    await submitted(bench, { name: 'one' })
    await bench.database.pool.query('UPDATE lanes SET active = false')
    expect(await claim(bench, worker, [], 1)).toEqual([])
    bench.said.length = 0
    await tend()
    expect(bench.said).toEqual(['queueGrew'])
    expect(namesOf(await claim(bench, worker, [], 1))).toEqual(['one'])
  })
})
