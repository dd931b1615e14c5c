import { randomUUID } from 'node:crypto'
import type { GpuSample } from '@constellation/platform/events/telemetry.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { gpuHistories } from './history.ts'
import { startRollups } from './keep.ts'
import { runTelemetries } from './of-run.ts'
import { addGpus, log, openGpus, reading } from './testing.ts'

let gpus: Awaited<ReturnType<typeof openGpus>>
beforeAll(async () => {
  gpus = await openGpus()
})
afterAll(() => gpus.close())

const NOON = Date.UTC(2026, 2, 1, 12)
const iso = (time: number) => new Date(time).toISOString()
let workers = 0

/** GPUs of a worker of their own. */
async function newGpus(count: number) {
  const workerId = `w${workers++}`
  const ids = await addGpus(gpus.pool, workerId, count)
  return {
    ids,
    /** Stores a reading a second of each GPU from `from` on; `metricsAt` gives what second `i` was like. */
    async store(from: number, seconds: number, metricsAt: (i: number, gpu: number) => Partial<GpuSample>) {
      const rollups = startRollups({ pool: gpus.pool, log })
      for (let i = 0; i < seconds; i++) {
        const time = from + i * 1_000
        for (const [gpu, id] of ids.entries()) {
          const metrics = metricsAt(i, gpu)
          const before = reading(id, time - 1_000, { runId: metrics.runId })
          rollups.count(workerId, [reading(id, time, metrics)], new Map([[id, before]]))
        }
      }
      await rollups.stop()
    },
  }
}

async function history(gpuId: string, from: number, to: number | null, points: number, now = NOON) {
  const question = { gpuId, from: iso(from), to: to === null ? null : iso(to), points }
  const [answer] = await gpuHistories(gpus.pool, [question], now)
  if (!answer || answer instanceof Error) throw answer ?? new Error('There is no answer.')
  return answer
}

describe('the history of a GPU', () => {
  test('has every bucket where there are points enough, and leaves out what nothing is known of', async () => {
    const { ids, store } = await newGpus(1)
    await store(NOON, 15, (i) => ({ utilisationPercent: i, powerWatts: 100, throttleReasons: ['SW_THERMAL'] }))
    await store(NOON + 45_000, 10, () => ({ temperatureC: 70, memoryUsedMb: 5 }))
    const nothing = {
      meanUtilisationPercent: null,
      maxUtilisationPercent: null,
      meanMemoryUsedMb: null,
      maxMemoryUsedMb: null,
      meanPowerWatts: null,
      maxPowerWatts: null,
      maxTemperatureC: null,
      meanSmClockMhz: null,
      energyJoules: null,
      throttledSeconds: 0,
      throttleReasons: [],
    }
    const answer = await history(ids[0] ?? '', NOON, NOON + 60_000, 4)
    expect(answer.map(({ at, seconds }) => [at, seconds])).toEqual([
      [iso(NOON), 15],
      [iso(NOON + 45_000), 15],
    ])
    expect(answer).toMatchObject([
      {
        ...nothing,
        meanUtilisationPercent: 7,
        maxUtilisationPercent: 14,
        meanPowerWatts: 100,
        maxPowerWatts: 100,
        energyJoules: 1_500,
        throttledSeconds: 15,
        throttleReasons: ['SW_THERMAL'],
      },
      { ...nothing, maxTemperatureC: 70, meanMemoryUsedMb: 5, maxMemoryUsedMb: 5 },
    ])
  })

  test('in fewer points has means by sample, the highest of all, and all joules and seconds', async () => {
    const { ids, store } = await newGpus(1)
    // Half of the second bucket only, so that a mean of means would be wrong; and two runs in one part.
    const runId = randomUUID()
    await store(NOON, 22, (i) => ({
      utilisationPercent: i < 15 ? 0 : 88,
      powerWatts: 10,
      throttleReasons: i === 3 ? ['POWER_CAP'] : i > 15 ? ['HW_THERMAL'] : [],
      ...(i > 18 && { runId }),
    }))
    expect(await history(ids[0] ?? '', NOON, NOON + 30_000, 1)).toMatchObject([
      {
        at: iso(NOON),
        seconds: 30,
        meanUtilisationPercent: (7 * 88) / 22,
        maxUtilisationPercent: 88,
        energyJoules: 220,
        throttledSeconds: 7,
        throttleReasons: ['POWER_CAP', 'HW_THERMAL'],
      },
    ])
  })

  test('goes until now by default, in parts from its beginning on, of which the last may be shorter', async () => {
    const { ids, store } = await newGpus(1)
    await store(NOON - 150_000, 150, (i) => ({ memoryUsedMb: i }))
    const answer = await history(ids[0] ?? '', NOON - 150_000, null, 4)
    expect(answer.map(({ at, seconds }) => [at, seconds])).toEqual([
      [iso(NOON - 150_000), 45],
      [iso(NOON - 105_000), 45],
      [iso(NOON - 60_000), 45],
      [iso(NOON - 15_000), 15],
    ])
    expect(answer.map(({ maxMemoryUsedMb }) => maxMemoryUsedMb)).toEqual([44, 89, 134, 149])
  })

  test('is answered for many GPUs at once, and a question that is out of bounds spoils no other', async () => {
    const { ids, store } = await newGpus(3)
    await store(NOON, 1, (_, gpu) => ({ utilisationPercent: gpu }))
    const [from, to] = [iso(NOON), iso(NOON + 15_000)]
    const questions = [...ids, randomUUID()].map((gpuId) => ({ gpuId, from, to, points: 1 }))
    const wrong = { gpuId: ids[0] ?? '', from: to, to: from, points: 1 }
    const answers = await gpuHistories(gpus.pool, [...questions, wrong], NOON)
    expect(answers.slice(0, 4)).toMatchObject([
      [{ maxUtilisationPercent: 0 }],
      [{ maxUtilisationPercent: 1 }],
      [{ maxUtilisationPercent: 2 }],
      [],
    ])
    expect(answers[4]).toMatchObject({ code: 'BAD_USER_INPUT', problems: [{ path: 'from' }] })
  })
})

