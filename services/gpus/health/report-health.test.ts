import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { GpuHealthInput } from '../generated/resolvers.ts'
import {
  type Bench,
  faultsOf,
  gpuNow,
  historyOf,
  openBench,
  registered,
  report,
  well,
  workerOf,
  xid,
} from '../testing.ts'
import { reportGpuHealth } from './report-health.ts'

const RUN = '0199a1b2-0000-7000-8000-000000000001'
const OTHER_RUN = '0199a1b2-0000-7000-8000-000000000002'
const FELL_OFF =
  'XID 79: it has fallen off the bus. A reboot helps; if it comes again, look at power, cooling and its seat in the slot.'

let bench: Bench
let gpu: string
beforeAll(async () => {
  bench = await openBench()
})
beforeEach(async () => {
  const [id] = await registered(bench, 'w1')
  gpu = id ?? ''
  bench.told.times = 0
})
afterAll(() => bench.close())

const say = (changes: Partial<GpuHealthInput> = {}) => report(bench, 'w1', gpu, changes)
const standing = async () => (await faultsOf(bench, gpu, true)).map(({ kind, severity }) => [kind, severity])

describe('a report', () => {
  test('of a GPU with which all is well opens nothing, tells nothing, and lets it be used', async () => {
    expect(await say()).toEqual({ gpuId: gpu, usable: true, endRun: false, reason: null })
    expect(await faultsOf(bench, gpu)).toEqual([])
    expect(await historyOf(bench, gpu)).toEqual([])
    expect(bench.told.times).toBe(0)
  })

  test('of a fatal XID ends the run, and is an event with its reason', async () => {
    expect(await say({ runId: RUN, xids: [xid(79)] })).toEqual({
      gpuId: gpu,
      usable: false,
      endRun: true,
      reason: FELL_OFF,
    })
    expect(await gpuNow(bench, gpu)).toMatchObject({ health: 'failed' })
    expect(await historyOf(bench, gpu)).toEqual([['gpu.failed', FELL_OFF]])
    expect(await faultsOf(bench, gpu)).toMatchObject([
      { kind: 'xid', xid: 79, severity: 'fatal', count: 1, runId: RUN, clearedAt: null, clearedBy: null },
    ])
    expect(bench.told.times).toBe(1)
  })

  test('of an XID after which the run may end takes the GPU out of service', async () => {
    expect(await say({ runId: RUN, xids: [xid(63)] })).toMatchObject({ usable: false, endRun: false })
    expect(await gpuNow(bench, gpu)).toMatchObject({ health: 'suspect' })
    expect(await historyOf(bench, gpu)).toEqual([['gpu.suspect', expect.stringMatching(/^XID 63: /)]])
  })

  test('of an XID that is the program’s own doing is noted, and ends nothing', async () => {
    expect(await say({ runId: RUN, xids: [xid(31)] })).toMatchObject({ usable: true, endRun: false, reason: null })
    expect(await gpuNow(bench, gpu)).toMatchObject({ health: 'healthy' })
    expect(await faultsOf(bench, gpu)).toMatchObject([
      { xid: 31, severity: 'note', runId: RUN, clearedAt: expect.any(Date), clearedBy: 'It was only noted.' },
    ])
    expect(await historyOf(bench, gpu)).toEqual([['gpu.noted', expect.stringMatching(/^XID 31: /)]])
  })

  test('that notes the same of the same run again counts, and of another run is another note', async () => {
    const now = Date.now()
    const at = (ms: number) => new Date(now - ms).toISOString()
    await say({ runId: RUN, xids: [xid(13, at(900)), xid(13, at(800))] })
    await say({ runId: RUN, xids: [xid(13, at(700)), xid(31, at(600))] })
    await say({ runId: OTHER_RUN, xids: [xid(13, at(500))] })
    const notes = await faultsOf(bench, gpu)
    expect(notes.map(({ xid, count, runId }) => [xid, count, runId])).toEqual([
      [13, 1, OTHER_RUN],
      [31, 1, RUN],
      [13, 3, RUN],
    ])
    expect(notes.at(-1)).toMatchObject({ firstAt: new Date(at(900)), lastAt: new Date(at(700)) })
    expect((await historyOf(bench, gpu)).map(([type]) => type)).toEqual(['gpu.noted', 'gpu.noted', 'gpu.noted'])
  })

  test('that comes again counts nothing twice, tells nothing twice, and gets the same answer', async () => {
    const again = { runId: RUN, xids: [xid(79), xid(13)], remapPending: true, strangers: [{ pid: 7, name: 'a' }] }
    const first = await say(again)
    const [faults, history] = [await faultsOf(bench, gpu), await historyOf(bench, gpu)]
    expect(await say(again)).toEqual(first)
    expect(await faultsOf(bench, gpu)).toEqual(faults)
    expect(await historyOf(bench, gpu)).toEqual(history)
  })

  test('of an XID that stands counts it, and keeps the run that it was first seen with', async () => {
    const now = Date.now()
    await say({ runId: RUN, xids: [xid(48, new Date(now - 500).toISOString())] })
    await say({ runId: OTHER_RUN, xids: [xid(48, new Date(now).toISOString())] })
    expect(await faultsOf(bench, gpu)).toMatchObject([
      { count: 2, runId: RUN, firstAt: new Date(now - 500), lastAt: new Date(now) },
    ])
    expect(await historyOf(bench, gpu)).toHaveLength(1)
  })

  test('of an XID is believed although the worker’s clock went back, and of one in times to come takes our own time', async () => {
    await say({ xids: [xid(79, '2026-11-25T12:00:00.000Z')] })
    await say({ xids: [xid(79, '2026-11-25T11:00:00.000Z')] })
    expect(await faultsOf(bench, gpu)).toMatchObject([{ count: 2 }])
    await say({ xids: [xid(95, '9000-01-01T00:00:00.000Z')] })
    const [fault] = await faultsOf(bench, gpu)
    expect(fault?.lastAt.getTime()).toBeLessThanOrEqual(Date.now())
  })

  test('of several faults tells the worst first', async () => {
    expect(await say({ remapPending: true, recoveryAction: 'RESET' })).toMatchObject({
      endRun: true,
      reason: 'It needs to be reset, as its driver says.',
    })
    expect(await standing()).toEqual(
      expect.arrayContaining([
        ['recovery-action', 'fatal'],
        ['remap-pending', 'drain'],
      ]),
    )
  })
})

