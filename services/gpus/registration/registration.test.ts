import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RegisterWorkerInput } from '../generated/resolvers.ts'
import { alice, type Bench, card, host, openBench, registered, report, workerOf } from '../testing.ts'
import { registerWorker } from './register.ts'

let bench: Bench
let workers = 0
let worker: string
beforeAll(async () => {
  bench = await openBench()
})
beforeEach(() => {
  workers += 1
  worker = `w${workers}`
})
afterAll(() => bench.close())

const register = (input: RegisterWorkerInput) => registerWorker(bench.as(workerOf(worker)), input)
const gpusNow = () => bench.as(alice).loaders.gpusOfWorker.load(worker)

/** The types of all events, by GPU or worker, that `act` writes. */
async function eventsBy(act: () => Promise<unknown>): Promise<string[]> {
  const last = await bench.database.pool.query('SELECT coalesce(max(id), 0) AS id FROM events')
  await act()
  const { rows } = await bench.database.pool.query(
    `SELECT e.type || ' ' || coalesce(g.uuid, e.worker_id) AS what FROM events e LEFT JOIN gpus g ON g.id = e.gpu_id
     WHERE e.id > $1 ORDER BY e.id`,
    [last.rows[0].id],
  )
  return rows.map(({ what }) => what)
}

describe('what a worker says of itself and its GPUs', () => {
  const capacity = { cpus: 64, memoryMb: 515_000, cpuSlots: 8 }
  const whole = {
    cudaVersion: '13.0',
    pciBusId: '00000000:65:00.0',
    mig: { parentUuid: 'GPU-parent', gpuInstance: 3, computeInstance: 0 },
    nvlinkPeers: [{ uuid: 'GPU-peer', links: 12 }],
  }

  test('is kept, and what it does not say any more is gone', async () => {
    expect(await register({ ...host([card('GPU-whole', 0, whole)]), capacity })).toMatchObject({ capacity })
    expect(await gpusNow()).toMatchObject([{ ...whole, health: 'healthy', labels: {} }])
    expect(await register(host([card('GPU-whole')]))).toMatchObject({ capacity: null })
    expect(await gpusNow()).toMatchObject([{ cudaVersion: null, pciBusId: null, mig: null, nvlinkPeers: [] }])
    expect(await register({ ...host([card('GPU-whole', 0, whole)]), capacity })).toMatchObject({ capacity })
  })

  test.each<[string, RegisterWorkerInput, string]>([
    ['a host without processors', { ...host([]), capacity: { ...capacity, cpus: 0 } }, 'capacity.cpus'],
    [
      'a host with fewer slots than none',
      { ...host([]), capacity: { ...capacity, cpuSlots: -1 } },
      'capacity.cpuSlots',
    ],
    ['a PCI address with a space', host([card('GPU-x', 0, { pciBusId: '0 0' })]), 'gpus.0.pciBusId'],
    ['an empty CUDA version', host([card('GPU-x', 0, { cudaVersion: '' })]), 'gpus.0.cudaVersion'],
    [
      'a slice of nothing',
      host([card('GPU-x', 0, { mig: { ...whole.mig, parentUuid: '' } })]),
      'gpus.0.mig.parentUuid',
    ],
    [
      'a link of no links',
      host([card('GPU-x', 0, { nvlinkPeers: [{ uuid: 'GPU-y', links: 0 }] })]),
      'gpus.0.nvlinkPeers.0.links',
    ],
    [
      'the same peer twice',
      host([card('GPU-x', 0, { nvlinkPeers: [...whole.nvlinkPeers, ...whole.nvlinkPeers] })]),
      'gpus.0.nvlinkPeers',
    ],
    ['more GPUs than a host has', host(Array.from({ length: 65 }, (_, i) => card(`GPU-x${i}`, i))), 'gpus'],
  ])('is refused with %s, with the path of the field', async (_, input, path) => {
    await expect(register(input)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', problems: [{ path }] })
  })
})

describe('the events of a registration', () => {
  test('tell of what is new alone', async () => {
    const two = [card('GPU-n1', 0), card('GPU-n2', 1, { nvlinkPeers: [{ uuid: 'GPU-n1', links: 4 }] })]
    expect(await eventsBy(() => register(host(two)))).toEqual([
      `worker.registered ${worker}`,
      'gpu.registered GPU-n1',
      'gpu.registered GPU-n2',
    ])
    expect(await eventsBy(() => register(host(two)))).toEqual([])
    expect(
      await eventsBy(() => register(host([card('GPU-n1', 0, { driverVersion: '581.0' }), ...two.slice(1)]))),
    ).toEqual(['gpu.registered GPU-n1'])
    expect(await eventsBy(() => register({ ...host(two.slice(0, 1)), hostname: 'other' }))).toEqual([
      `worker.registered ${worker}`,
      'gpu.registered GPU-n1',
      'gpu.missing GPU-n2',
    ])
    expect(await eventsBy(() => register({ ...host(two), hostname: 'other' }))).toEqual(['gpu.registered GPU-n2'])
  })

  test('still come with a sign of life where nothing is new', async () => {
    await register(host([]))
    await bench.database.pool.query(`UPDATE workers SET last_seen_at = now() - interval '1 hour' WHERE id = $1`, [
      worker,
    ])
    const { lastSeenAt } = await register(host([]))
    expect(Date.now() - lastSeenAt.getTime()).toBeLessThan(60_000)
  })
})

test('a GPU that moved to another worker is the new one’s to tell of, with the faults that it had', async () => {
  const [gpu = ''] = await registered(bench, worker)
  const [{ uuid } = { uuid: '' }] = await gpusNow()
  await report(bench, worker, gpu, { remapFailed: true })
  await register(host([]))
  await registerWorker(bench.as(workerOf('mover')), host([card(uuid, 5)]))
  expect(await bench.as(alice).loaders.gpu.load(gpu)).toMatchObject({ workerId: 'mover', index: 5, health: 'failed' })
  expect(await report(bench, worker, gpu)).toMatchObject({ usable: false, reason: 'It is not registered as yours.' })
  expect(await report(bench, 'mover', gpu)).toMatchObject({ usable: true })
})
