import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { alice, type Bench, eventsOf, gpuNow, historyOf, openBench, operator, registered } from '../testing.ts'
import { cordonGpu, cordonWorker, returnGpu } from './cordon.ts'
import { cordonOf } from './cordon-fields.ts'
import { createDrainLook } from './drain.ts'

const RUN = '0199a1b2-0000-7000-8000-000000000001'

let bench: Bench
let workers = 0
let worker: string
let gpus: string[]
beforeAll(async () => {
  bench = await openBench()
})
beforeEach(async () => {
  await bench.database.pool.query(`UPDATE gpus SET cordon = 'cordon' WHERE cordon = 'drain'`)
  await bench.database.pool.query(`UPDATE workers SET cordon = 'cordon' WHERE cordon = 'drain'`)
  workers += 1
  worker = `w${workers}`
  gpus = await registered(bench, worker, 2)
})
afterAll(() => bench.close())

const busy = (id: string) => bench.samples.set(id, { runId: RUN })
const free = (id: string) => bench.samples.set(id, { runId: null })
const silent = (id: string) => bench.samples.delete(id)
const modeOf = async (id: string) => cordonOf(await gpuNow(bench, id))?.mode

/** A process that looks at these seconds. */
function looker() {
  const { lastSeen, changed } = bench.as(operator)
  const look = createDrainLook({ pool: bench.database.pool, lastSeen, changed })
  return (second: number) => look(second * 1000)
}

describe('the drain of a GPU', () => {
  test('becomes a cordon when no run was seen on it for 5 seconds', async () => {
    const [gpu = ''] = gpus
    busy(gpu)
    await cordonGpu(bench.as(operator), gpu, 'drain', 'Its fan is loud.')
    const look = looker()
    await look(0)
    await look(10)
    free(gpu)
    await look(20)
    await look(24)
    expect(await modeOf(gpu)).toBe('DRAIN')
    await look(25)
    expect(cordonOf(await gpuNow(bench, gpu))).toMatchObject({ mode: 'CORDON', reason: 'Its fan is loud.', by: 'otto' })
    expect((await historyOf(bench, gpu)).at(-1)).toEqual(['gpu.cordoned', 'Its drain has ended.'])
    await look(60)
    expect(await historyOf(bench, gpu)).toHaveLength(2)
  })

  test('goes on while a run comes in between, and while nothing is heard of it', async () => {
    const [gpu = ''] = gpus
    await cordonGpu(bench.as(operator), gpu, 'drain', 'a')
    const look = looker()
    free(gpu)
    await look(0)
    busy(gpu)
    await look(4)
    free(gpu)
    await look(5)
    silent(gpu)
    await look(8)
    free(gpu)
    await look(9)
    await look(13)
    expect(await modeOf(gpu)).toBe('DRAIN')
    await look(14)
    expect(await modeOf(gpu)).toBe('CORDON')
  })

  test('is another one when it was taken back and begun anew', async () => {
    const [gpu = ''] = gpus
    free(gpu)
    await cordonGpu(bench.as(operator), gpu, 'drain', 'a')
    const look = looker()
    await look(0)
    await returnGpu(bench.as(operator), gpu)
    await cordonGpu(bench.as(operator), gpu, 'drain', 'b')
    await look(6)
    expect(await modeOf(gpu)).toBe('DRAIN')
    await look(11)
    expect(await modeOf(gpu)).toBe('CORDON')
  })

  test('ends once, however many processes look', async () => {
    const [gpu = ''] = gpus
    free(gpu)
    await cordonGpu(bench.as(operator), gpu, 'drain', 'a')
    const looks = Array.from({ length: 4 }, looker)
    for (const second of [0, 6]) await Promise.all(looks.map((look) => look(second)))
    expect((await historyOf(bench, gpu)).map(([type]) => type)).toEqual(['gpu.draining', 'gpu.cordoned'])
  })
})

describe('the drain of a worker', () => {
  const workerMode = async () => {
    const found = await bench.as(alice).loaders.worker.load(worker)
    return found && cordonOf(found)?.mode
  }

  test('becomes a cordon when all of its GPUs are free', async () => {
    const [a = '', b = ''] = gpus
    free(a)
    busy(b)
    await cordonWorker(bench.as(operator), worker, 'drain', 'a')
    const look = looker()
    await look(0)
    await look(6)
    expect(await workerMode()).toBe('DRAIN')
    free(b)
    await look(10)
    await look(15)
    expect(await workerMode()).toBe('CORDON')
    expect((await eventsOf(bench, b)).at(-1)).toMatchObject({
      type: 'gpu.cordoned',
      reason: 'Its worker has ended its drain.',
    })
    const { rows } = await bench.database.pool.query(
      'SELECT type, reason FROM events WHERE subject = $1 ORDER BY id DESC LIMIT 1',
      [`events.workers.${worker}`],
    )
    expect(rows).toEqual([{ type: 'worker.cordoned', reason: 'It has ended its drain.' }])
  })

  test('asks only for GPUs that it finds, and ends where it has none', async () => {
    worker = `${worker}-without`
    await registered(bench, worker, 0)
    await cordonWorker(bench.as(operator), worker, 'drain', 'a')
    const look = looker()
    await look(0)
    await look(5)
    expect(await workerMode()).toBe('CORDON')
  })
})
