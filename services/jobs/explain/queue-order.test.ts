// The order that is told is the order in which claims give the jobs.
import { expect, test } from 'vitest'
import { saveAccount } from '../accounts/accounts.ts'
import { claim, empty, gpu, operator, submitted, useBench, worker } from '../testing.ts'
import { readQueue } from './queue-view.ts'

const bench = await useBench()

const SEEDS = Array.from({ length: 8 }, (_, i) => 1 + i * 7919)
const ACCOUNTS = ['one', 'two', 'three']

/** Numbers from 0 up to below `most`, the same for the same seed. */
function dice(seed: number): (most: number) => number {
  let state = seed
  return (most) => {
    state = (state * 48_271) % 2_147_483_647
    return state % most
  }
}

/** Jobs of several accounts with weights and a past, of any priority, that came at any time, some at the same. */
async function fillQueue(seed: number, gpuCounts: readonly number[]) {
  const roll = dice(seed)
  await empty(bench)
  const { pool } = bench.database
  await pool.query('TRUNCATE sightings')
  await pool.query('INSERT INTO sightings (worker_id, slots) VALUES ($1, 64)', [worker.id])
  for (const account of ACCOUNTS.slice(roll(3))) {
    await saveAccount(bench.as(operator), { account, weight: 1 + roll(4) })
    await pool.query('INSERT INTO account_use VALUES ($1, $2, $2)', [account, roll(5_000)])
  }
  for (let i = 0; i < 24; i++) {
    const account = ACCOUNTS[roll(ACCOUNTS.length)] ?? 'one'
    const count = gpuCounts[roll(gpuCounts.length)] ?? 0
    const minMemoryMb = count > 0 ? roll(2) * 1000 : 0
    await submitted(bench, { account, priority: roll(7) - 3, gpus: { count, minMemoryMb } }, operator)
  }
  await pool.query(
    `UPDATE queue SET place = date_trunc('second', place - hashtext(job_id::text) % $1 * interval '1 minute')`,
    [1 + roll(90)],
  )
}

async function toldOrder(kind: 'gpus' | 'slots'): Promise<string[]> {
  const { positions } = await readQueue(bench.database.pool, kind, 45_000)
  return [...positions].toSorted(([, a], [, b]) => a - b).map(([jobId]) => jobId)
}

/** An account that has none left to wait shares no more, which later claims see and a look ahead does not. */
async function whileAllCompete(jobIds: readonly string[]): Promise<number> {
  const { rows } = await bench.database.pool.query<{ id: string; account: string }>('SELECT id, account FROM jobs')
  const accountOf = new Map(rows.map(({ id, account }) => [id, account]))
  const accounts = jobIds.map((id) => accountOf.get(id))
  return Math.min(...[...new Set(accounts)].map((account) => accounts.lastIndexOf(account) + 1))
}

test.each(SEEDS)('jobs without a GPU are claimed one by one in the order that is told (seed %i)', async (seed) => {
  await fillQueue(seed, [0])
  const told = await toldOrder('slots')
  const most = await whileAllCompete(told)
  const given: string[] = []
  for (let i = 0; i < most; i++) given.push(...(await claim(bench, worker, [], 1)).map(({ job }) => job.id))
  expect(told).toHaveLength(24)
  expect(given).toEqual(told.slice(0, most))
})

test.each(SEEDS)('jobs without a GPU are claimed at once in the order that is told (seed %i)', async (seed) => {
  await fillQueue(seed, [0])
  const told = await toldOrder('slots')
  expect((await claim(bench, worker, [], 64)).map(({ job }) => job.id)).toEqual(told)
})

test.each(SEEDS)('jobs with GPUs are claimed at once in the order that is told (seed %i)', async (seed) => {
  const gpus = Array.from({ length: 64 }, (_, i) => gpu(i))
  await empty(bench)
  await claim(bench, worker, gpus, 0)
  await fillQueue(seed, [1, 1, 2])
  const told = await toldOrder('gpus')
  const given = (await claim(bench, worker, gpus, 0)).map(({ job }) => job.id)
  expect(told).toHaveLength(24)
  expect(given).toEqual(told)
})
