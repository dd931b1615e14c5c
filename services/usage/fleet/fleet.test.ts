import type { GpuEvent } from '@constellation/platform/events/gpu-event.ts'
import type { WorkerEvent } from '@constellation/platform/events/worker-event.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { publish } from '../lake/publish.ts'
import { savePrice } from '../ledger/prices.ts'
import { recordRuns } from '../ledger/record.ts'
import { admin, at, type Ledger, openLake, openLedger, runEvent, uuid } from '../testing.ts'
import { createFleetAnalyst, type FleetAnalyst } from './fleet.ts'
import { recordGpus, recordWorkers } from './record-capacity.ts'
import { spansWithin } from './spans.ts'

let ledger: Ledger
let lake: Awaited<ReturnType<typeof openLake>>
let fleet: FleetAnalyst
beforeAll(async () => {
  ledger = await openLedger()
  lake = await openLake(ledger.pool)
  fleet = createFleetAnalyst(ledger.pool, lake.analyst)
})
afterAll(async () => {
  await lake?.close()
  await ledger?.close()
})
beforeEach(() => ledger.empty())

let events = 0

/** GPU `n`, as `runEvent` counts them, from second `seconds` on. */
function gpu(n: number, seconds: number, changes: Partial<GpuEvent['gpu']> = {}): GpuEvent {
  return {
    id: `gpus-${++events}`,
    ts: at(seconds),
    type: 'gpu.registered',
    gpu: {
      id: uuid(9_000_000 + n),
      uuid: `GPU-${n}`,
      name: 'A100',
      totalMemoryMb: 81_920,
      simulated: true,
      workerId: 'w1',
      present: true,
      inService: true,
      ...changes,
    },
  }
}

function worker(type: WorkerEvent['type'], seconds: number, inService = true): WorkerEvent {
  return { id: `gpus-${++events}`, ts: at(seconds), type, worker: { id: 'w1', labels: {}, executors: [], inService } }
}

const HOUR = 3600
const hours = async (args: Partial<Parameters<FleetAnalyst>[0]> = {}) => {
  const report = await fleet({ range: { from: at(0), to: at(10 * HOUR) }, ...args })
  const inHours = ({ capacityGpuSeconds, allocatedGpuSeconds, idleGpuSeconds, downGpuSeconds }: typeof report.total) =>
    [capacityGpuSeconds, allocatedGpuSeconds, idleGpuSeconds, downGpuSeconds].map((seconds) => seconds / HOUR)
  return {
    total: inHours(report.total),
    cost: report.total.idleCost,
    rows: report.rows.map((row) => ({ ...row, time: inHours(row.time) })),
  }
}