describe('a level', () => {
  test.each<[string, Partial<GpuHealthInput>, 'failed' | 'suspect', string]>([
    ['that it is lost', { lost: true }, 'failed', 'It answers again.'],
    [
      'of double-bit errors',
      { doubleBitEccErrors: 2 },
      'suspect',
      'Its memory has had no double-bit error since the driver was loaded.',
    ],
    ['of a remapping that is pending', { remapPending: true }, 'suspect', 'No row of its memory waits to be remapped.'],
    [
      'of a remapping that has failed',
      { remapFailed: true },
      'failed',
      'No row of its memory has failed to be remapped.',
    ],
    ['of heat', { temperatureC: 101 }, 'failed', 'It has cooled down to 60 °C.'],
    ['of what the driver asks for', { recoveryAction: 'REBOOT' }, 'failed', 'The driver asks for nothing any more.'],
    ['of strangers', { strangers: [{ pid: 7, name: 'a' }] }, 'suspect', 'Nobody else uses it any more.'],
  ])('%s stands while it is reported, and is cleared as soon as it is not', async (_, bad, health, clearedBy) => {
    expect(await say(bad)).toMatchObject({ usable: false, endRun: health === 'failed' })
    await say(bad)
    expect(await gpuNow(bench, gpu)).toMatchObject({ health })
    expect(await say()).toEqual({ gpuId: gpu, usable: true, endRun: false, reason: null })
    expect(await gpuNow(bench, gpu)).toMatchObject({ health: 'healthy' })
    expect(await faultsOf(bench, gpu)).toMatchObject([{ count: 1, clearedAt: expect.any(Date), clearedBy }])
    expect(await historyOf(bench, gpu)).toEqual([
      [`gpu.${health}`, expect.any(String)],
      ['gpu.recovered', clearedBy],
    ])
  })

  test('that is not known leaves all as it was', async () => {
    await say({ remapPending: true, temperatureC: 95 })
    await say({ lost: true })
    await say({ remapPending: null, temperatureC: null })
    expect(await standing()).toEqual([
      ['temperature', 'drain'],
      ['remap-pending', 'drain'],
    ])
  })

  test('of heat grows worse with the heat, and is gone only 10 °C below the limit', async () => {
    const states: unknown[] = []
    for (const temperatureC of [89, 91, 95, 100, 97, 81, 80]) {
      await say({ temperatureC })
      states.push((await gpuNow(bench, gpu)).health)
    }
    expect(states).toEqual(['healthy', 'suspect', 'suspect', 'failed', 'failed', 'failed', 'healthy'])
    expect(await faultsOf(bench, gpu)).toMatchObject([{ kind: 'temperature', count: 2, severity: 'fatal' }])
    expect((await historyOf(bench, gpu)).map(([type]) => type)).toEqual(['gpu.suspect', 'gpu.failed', 'gpu.recovered'])
  })

  test('that says something else is counted, and not told as news', async () => {
    await say({ strangers: [{ pid: 7, name: 'a' }] })
    await say({ strangers: [{ pid: 8, name: 'b' }] })
    expect(await faultsOf(bench, gpu)).toMatchObject([
      { count: 2, message: 'b (process 8) uses it and belongs to no run.' },
    ])
    expect(await historyOf(bench, gpu)).toHaveLength(1)
  })

  test('of which one is gone while a worse one stands is told', async () => {
    await say({ lost: true })
    await say({ remapPending: true })
    await say({ remapPending: true, recoveryAction: 'RESET' })
    await say({ recoveryAction: 'RESET' })
    expect(await historyOf(bench, gpu)).toEqual([
      ['gpu.failed', expect.stringMatching(/^It does not answer/)],
      ['gpu.suspect', expect.stringMatching(/^It answers again\. A row of its memory/)],
      ['gpu.failed', 'It needs to be reset, as its driver says.'],
      ['gpu.noted', 'No row of its memory waits to be remapped.'],
    ])
  })
})

