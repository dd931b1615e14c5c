import type { Principal } from '@constellation/platform/identity.ts'
import { describe, expect, test, vi } from 'vitest'
import { finishRun } from '../finish.ts'
import type { RunOutcome } from '../generated/resolvers.ts'
import {
  alice,
  analyst,
  bob,
  claimed,
  gpu,
  leaseOf,
  manager,
  operator,
  submitted,
  useBench,
  worker,
} from '../testing.ts'
import { countRuns, runsOfGpu } from './gpu-runs.ts'

const bench = await useBench({ emptied: true })

/** A run of this submitter's on these GPUs that has ended; the newest so far. */
async function ran(who: Principal, gpus: ReturnType<typeof gpu>[], outcome: RunOutcome = 'EXITED', exitCode = 0) {
  await submitted(bench, { gpus: { count: gpus.length } }, who)
  const claim = await claimed(bench, gpus)
  const exited = outcome === 'EXITED' ? { exitCode } : {}
  await finishRun(bench.as(worker), { ...leaseOf(claim), outcome, ...exited, logChunks: 1, endedMsAgo: 0 })
  // What goes back to the queue would be claimed again.
  await bench.database.pool.query('TRUNCATE queue')
  return claim.run.id
}

const ofGpu = (number: number, first: number, after: string | null = null, who: Principal = operator) =>
  runsOfGpu(bench.as(who), gpu(number), first, after)

describe('the runs of a GPU', () => {
  test('come by pages, the newest first, and a run that comes in between moves none of them', async () => {
    const ids: string[] = []
    for (let i = 0; i < 5; i++) ids.unshift(await ran(alice, [gpu(1)]))
    const first = await ofGpu(1, 2)
    expect(first.nodes.map(({ id }) => id)).toEqual(ids.slice(0, 2))
    expect(first.pageInfo.hasNextPage).toBe(true)
    await ran(alice, [gpu(1)])
    const second = await ofGpu(1, 2, first.pageInfo.endCursor)
    expect(second.nodes.map(({ id }) => id)).toEqual(ids.slice(2, 4))
    const third = await ofGpu(1, 2, second.pageInfo.endCursor)
    expect(third).toMatchObject({ nodes: [{ id: ids[4] }], pageInfo: { hasNextPage: false } })
    expect(await ofGpu(1, 2, third.pageInfo.endCursor)).toEqual({
      nodes: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    })
  })

  test('hold those that it shared with other GPUs, and the one that it has now', async () => {
    const both = await ran(alice, [gpu(1), gpu(2)])
    await submitted(bench, { gpus: { count: 1 } })
    const { run } = await claimed(bench, [gpu(2)])
    expect((await ofGpu(1, 5)).nodes.map(({ id }) => id)).toEqual([both])
    expect((await ofGpu(2, 5)).nodes.map(({ id }) => id)).toEqual([run.id, both])
  })

  test('are those that the asker may see', async () => {
    const ofAlice = await ran(alice, [gpu(1)])
    const ofBob = await ran(bob, [gpu(1)])
    const seenBy = async (who: Principal) => (await ofGpu(1, 5, null, who)).nodes.map(({ id }) => id)
    expect(await seenBy(alice)).toEqual([ofAlice])
    expect(await seenBy(bob)).toEqual([ofBob])
    expect(await seenBy(manager)).toEqual([ofAlice])
    expect(await seenBy(analyst)).toEqual([ofBob, ofAlice])
    expect(await seenBy(worker)).toEqual([])
  })

  test('of others are passed over a thousand at a time, and the next page goes on behind them', async () => {
    const mine = await ran(alice, [gpu(1)])
    await ran(bob, [gpu(1)])
    await bench.database.pool.query(
      `INSERT INTO run_gpus (run_id, position, gpu_id, gpu_uuid, model, simulated, held, account)
       SELECT uuidv7(), 0, $1, 'GPU-1', 'm', true, false, 'team-b' FROM generate_series(1, 1000)`,
      [gpu(1).id],
    )
    const first = await ofGpu(1, 5, null, alice)
    expect(first).toMatchObject({ nodes: [], pageInfo: { hasNextPage: true } })
    expect(await ofGpu(1, 5, first.pageInfo.endCursor, alice)).toMatchObject({
      nodes: [{ id: mine }],
      pageInfo: { hasNextPage: false },
    })
  })

  test('are asked about in bounds', async () => {
    await expect(ofGpu(1, 0)).rejects.toThrow('must be from 1 to 100')
    await expect(ofGpu(1, 101)).rejects.toThrow('must be from 1 to 100')
    await expect(ofGpu(1, 1, 'nonsense')).rejects.toThrow('is no cursor')
    expect((await runsOfGpu(bench.as(operator), { id: 'no uuid' }, 1, null)).nodes).toEqual([])
  })
})