describe('capacity is what is held, idle and down', () => {
  test('of GPUs that are there from some time on', async () => {
    await recordGpus(ledger.pool, [gpu(0, 0), gpu(1, 5 * HOUR)])
    await recordRuns(ledger.pool, [runEvent(1, HOUR, 3 * HOUR)])
    expect((await hours()).total).toEqual([15, 2, 13, 0])
  })

  test('of a GPU that is out of service, or missing, and what a run holds of it all the same', async () => {
    await recordGpus(ledger.pool, [
      gpu(0, 0),
      gpu(0, 4 * HOUR, { inService: false }),
      gpu(0, 6 * HOUR, { present: false, inService: false }),
      gpu(0, 8 * HOUR),
    ])
    await recordRuns(ledger.pool, [runEvent(1, 3 * HOUR, 5 * HOUR)])
    expect((await hours()).total).toEqual([10, 2, 5, 3])
  })

  test('of a worker that is silent for a time, or was taken out of service', async () => {
    await recordGpus(ledger.pool, [gpu(0, 0), gpu(1, 0)])
    await recordWorkers(ledger.pool, [
      worker('worker.registered', HOUR),
      worker('worker.silent', 2 * HOUR),
      worker('worker.back', 3 * HOUR),
      worker('worker.cordoned', 9 * HOUR, false),
    ])
    expect((await hours()).total).toEqual([20, 0, 16, 4])
  })

  test('of a GPU that is gone for good, which is down for a week and then none', async () => {
    await recordGpus(ledger.pool, [gpu(0, 0), gpu(0, HOUR, { present: false, inService: false })])
    expect((await hours({ range: { from: at(0), to: at(30 * 24 * HOUR) } })).total).toEqual([169, 0, 1, 168])
  })

  test('in whatever order its events come, and however often', async () => {
    const some = [gpu(0, 0), gpu(0, 4 * HOUR, { inService: false }), gpu(0, 6 * HOUR)]
    await recordGpus(ledger.pool, some.toReversed())
    await recordGpus(ledger.pool, some)
    expect((await hours()).total).toEqual([10, 0, 8, 2])
  })

  test('in one span for as long as events say the same', async () => {
    await recordGpus(ledger.pool, [gpu(0, 0), gpu(0, HOUR), gpu(0, 2 * HOUR, { inService: false }), gpu(0, 3 * HOUR)])
    await recordWorkers(ledger.pool, [worker('worker.registered', 0.5 * HOUR), worker('worker.back', 3.5 * HOUR)])
    const spans = await spansWithin(ledger.pool, { from: Date.parse(at(0)), to: Date.parse(at(4 * HOUR)) })
    expect(spans.map(({ from, to, usable }) => [from, to, usable])).toEqual(
      [
        [0, 2, true],
        [2, 3, false],
        [3, 4, true],
      ].map(([from, to, usable]) => [Date.parse(at(Number(from) * HOUR)), Date.parse(at(Number(to) * HOUR)), usable]),
    )
  })

  test('also where a run held a GPU of which nothing was heard', async () => {
    await recordRuns(ledger.pool, [runEvent(1, HOUR, 3 * HOUR)])
    expect((await hours()).total).toEqual([2, 2, 0, 0])
  })
})

test('parts of time, models and workers sum to the whole', async () => {
  await recordGpus(ledger.pool, [
    gpu(0, -50 * HOUR),
    gpu(1, 0, { name: 'H100', workerId: 'w2' }),
    gpu(0, 30 * HOUR, { inService: false }),
  ])
  await recordRuns(ledger.pool, [runEvent(1, 5 * HOUR, 40 * HOUR, { models: ['A100', 'H100'] })])
  const range = { from: at(0), to: at(72 * HOUR) }
  const { total, rows } = await hours({ range, grain: 'DAY', timeZone: 'Asia/Kolkata', groupBy: ['MODEL', 'WORKER'] })
  expect(total).toEqual([144, 70, 42, 32])
  expect([0, 1, 2, 3].map((i) => rows.reduce((sum, { time }) => sum + (time[i] ?? 0), 0))).toEqual(total)
  expect(rows[0]).toMatchObject({ start: at(0), model: 'A100', worker: 'w1' })
  // Midnight in India.
  expect(rows[2]).toMatchObject({ start: at(6.5 * HOUR), model: 'A100' })
})

test('idle time has the price of its time, exact', async () => {
  const price = (model: string, perGpuHour: string, validFrom: string) =>
    savePrice(ledger.pool, admin, { model, perGpuHour, currency: 'EUR', validFrom })
  await price('*', '1.5', '2026-01-01T00:00:00Z')
  await price('A100', '2.00000001', at(4 * HOUR))
  await recordGpus(ledger.pool, [gpu(0, 0), gpu(1, 0, { name: 'H100' })])
  expect((await hours()).cost).toEqual([{ currency: 'EUR', amount: '33.0000000600' }])
})

test.each([
  ['a range that ends before it begins', { range: { from: at(1), to: at(0) } }, 'range'],
  ['a range of the future', { range: { from: '2090-01-01T00:00:00Z', to: '2091-01-01T00:00:00Z' } }, 'range'],
  ['more parts than 400', { range: { from: at(0), to: at(401 * HOUR) }, grain: 'HOUR' as const }, 'grain'],
])('%s is refused', async (_, args, path) => {
  await expect(fleet(args)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', problems: [{ path }] })
})

test('a report of months that are kept no longer says from when on it is complete', async () => {
  const range = { from: at(0), to: at(HOUR) }
  expect((await fleet({ range })).completeFrom).toBeNull()
  await publish(lake.lake, { version: 1, upTo: '0', from: '2026-02-01', files: [] }, [])
  expect((await fleet({ range })).completeFrom).toBe('2026-02-01T00:00:00.000Z')
})
