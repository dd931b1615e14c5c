import { expect, test } from 'vitest'
import type { GpusViewQuery } from '../generated/documents.ts'
import type { ShownReading } from './model.ts'
import { snapshotOf } from './snapshot.ts'

type GpuNode = NonNullable<GpusViewQuery['gpus']>['nodes'][number]

const SAMPLE: NonNullable<GpuNode['lastSample']> = {
  gpuId: 'id-0',
  utilisationPercent: 10,
  memoryUsedMb: 1,
  powerWatts: 60,
  powerLimitWatts: 400,
  temperatureC: 40,
  smClockMhz: 210,
  memoryClockMhz: 1_593,
  fanPercent: null,
  throttleReasons: [],
}

const GPU: GpuNode = {
  id: 'id-0',
  uuid: 'GPU-a',
  name: 'NVIDIA A100',
  index: 0,
  simulated: false,
  totalMemoryMb: 81_920,
  driverVersion: null,
  cudaVersion: null,
  mig: null,
  state: 'AVAILABLE',
  stateReason: null,
  worker: { id: 'worker-1' },
  lastSample: SAMPLE,
  processes: [
    { pid: process.pid, name: 'node', memoryMb: 5, run: { id: 'run-1' } },
    { pid: 1, name: 'stranger', memoryMb: null, run: null },
  ],
  currentRun: { id: 'run-1', job: { name: 'train', submittedBy: 'alice' } },
}

const { gpuId: _, ...READING } = { ...SAMPLE, utilisationPercent: 90 }

interface Given {
  hostname?: string
  state?: 'ONLINE' | 'OFFLINE'
  more?: boolean
  trouble?: string
}

function tell(gpu: Partial<GpuNode>, given: Given = {}) {
  const { hostname = 'box', state = 'ONLINE', more = false, trouble = null } = given
  return snapshotOf({
    source: 'http://gateway',
    answer: {
      workers: { nodes: [{ id: 'worker-1', hostname, state, gpuNotice: 'A notice.' }] },
      gpus: { nodes: [{ ...GPU, ...gpu }], pageInfo: { hasNextPage: more } },
    },
    readings: new Map<string, ShownReading>([['id-0', READING]]),
    trouble,
    here: 'box',
  })
}

test('a GPU has the newest reading, and the job that holds it', async () => {
  const { groups, notices } = await tell({})
  expect(notices).toEqual([])
  expect(groups).toMatchObject([{ title: 'worker-1 on box, online', notice: 'A notice.' }])
  expect(groups[0]?.gpus[0]).toMatchObject({
    reading: { utilisationPercent: 90 },
    run: { job: 'train', user: 'alice' },
  })
})

test('one that has fallen silent has none, and an offline worker only its last', async () => {
  expect((await tell({ lastSample: null })).groups[0]?.gpus[0]?.reading).toBeNull()
  const [group] = (await tell({}, { state: 'OFFLINE' })).groups
  expect(group?.gpus[0]?.reading).toMatchObject({ utilisationPercent: 10 })
})

test('while the stack does not answer, nothing is shown as if it were so now', async () => {
  const { groups, notices } = await tell({}, { trouble: 'It could not be reached.' })
  expect(notices).toEqual(['It could not be reached.'])
  expect(groups[0]?.gpus[0]?.reading).toBeNull()
})

test('processes of this machine are looked at, those of others are told as they are', async () => {
  const [here] = (await tell({})).groups
  expect(here?.processes?.[0]).toMatchObject({
    pid: process.pid,
    job: 'train',
    command: expect.stringContaining('node'),
  })
  expect(here?.processes?.[0]?.user).not.toBeNull()
  expect(here?.processes?.[1]).toMatchObject({ pid: 1, job: null })
  const [elsewhere] = (await tell({}, { hostname: 'other' })).groups
  expect(elsewhere?.processes).toMatchObject([{ command: 'node', user: 'alice' }, { user: null }])
})

test('who may not see processes sees that they are not known, and a long list says that it is not whole', async () => {
  const { groups, notices } = await tell({ processes: null }, { more: true })
  expect(groups[0]?.processes).toBeNull()
  expect(notices).toEqual(['Only the first 1 GPUs are shown.'])
})
