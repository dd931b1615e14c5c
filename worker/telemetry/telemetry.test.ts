import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Telemetry, telemetry } from '@constellation/platform/events/telemetry.ts'
import { createLogger } from '@constellation/platform/log.ts'
import * as v from 'valibot'
import { expect, onTestFinished, test } from 'vitest'
import { openApi } from '../api.ts'
import { newHealth } from '../health/health.ts'
import { readRecord } from '../runs/run-records.ts'
import { heldRun } from '../testing/held-run.ts'
import { scriptedGpus } from '../testing/scripted-gpus.ts'
import { sampler } from './telemetry.ts'
import { runUsage } from './usage.ts'

const RUN = '0198a000-0000-7000-8000-000000000000'

async function world(uuids: readonly string[]) {
  const home = await mkdtemp(join(tmpdir(), 'constellation-telemetry-'))
  onTestFinished(() => rm(home, { recursive: true }))
  const log = createLogger('test', 'silent')
  const gpus = scriptedGpus(uuids)
  const run = await heldRun(home, RUN, { gpuUuids: ['a'], environment: { SIMULATED_GPU_LOAD: '7' } })
  run.begunAt = 5
  run.pid = 70
  const said: Telemetry[] = []
  const worker: Parameters<typeof sampler>[0] = {
    id: 'worker',
    gpus: gpus.provider,
    runs: new Map([[RUN, run]]),
    registered: (await gpus.provider.list()).map((gpu) => ({ ...gpu, id: `id-${gpu.uuid}` })),
    health: newHealth(openApi('http://127.0.0.1:1', '', log), true),
    log,
    bus: { publish: (_, text) => said.push(v.parse(telemetry, JSON.parse(text))) },
  }
  const read = (utilisationPercent: number | null) => {
    gpus.state.readings = gpus.state.readings.map((reading) => ({ ...reading, utilisationPercent }))
  }
  return { gpus, run, said, worker, read, sample: sampler(worker) }
}

test('a sample tells what each GPU did and which run held it, and the provider who that is', async () => {
  const { gpus, said, read, sample } = await world(['a', 'b'])
  read(40)
  await sample()
  expect(said).toMatchObject([
    {
      workerId: 'worker',
      samples: [
        { gpuId: 'id-a', runId: RUN, utilisationPercent: 40 },
        { gpuId: 'id-b', runId: null },
      ],
      processes: null,
    },
  ])
  const holder = { runId: RUN, environment: { SIMULATED_GPU_LOAD: '7' }, startedAt: 5, pid: 70 }
  expect(gpus.state.holders).toEqual(new Map([['a', holder]]))
})

test('what nobody can tell of a process is taken for the holder’s, but a stranger’s is nobody’s', async () => {
  const { said, worker, sample } = await world(['a', 'b'])
  const on = (uuid: string, pid: number) => ({ uuid, pid, name: 'x'.repeat(300), memoryMb: null })
  worker.health.users = [
    { ...on('a', 1), owner: 'unknown' },
    { ...on('a', 2), owner: 'stranger' },
    { ...on('b', 3), owner: { runId: RUN } },
    { ...on('b', 4), owner: 'unknown' },
    { ...on('b', 0), owner: 'unknown' },
    { ...on('not known', 5), owner: 'unknown' },
  ]
  await sample()
  expect(said[0]?.processes?.map(({ pid, runId }) => [pid, runId])).toEqual([
    [1, RUN],
    [2, null],
    [3, RUN],
    [4, null],
  ])
  expect(said[0]?.processes?.[0]?.name).toHaveLength(256)
})

test('what a run’s GPUs did is added up and written down, until it has ended', async () => {
  const { run, read, sample } = await world(['a'])
  read(0)
  await sample()
  expect(run.usage).toMatchObject({ samples: 1, restingMs: 0 })
  expect(await readRecord(run.files.usage, runUsage)).toEqual(run.usage)
  run.measured = true
  await sample()
  expect(run.usage.samples).toBe(1)
})

test('a run whose command has not started does not rest', async () => {
  const { run, read, sample } = await world(['a'])
  run.begunAt = undefined
  read(0)
  await sample()
  expect(run.usage.restingMs).toBeNull()
})

test('a driver that breaks leaves the sign of life', async () => {
  const { gpus, said, sample } = await world(['a'])
  gpus.provider.sample = () => Promise.reject(new Error('broken'))
  await sample()
  expect(said).toMatchObject([{ workerId: 'worker', samples: [] }])
})
