import { randomUUID } from 'node:crypto'
import { query } from '@constellation/platform/database/database.ts'
import type { GpuSample } from '@constellation/platform/events/telemetry.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MOST_WAITING, startRollups } from './keep.ts'
import { addGpus, log, openGpus, reading, storedRollups } from './testing.ts'

let gpus: Awaited<ReturnType<typeof openGpus>>
let gpuId: string
beforeEach(async () => {
  gpus = await openGpus()
  ;[gpuId = ''] = await addGpus(gpus.pool, 'w1', 1)
})
afterEach(() => gpus.close())

const NOON = Date.UTC(2026, 2, 1, 12)
const start = () => startRollups({ pool: gpus.pool, log })

/** One reading of a worker's GPU, a second after the one before. */
function count(
  rollups: ReturnType<typeof start>,
  time: number,
  metrics: Partial<GpuSample>,
  more = { gpuId, who: 'w1' },
) {
  const before = reading(more.gpuId, time - 1_000, { runId: metrics.runId })
  rollups.count(more.who, [reading(more.gpuId, time, metrics)], new Map([[more.gpuId, before]]))
}

test('what several processes count in several turns adds up in one row', async () => {
  const processes = [start(), start(), start()]
  const runId = randomUUID()
  for (let second = 0; second < 15; second++) {
    const process = processes[second % 3]
    if (!process) throw new Error('There are three.')
    count(process, NOON + second * 1_000, {
      runId,
      utilisationPercent: second,
      memoryUsedMb: 100 * second,
      powerWatts: 200,
      temperatureC: 50 + second,
      smClockMhz: 1_410,
      throttleReasons: second < 5 ? ['POWER_CAP'] : second === 14 ? ['HW_THERMAL'] : [],
    })
    if (second % 4 === 3) await Promise.all(processes.map((each) => each.flush()))
  }
  await Promise.all(processes.map((each) => each.stop()))
  expect(await storedRollups(gpus.pool)).toEqual([
    {
      bucket: new Date(NOON),
      gpu_id: gpuId,
      run_id: runId,
      samples: 15,
      utilisation_count: 15,
      utilisation_sum: 105,
      utilisation_max: 14,
      memory_count: 15,
      memory_sum: 10_500,
      memory_max: 1_400,
      power_count: 15,
      power_sum: 3_000,
      power_max: 200,
      clock_count: 15,
      clock_sum: 21_150,
      temperature_max: 64,
      joules: 3_000,
      throttled_seconds: 6,
      throttle_reasons: 0b101,
    },
  ])
})

test('what comes late is added to a bucket that is stored, and another run has a row of its own', async () => {
  const rollups = start()
  const runId = randomUUID()
  count(rollups, NOON + 1_000, { utilisationPercent: 10, runId })
  count(rollups, NOON + 16_000, { utilisationPercent: 20, runId })
  await rollups.flush()
  count(rollups, NOON + 2_000, { utilisationPercent: 30, runId })
  count(rollups, NOON + 3_000, { utilisationPercent: 99 })
  await rollups.stop()
  expect(await storedRollups(gpus.pool)).toMatchObject([
    { bucket: new Date(NOON), run_id: runId, samples: 2, utilisation_sum: 40 },
    { bucket: new Date(NOON), run_id: null, samples: 1, utilisation_sum: 99 },
    { bucket: new Date(NOON + 15_000), run_id: runId, samples: 1, utilisation_sum: 20 },
  ])
})

test('the GPU of another worker is left out, and one that nobody knows or that is none at all', async () => {
  const [other = ''] = await addGpus(gpus.pool, 'w2', 1)
  const rollups = start()
  for (const foreign of [other, randomUUID(), 'no uuid', '']) {
    count(rollups, NOON, { utilisationPercent: 1 }, { gpuId: foreign, who: 'w1' })
  }
  count(rollups, NOON, { utilisationPercent: 2 }, { gpuId: other, who: 'w2' })
  await rollups.stop()
  expect(await storedRollups(gpus.pool)).toMatchObject([{ gpu_id: other, samples: 1, utilisation_sum: 2 }])
})

test('a partition that is missing is made, also one that has gone again', async () => {
  const rollups = start()
  count(rollups, NOON, { utilisationPercent: 1 })
  await rollups.flush()
  await query(gpus.pool, null, 'DROP TABLE gpu_rollups_20260301')
  count(rollups, NOON, { utilisationPercent: 2 })
  await expect(rollups.flush()).rejects.toThrow('no partition')
  count(rollups, NOON, { utilisationPercent: 3 })
  await rollups.stop()
  expect(await storedRollups(gpus.pool)).toMatchObject([{ samples: 2, utilisation_sum: 5 }])
})

test('what cannot be stored waits until it can, and no worker can fill the memory meanwhile', async () => {
  const rollups = start()
  await query(gpus.pool, null, 'ALTER TABLE gpus RENAME TO away')
  for (let i = 0; i < 3; i++) {
    count(rollups, NOON + i * 1_000, { utilisationPercent: 10 })
    await expect(rollups.flush()).rejects.toThrow('does not exist')
  }
  for (let i = 0; i < 2 * MOST_WAITING; i++) count(rollups, NOON, { runId: randomUUID() })
  // A bucket that is open already takes what comes.
  count(rollups, NOON, { utilisationPercent: 20 })
  await query(gpus.pool, null, 'ALTER TABLE away RENAME TO gpus')
  await rollups.stop()
  const stored = await storedRollups(gpus.pool)
  expect(stored).toHaveLength(MOST_WAITING)
  expect(stored.filter((row) => row.run_id === null)).toMatchObject([{ samples: 4, utilisation_sum: 50 }])
})

test('values at the edge of what PostgreSQL can store do not stop the others', async () => {
  const rollups = start()
  const edges = [1e-300, 5e-324, 1e308, -1e308, 0.1]
  for (const value of edges) {
    count(rollups, NOON, {
      utilisationPercent: value,
      memoryUsedMb: value,
      powerWatts: value,
      temperatureC: value,
      smClockMhz: value,
      energyJoules: value,
    })
  }
  await rollups.stop()
  expect(await storedRollups(gpus.pool)).toMatchObject([{ samples: 5, utilisation_count: 3 }])
})
