import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { returnGpu } from '../cordons/cordon.ts'
import type { GpuHealthInput } from '../generated/resolvers.ts'
import { registerWorker } from '../registration/register.ts'
import {
  type Bench,
  card,
  faultsOf,
  gpuNow,
  historyOf,
  host,
  openBench,
  operator,
  registered,
  report,
  workerOf,
  xid,
} from '../testing.ts'
import { probationSeconds } from './probation.ts'
import { recoverGpus } from './recover.ts'

let bench: Bench
let gpu: string
beforeAll(async () => {
  bench = await openBench()
})
beforeEach(async () => {
  // Those of the tests before are over.
  await bench.database.pool.query('UPDATE gpu_faults SET cleared_at = now() WHERE cleared_at IS NULL')
  const [id] = await registered(bench, 'w1')
  gpu = id ?? ''
})
afterAll(() => bench.close())

const say = (changes: Partial<GpuHealthInput> = {}) => report(bench, 'w1', gpu, changes)
const change = (sql: string, ...values: unknown[]) => bench.database.pool.query(sql, values)
const healthNow = async () => (await gpuNow(bench, gpu)).health

function look(base = 300) {
  const { pool } = bench.database
  const changed = () => {
    bench.told.times += 1
  }
  return recoverGpus({ pool, changed, probationSeconds: base })
}

/** As if so many seconds had gone by in which all went as it goes. */
async function pass(seconds: number) {
  await change(`UPDATE gpus SET well_since = well_since - $1 * interval '1 s'`, seconds)
  await look()
}

async function silent(seconds: number) {
  await change(`UPDATE workers SET last_seen_at = now() - $1 * interval '1 s' WHERE id = 'w1'`, seconds)
}

describe('an XID', () => {
  test('is forgotten when all was well for as long as the probation lasts, counted from the first look', async () => {
    await say({ xids: [xid(79), xid(63)] })
    bench.told.times = 0
    await look()
    await pass(299)
    expect(await healthNow()).toBe('failed')
    expect(bench.told.times).toBe(0)
    await pass(1)
    expect(await healthNow()).toBe('healthy')
    expect(await faultsOf(bench, gpu, true)).toEqual([])
    expect((await historyOf(bench, gpu)).at(-1)).toEqual([
      'gpu.recovered',
      expect.stringMatching(/^It has been well for 30\d s\.$/),
    ])
    expect(bench.told.times).toBe(1)
    expect(await look()).toEqual([])
  })

  test('stands as long as anything else is wrong, and its time begins when that is over', async () => {
    await say({ xids: [xid(79)], remapPending: true })
    await look()
    await pass(400)
    await say()
    expect(await healthNow()).toBe('failed')
    await look()
    await pass(299)
    expect(await healthNow()).toBe('failed')
    await pass(1)
    expect(await healthNow()).toBe('healthy')
  })

  test('that comes again begins the time anew, and so does a bad level in between', async () => {
    await say({ xids: [xid(79)] })
    await look()
    await pass(299)
    await say({ xids: [xid(79)] })
    await pass(1)
    expect(await healthNow()).toBe('failed')
    await pass(299)
    await say({ temperatureC: 95 })
    await say()
    await pass(1)
    expect(await healthNow()).toBe('failed')
  })

  test('that is only noted does not begin it anew', async () => {
    await say({ xids: [xid(79)] })
    await look()
    await pass(299)
    await say({ xids: [xid(13)] })
    await pass(1)
    expect(await healthNow()).toBe('healthy')
  })

  test('does not mind strangers, who keep the GPU occupied for themselves', async () => {
    await say({ xids: [xid(79)], strangers: [{ pid: 7, name: 'a' }] })
    await look()
    await pass(300)
    expect((await faultsOf(bench, gpu, true)).map(({ kind }) => kind)).toEqual(['strangers'])
    expect(await healthNow()).toBe('suspect')
  })

  test('is not forgotten while the worker is silent, nor for the time before that', async () => {
    await say({ xids: [xid(79)] })
    await look()
    await silent(31)
    await pass(300)
    expect(await healthNow()).toBe('failed')
    await silent(0)
    await look()
    await pass(299)
    expect(await healthNow()).toBe('failed')
    await pass(1)
    expect(await healthNow()).toBe('healthy')
  })

  test('is not forgotten while the GPU is missing', async () => {
    await say({ xids: [xid(79)] })
    await look()
    await registerWorker(bench.as(workerOf('w1')), host([]))
    await pass(1000)
    expect(await healthNow()).toBe('failed')
  })

  test('stays longer with each fatal fault of the last day', async () => {
    for (const code of [79, 95]) {
      await say({ xids: [xid(code)] })
      await say({ wasReset: true })
    }
    await say({ xids: [xid(48)] })
    await look()
    await pass(1199)
    expect(await healthNow()).toBe('failed')
    await pass(1)
    expect(await healthNow()).toBe('healthy')
    await change(`UPDATE gpu_faults SET first_at = first_at - interval '1 day' WHERE gpu_id = $1`, gpu)
    await say({ xids: [xid(48)] })
    await look()
    await pass(300)
    expect(await healthNow()).toBe('healthy')
  })

  test('is forgotten once, however many processes look', async () => {
    const ids = await registered(bench, 'w2', 4)
    for (const id of ids) await report(bench, 'w2', id, { xids: [xid(79)] })
    await look()
    await change(`UPDATE gpus SET well_since = well_since - interval '300 s'`)
    const found = await Promise.all(Array.from({ length: 5 }, () => look()))
    expect(found.flat().sort()).toEqual(ids.sort())
    for (const id of ids) {
      const types = (await historyOf(bench, id)).map(([type]) => type)
      expect(types).toEqual(['gpu.failed', 'gpu.recovered'])
    }
  })
})

