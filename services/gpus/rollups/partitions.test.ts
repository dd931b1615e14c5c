import { query } from '@constellation/platform/database/database.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dayOf, makePartitions, tendPartitions } from './partitions.ts'
import { rollUp } from './roll-up.ts'
import { storeRollups } from './store.ts'
import { addGpus, openGpus, reading, storedRollups } from './testing.ts'

let gpus: Awaited<ReturnType<typeof openGpus>>
beforeEach(async () => {
  gpus = await openGpus()
})
afterEach(() => gpus.close())

const DAY_MS = 86_400_000
const NOON = Date.UTC(2026, 2, 1, 12)

async function partitions(): Promise<string[]> {
  const rows = await query<{ name: string }>(
    gpus.pool,
    null,
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'gpu_rollups'::regclass ORDER BY 1`,
  )
  return rows.map(({ name }) => name)
}

test('partitions are made from yesterday until the day after tomorrow, and the same once only', async () => {
  const expected = ['20260228', '20260301', '20260302', '20260303'].map((day) => `gpu_rollups_${day}`)
  await tendPartitions(gpus.pool, 30, NOON)
  expect(await partitions()).toEqual(expected)
  await tendPartitions(gpus.pool, 30, NOON)
  expect(await partitions()).toEqual(expected)
})

test('what is older than is kept goes, and whole days are kept', async () => {
  const [gpuId = ''] = await addGpus(gpus.pool, 'w1', 1)
  const at = (days: number) => NOON - days * DAY_MS
  await makePartitions(gpus.pool, [dayOf(at(7)), dayOf(at(8)), dayOf(at(9))])
  for (const days of [7, 8, 9]) {
    await storeRollups(gpus.pool, [{ workerId: 'w1', ...rollUp(reading(gpuId, at(days)), undefined) }])
  }
  expect(await tendPartitions(gpus.pool, 7, NOON)).toMatchObject({ dropped: ['2026-02-20', '2026-02-21'] })
  expect(await storedRollups(gpus.pool)).toMatchObject([{ bucket: new Date(at(7)) }])
  expect(await tendPartitions(gpus.pool, 7, NOON)).toEqual({ dropped: [], ordered: [] })
})

test('a day that is over is put in order by GPU, once, and what it holds stays', async () => {
  const ids = await addGpus(gpus.pool, 'w1', 3)
  const yesterday = NOON - DAY_MS
  await makePartitions(gpus.pool, [dayOf(yesterday)])
  for (let i = 0; i < 4; i++) {
    const said = ids.map((id) => ({ workerId: 'w1', ...rollUp(reading(id, yesterday + i * 15_000), undefined) }))
    await storeRollups(gpus.pool, said)
  }
  const before = await storedRollups(gpus.pool)
  const justOver = Date.UTC(2026, 2, 1, 0, 59)
  expect(await tendPartitions(gpus.pool, 30, justOver)).toMatchObject({ ordered: [] })
  expect(await tendPartitions(gpus.pool, 30, NOON)).toMatchObject({ ordered: [dayOf(yesterday)] })
  expect(await tendPartitions(gpus.pool, 30, NOON)).toMatchObject({ ordered: [] })
  expect(await storedRollups(gpus.pool)).toEqual(before)
  const lying = await query<{ gpu: string }>(gpus.pool, null, 'SELECT gpu_id AS gpu FROM gpu_rollups ORDER BY ctid')
  expect(lying.map(({ gpu }) => gpu)).toEqual(ids.flatMap((id) => [id, id, id, id]))
})

test('0 days are for ever', async () => {
  await makePartitions(gpus.pool, ['2001-01-01'])
  expect(await tendPartitions(gpus.pool, 0, NOON)).toMatchObject({ dropped: [] })
  expect(await partitions()).toContain('gpu_rollups_20010101')
})

test('several processes may tend them at once', async () => {
  await makePartitions(gpus.pool, ['2001-01-01', '2001-01-02'])
  await Promise.all([1, 2, 3, 4].map(() => tendPartitions(gpus.pool, 30, NOON)))
  expect(await partitions()).toHaveLength(4)
})

test('who reads for long does not hold up those who store: a partition is then dropped another time', async () => {
  await makePartitions(gpus.pool, ['2001-01-01'])
  const reader = await gpus.pool.connect()
  await reader.query('BEGIN')
  await reader.query('SELECT FROM gpu_rollups')
  await expect(tendPartitions(gpus.pool, 30, NOON)).rejects.toMatchObject({ code: '55P03' })
  // What is needed was made all the same.
  expect(await partitions()).toContain('gpu_rollups_20260301')
  await reader.query('COMMIT')
  reader.release()
  expect(await tendPartitions(gpus.pool, 30, NOON)).toMatchObject({ dropped: ['2001-01-01'] })
})