describe('the ends of a GPU’s runs', () => {
  const counts = (number: number, days = 30, who = alice) => countRuns(bench.as(who), gpu(number), days)
  const none = { completed: 0, failed: 0, cancelled: 0, preempted: 0, lost: 0, gpuFailed: 0 }

  test('are counted by their kind, whoever’s the runs were; one that lives is not', async () => {
    await ran(bob, [gpu(1)])
    await ran(alice, [gpu(1), gpu(2)], 'EXITED', 1)
    await ran(alice, [gpu(1)], 'IDLE')
    await ran(alice, [gpu(1)], 'CANCELLED')
    await ran(alice, [gpu(1)], 'PREEMPTED')
    await ran(alice, [gpu(1)], 'RELEASED')
    await ran(alice, [gpu(1)], 'GPU_FAILED')
    await submitted(bench, { gpus: { count: 1 } })
    await claimed(bench, [gpu(1)])
    expect(await counts(1)).toEqual({ completed: 1, failed: 2, cancelled: 1, preempted: 1, lost: 1, gpuFailed: 1 })
    expect(await counts(2)).toEqual({ ...none, failed: 1 })
    expect(await counts(3)).toEqual(none)
  })

  test('are those of the last days, from 1 to 365', async () => {
    await ran(alice, [gpu(1)])
    await bench.database.pool.query(`UPDATE run_gpus SET run_id = uuidv7(interval '-30 days' + interval '1 minute')`)
    expect(await counts(1)).toEqual({ ...none, completed: 1 })
    await bench.database.pool.query(`UPDATE run_gpus SET run_id = uuidv7(interval '-30 days' - interval '1 minute')`)
    expect(await counts(1)).toEqual(none)
    expect(await counts(1, 31)).toEqual({ ...none, completed: 1 })
    await expect(counts(1, 0)).rejects.toThrow('must be from 1 to 365')
    await expect(counts(1, 366)).rejects.toThrow('must be from 1 to 365')
  })
})

test('a fleet costs no more questions than one GPU', async () => {
  for (let i = 1; i <= 3; i++) await ran(alice, [gpu(i)])
  const asked = vi.spyOn(bench.database.pool, 'query')
  try {
    const context = bench.as(operator)
    const fleet = Array.from({ length: 100 }, (_, i) => gpu(i))
    const pages = Promise.all(fleet.map((one) => runsOfGpu(context, one, 20, null)))
    const counts = Promise.all(fleet.map((one) => countRuns(context, one, 30)))
    expect((await pages).map(({ nodes }) => nodes.length).slice(0, 5)).toEqual([0, 1, 1, 1, 0])
    expect((await counts).map(({ completed }) => completed).slice(0, 5)).toEqual([0, 1, 1, 1, 0])
    // One for all pages, one for all counts; MikroORM, which loads the runs, has connections of its own.
    expect(asked).toHaveBeenCalledTimes(2)
  } finally {
    asked.mockRestore()
  }
})