test('the probation doubles with each further fatal fault, up to a day', () => {
  expect([0, 1, 2, 3, 9, 10, 5000].map((faults) => probationSeconds(300, faults))).toEqual([
    300, 300, 600, 1200, 76_800, 86_400, 86_400,
  ])
})

describe('a GPU that is lost', () => {
  test('has recovered when its worker finds it again after it had vanished', async () => {
    const uuid = (await gpuNow(bench, gpu)).uuid
    await say({ lost: true })
    await registerWorker(bench.as(workerOf('w1')), host([]))
    expect(await gpuNow(bench, gpu)).toMatchObject({ present: false, health: 'failed' })
    await registerWorker(bench.as(workerOf('w1')), host([card(uuid)]))
    expect(await gpuNow(bench, gpu)).toMatchObject({ present: true, health: 'healthy' })
    expect(await historyOf(bench, gpu)).toEqual([
      ['gpu.failed', expect.stringMatching(/^It does not answer/)],
      ['gpu.missing', 'Its worker no longer finds it.'],
      ['gpu.registered', null],
      ['gpu.recovered', 'Its worker has found it again.'],
    ])
  })

  test('keeps what else is wrong with it', async () => {
    const uuid = (await gpuNow(bench, gpu)).uuid
    await say({ lost: true, xids: [xid(79)] })
    await registerWorker(bench.as(workerOf('w1')), host([]))
    await registerWorker(bench.as(workerOf('w1')), host([card(uuid)]))
    expect((await faultsOf(bench, gpu, true)).map(({ kind }) => kind)).toEqual(['xid'])
    expect(await healthNow()).toBe('failed')
    expect((await historyOf(bench, gpu)).at(-1)).toEqual(['gpu.noted', 'Its worker has found it again.'])
  })
})

test('an operator’s return clears all faults, and what is still wrong is opened again by the next report', async () => {
  await say({ xids: [xid(79)], remapFailed: true })
  await returnGpu(bench.as(operator), gpu)
  expect(await healthNow()).toBe('healthy')
  expect((await faultsOf(bench, gpu)).map(({ clearedBy }) => clearedBy)).toEqual([
    'It was returned to service by otto.',
    'It was returned to service by otto.',
  ])
  expect((await historyOf(bench, gpu)).at(-1)).toEqual(['gpu.returned', 'It was returned to service by otto.'])
  expect(await say({ remapFailed: true })).toMatchObject({ endRun: true })
  expect((await faultsOf(bench, gpu, true)).map(({ kind }) => kind)).toEqual(['remap-failed'])
})