describe('a reset', () => {
  test('clears all XIDs once all is well', async () => {
    await say({ runId: RUN, xids: [xid(79), xid(63)] })
    await say({ wasReset: true, lost: true })
    expect(await gpuNow(bench, gpu)).toMatchObject({ health: 'failed' })
    expect(await say({ wasReset: true })).toMatchObject({ usable: true, endRun: false })
    expect(await standing()).toEqual([])
    expect((await historyOf(bench, gpu)).at(-1)).toEqual([
      'gpu.recovered',
      'It answers again. It was reset, and all is well since.',
    ])
  })

  test('does not hide that a run was hit before it, however often that is asked', async () => {
    const hit = { runId: RUN, xids: [xid(79)], wasReset: true }
    expect(await say(hit)).toEqual({ gpuId: gpu, usable: true, endRun: true, reason: FELL_OFF })
    expect(await say(hit)).toMatchObject({ usable: true, endRun: true })
    expect(await say({ runId: OTHER_RUN })).toMatchObject({ usable: true, endRun: false })
    expect(await faultsOf(bench, gpu)).toMatchObject([{ xid: 79, count: 1, clearedAt: expect.any(Date) }])
  })
})

test('two reports at once are taken one after the other: each XID counts once, and health is told once', async () => {
  const [a = '', b = ''] = await registered(bench, 'w4', 2)
  const shared = xid(79)
  const both = (codes: number[]) =>
    [a, b].map((id) => ({ ...well(id), runId: RUN, xids: [shared, ...codes.map((code) => xid(code))] }))
  const who = workerOf('w4')
  await Promise.all([
    ...Array.from({ length: 4 }, () => reportGpuHealth(bench.as(who), both([48]))),
    ...Array.from({ length: 4 }, () => reportGpuHealth(bench.as(who), both([13]).reverse())),
  ])
  for (const id of [a, b]) {
    const faults = await faultsOf(bench, id)
    expect(faults.find(({ xid }) => xid === 79)).toMatchObject({ count: 1 })
    const types = (await historyOf(bench, id)).map(([type]) => type)
    expect(types.filter((type) => type === 'gpu.failed')).toHaveLength(1)
    expect(new Set(types)).toEqual(new Set(['gpu.failed', 'gpu.noted']))
  }
})
