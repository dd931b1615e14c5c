import { describe, expect, test } from 'vitest'
import { claimRuns } from './claim.ts'
import { finishRun } from './finish.ts'
import { alice, claim, claimed, gpu, leaseOf, otherWorker, submitted, useBench, worker } from './testing.ts'

const bench = await useBench({ emptied: true })

describe('a claim', () => {
  test('gives the job of the highest priority first, and the oldest of those', async () => {
    await submitted(bench, { name: 'old' })
    await submitted(bench, { name: 'new' })
    await submitted(bench, { name: 'urgent', priority: 5 })
    const claims = await claim(bench, worker, [], 10)
    expect(claims.map(({ job }) => job.name)).toEqual(['urgent', 'old', 'new'])
  })

  test('takes no more than the slots', async () => {
    for (let i = 0; i < 5; i++) await submitted(bench)
    expect(await claim(bench, worker, [], 2)).toHaveLength(2)
    expect(await claim(bench, worker, [], 10)).toHaveLength(3)
  })

  test('binds the GPUs that the job asks for, and leaves a job that they do not suit', async () => {
    await submitted(bench, { name: 'other model', gpus: { count: 1, model: 'H100' } })
    await submitted(bench, { name: 'too large', gpus: { count: 1, minMemoryMb: 100_000 } })
    await submitted(bench, { name: 'too many', gpus: { count: 3 } })
    await submitted(bench, { name: 'fits', gpus: { count: 2, model: 'a100', minMemoryMb: 80_000 } })
    const claims = await claim(bench, worker, [gpu(1), gpu(2)], 4)
    expect(claims.map(({ job, gpus }) => [job.name, gpus.map((each) => each.uuid)])).toEqual([
      ['fits', ['GPU-1', 'GPU-2']],
    ])
  })

  test('does not bind a GPU that a live run holds, whatever the worker says', async () => {
    await submitted(bench, { gpus: { count: 1 } })
    await submitted(bench, { gpus: { count: 1 } })
    await claimed(bench, [gpu(1)])
    expect(await claim(bench, worker, [gpu(1)], 1)).toEqual([])
    expect(await claim(bench, otherWorker, [gpu(1)], 1)).toEqual([])
  })

  test('is not held up by jobs at the head of the queue that no GPU of this worker can serve', async () => {
    for (let i = 0; i < 30; i++) await submitted(bench, { gpus: { count: 2, model: i % 2 ? 'H100' : 'A100' } })
    await submitted(bench, { name: 'fits', gpus: { count: 1 } })
    const gpus = [gpu(1, { model: 'A100' }), gpu(2, { model: 'H100' })]
    const claims = await claim(bench, worker, gpus, 0)
    expect(claims.map(({ job }) => job.name)).toEqual(['fits'])
  })

  test('keeps the order of the queue across different kinds of request', async () => {
    await submitted(bench, { name: 'first', gpus: { count: 1, model: 'Simulated' } })
    await submitted(bench, { name: 'second', gpus: { count: 1 } })
    await submitted(bench, { name: 'urgent', gpus: { count: 1, minMemoryMb: 1000 }, priority: 1 })
    const claims = await claim(bench, worker, [gpu(1), gpu(2), gpu(3)], 0)
    expect(claims.map(({ job }) => job.name)).toEqual(['urgent', 'first', 'second'])
  })

  test('keeps GPUs for a job that needs several, which get there although small jobs go on coming', async () => {
    await submitted(bench, { name: 'small-1', gpus: { count: 1 } })
    const [first] = await claim(bench, worker, [gpu(1), gpu(2)], 0)
    if (!first) throw new Error('nothing was claimed')
    await submitted(bench, { name: 'gang', gpus: { count: 2 } })
    await submitted(bench, { name: 'small-2', gpus: { count: 1 } })
    const free = [gpu(1), gpu(2)].filter((each) => !first.gpus.some(({ id }) => id === each.id))
    expect(await claim(bench, worker, free, 0)).toEqual([])
    expect(await claim(bench, worker, free, 0)).toEqual([])
    const kept = await bench.database.pool.query(
      'SELECT worker_id, j.name FROM reservations r JOIN jobs j ON j.id = r.job_id',
    )
    expect(kept.rows).toEqual([{ worker_id: worker.id, name: 'gang' }])
    await finishRun(bench.as(worker), {
      ...leaseOf(first),
      outcome: 'EXITED',
      exitCode: 0,
      logChunks: 1,
      endedMsAgo: 0,
    })
    expect((await claim(bench, worker, [gpu(1), gpu(2)], 0)).map(({ job }) => job.name)).toEqual(['gang'])
    expect((await bench.database.pool.query('SELECT FROM reservations')).rowCount).toBe(0)
  })

  test('lets a job use kept GPUs whose time limit ends it before they are needed', async () => {
    await submitted(bench, { name: 'hour', gpus: { count: 1 }, timeoutSeconds: 3600 })
    const [first] = await claim(bench, worker, [gpu(1), gpu(2)], 0)
    const free = [gpu(1), gpu(2)].filter((each) => !first?.gpus.some(({ id }) => id === each.id))
    await submitted(bench, { name: 'gang', gpus: { count: 2 } })
    await submitted(bench, { name: 'long', gpus: { count: 1 }, timeoutSeconds: 7200 })
    await submitted(bench, { name: 'short', gpus: { count: 1 }, timeoutSeconds: 60 })
    expect((await claim(bench, worker, free, 0)).map(({ job }) => job.name)).toEqual(['short'])
  })

  test('gives its runs although it could not be noted that the worker was there', async () => {
    await submitted(bench)
    const { pool } = bench.database
    await pool.query('ALTER TABLE sightings RENAME TO elsewhere')
    try {
      expect(await claim(bench, { ...worker, id: 'unseen' }, [], 1)).toHaveLength(1)
    } finally {
      await pool.query('ALTER TABLE elsewhere RENAME TO sightings')
    }
    await claim(bench, { ...worker, id: 'unseen' }, [], 1)
    const { rows } = await pool.query(`SELECT worker_id FROM sightings WHERE worker_id = 'unseen'`)
    expect(rows).toHaveLength(1)
  })

  test('made by many workers at once gives each of them a job, where there are enough', async () => {
    for (let i = 0; i < 6; i++) await submitted(bench, { gpus: { count: 1 } })
    const claims = await Promise.all(
      Array.from({ length: 6 }, (_, i) => claim(bench, { ...worker, id: `w${i}` }, [gpu(i)], 0)),
    )
    expect(claims.map((each) => each.length)).toEqual([1, 1, 1, 1, 1, 1])
    expect(new Set(claims.flat().map(({ job }) => job.id)).size).toBe(6)
  })

  test('made by many at once gives each job to one of them', async () => {
    for (let i = 0; i < 40; i++) await submitted(bench)
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim(bench, worker, [], 10)))
    const ids = claims.flat().map(({ job }) => job.id)
    expect(new Set(ids).size).toBe(ids.length)
    const rest = await claim(bench, worker, [], 40)
    expect(ids.length + rest.length).toBe(40)
  })

  test('gets no GPU that is another worker’s, or that is not there', async () => {
    await submitted(bench, { gpus: { count: 1 } })
    const ofOthers = gpu(11)
    expect(await claim(bench, otherWorker, [ofOthers], 0)).toHaveLength(1)
    await submitted(bench, { gpus: { count: 1 } })
    const gone = { id: '00000000-0000-7000-8000-999999999999' }
    const gpuIds = [ofOthers.id, gone.id]
    expect(await claimRuns(bench.as(worker), { gpuIds, cpuSlots: 0 })).toEqual([])
  })

  test('is for workers only', async () => {
    await expect(claim(bench, alice, [], 1)).rejects.toThrow('role worker')
  })
})

test('many jobs without a GPU do not stand in the way of one with, nor the other way round', async () => {
  for (let i = 0; i < 60; i++) await submitted(bench, { name: 'cpu', priority: 1 })
  await submitted(bench, { name: 'gpu', gpus: { count: 1 } })
  const claims = await claim(bench, worker, [gpu(1)], 1)
  expect(claims.map(({ job }) => job.name)).toEqual(['gpu', 'cpu'])
  expect(await claim(bench, worker, [], 0)).toEqual([])
})