test('the histories of many GPUs over a long time are refused together', async () => {
  const question = { from: iso(NOON - 20 * 86_400_000), to: null, points: 10 }
  const many = (count: number) => Array.from({ length: count }, () => ({ ...question, gpuId: randomUUID() }))
  expect(await gpuHistories(gpus.pool, many(10), NOON)).toHaveLength(10)
  await expect(gpuHistories(gpus.pool, many(11), NOON)).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    problems: [{ path: 'from' }],
  })
})

describe('the telemetry of a run', () => {
  test('has what each of its GPUs did while it held them, and nothing of before and after', async () => {
    const { ids, store } = await newGpus(2)
    const runId = randomUUID()
    await store(NOON, 90, (i, gpu) => ({ utilisationPercent: 10 * gpu + i, ...(i >= 20 && i < 70 && { runId }) }))
    const gpusOfRun = ids.map((id) => ({ id }))
    const [answer] = await runTelemetries(gpus.pool, [{ run: { id: runId, gpus: gpusOfRun }, points: 2 }])
    expect(answer).toMatchObject([
      {
        gpu: { id: ids[0] },
        rollups: [
          { at: iso(NOON + 15_000), seconds: 30, maxUtilisationPercent: 44 },
          { at: iso(NOON + 45_000), seconds: 30, maxUtilisationPercent: 69 },
        ],
      },
      { gpu: { id: ids[1] }, rollups: [{ maxUtilisationPercent: 54 }, { maxUtilisationPercent: 79 }] },
    ])
  })

  test('of several runs is asked for at once, each in parts of its own', async () => {
    const { ids, store } = await newGpus(1)
    const [long, short] = [randomUUID(), randomUUID()]
    await store(NOON, 150, () => ({ runId: long, utilisationPercent: 1 }))
    await store(NOON + 150_000, 15, () => ({ runId: short, utilisationPercent: 2 }))
    const run = (id: string) => ({ id, gpus: [{ id: ids[0] ?? '' }] })
    const answers = await runTelemetries(gpus.pool, [
      { run: run(long), points: 5 },
      { run: run(short), points: 5 },
      { run: run(long), points: 1 },
      { run: run(randomUUID()), points: 5 },
    ])
    expect(answers.map(([first]) => first?.rollups.map(({ seconds }) => seconds))).toEqual([
      [30, 30, 30, 30, 30],
      [15],
      [150],
      undefined,
    ])
  })

  test('tells nothing of a GPU that the run did not hold, whatever its worker says', async () => {
    const { store } = await newGpus(1)
    const runId = randomUUID()
    await store(NOON, 15, () => ({ runId, utilisationPercent: 1 }))
    expect(await runTelemetries(gpus.pool, [{ run: { id: runId, gpus: [] }, points: 5 }])).toEqual([[]])
  })

  test('is not given in no points', async () => {
    const run = { id: randomUUID(), gpus: [] }
    await expect(runTelemetries(gpus.pool, [{ run, points: 0 }])).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      problems: [{ path: 'points' }],
    })
  })
})
