import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { GpuHealthInput } from '../generated/resolvers.ts'
import {
  alice,
  type Bench,
  faultsOf,
  openBench,
  operator,
  registered,
  report,
  well,
  workerOf,
  xid,
} from '../testing.ts'
import { reportGpuHealth } from './report-health.ts'

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

describe('whose GPU it is', () => {
  test('is for its worker alone to say', async () => {
    expect(await report(bench, 'w2', gpu, { xids: [xid(79)] })).toEqual({
      gpuId: gpu,
      usable: false,
      endRun: false,
      reason: 'It is not registered as yours.',
    })
    expect(await faultsOf(bench, gpu)).toEqual([])
  })

  test('is not said by people', async () => {
    for (const who of [alice, operator]) {
      await expect(reportGpuHealth(bench.as(who), [well(gpu)])).rejects.toMatchObject({ code: 'FORBIDDEN' })
    }
  })

  test('does not matter for the answers about others, which come in the order of the reports', async () => {
    const [other = ''] = await registered(bench, 'w3')
    const verdicts = await reportGpuHealth(bench.as(workerOf('w1')), [
      { ...well(other), lost: true },
      { ...well(gpu), lost: true },
    ])
    expect(verdicts.map(({ gpuId, endRun }) => [gpuId, endRun])).toEqual([
      [other, false],
      [gpu, true],
    ])
  })
})

test.each<[string, Partial<GpuHealthInput>, string]>([
  ['an id that is none', { gpuId: 'GPU-1' }, 'reports.0.gpuId'],
  ['a run that is none', { runId: 'x' }, 'reports.0.runId'],
  ['too many XIDs', { xids: Array.from({ length: 65 }, () => xid(13)) }, 'reports.0.xids'],
  ['an XID below zero', { xids: [xid(-1)] }, 'reports.0.xids.0.code'],
  ['a temperature that cannot be', { temperatureC: 1e6 }, 'reports.0.temperatureC'],
  ['fewer errors than none', { doubleBitEccErrors: -1 }, 'reports.0.doubleBitEccErrors'],
  ['too many strangers', { strangers: Array.from({ length: 65 }, (_, pid) => ({ pid })) }, 'reports.0.strangers'],
  ['a stranger with too long a name', { strangers: [{ pid: 1, name: 'x'.repeat(257) }] }, 'reports.0.strangers.0.name'],
])('a report with %s is refused with the path of the field', async (_, changes, path) => {
  await expect(say(changes)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', problems: [{ path }] })
})

test('more than 64 reports at a time, and two of the same GPU, are refused', async () => {
  const send = (ids: string[]) => reportGpuHealth(bench.as(workerOf('w1')), ids.map(well))
  const ids = Array.from({ length: 65 }, (_, i) => gpu.replace(/..$/, String(i + 10)))
  await expect(send(ids)).rejects.toMatchObject({ problems: [{ path: 'reports' }] })
  await expect(send([gpu, gpu])).rejects.toMatchObject({ problems: [{ path: 'reports' }] })
  expect(await send([])).toEqual([])
})
