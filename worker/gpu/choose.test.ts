import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildFake, canCompile } from '../node-nvml/fake/build.ts'
import { chooseGpus } from './choose.ts'
import { nvmlGpus } from './nvml.ts'

const NOWHERE = '/no/such/libnvidia-ml.so.1'

/** Whatever this machine has: without the name of a library there is none. */
const choose = (simulated: number | undefined, nvmlLibrary: string | undefined) =>
  chooseGpus({ workerId: 'worker', simulated, nvmlLibrary, home: tmpdir() }, ({ library = NOWHERE, home }) =>
    nvmlGpus({ library, home }),
  )

test('without a driver four simulated GPUs stand in, and it is said why', async () => {
  const gpus = choose(undefined, undefined)
  expect(await gpus.list()).toHaveLength(4)
  expect((await gpus.list()).every(({ simulated, name }) => simulated && name.startsWith('Simulated'))).toBe(true)
  expect(gpus.notice()).toMatch(/there is no NVIDIA driver here\. Simulated GPUs stand in\.$/)
})

test('a number of simulated GPUs is taken at its word, and none means none', async () => {
  expect(await choose(7, undefined).list()).toHaveLength(7)
  const none = choose(0, undefined)
  expect(await none.list()).toEqual([])
  expect(await none.sample(new Map())).toEqual([])
  expect(none.notice()).not.toBeNull()
})

describe.runIf(canCompile())('with a fake driver', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'worker-gpus-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('real GPUs are listed and read, and a metric that is not offered is null', async () => {
    const fake = buildFake(join(folder, 'libnvidia-ml.so.1'))
    const gpus = choose(undefined, fake.path)
    expect(await gpus.list()).toMatchObject([
      { name: 'NVIDIA A100-SXM4-80GB', index: 0, totalMemoryMb: 81_920, computeCapability: '8.0', simulated: false },
      { uuid: 'GPU-11111111-2222-3333-4444-555555555555', index: 1, driverVersion: '580.65.06' },
    ])
    expect(gpus.notice()).toBeNull()
    fake.answer(0, 'ENERGY', 3)
    fake.answer(1, 'POWER', 15)
    const [first, lost] = await gpus.sample(new Map())
    expect(first).toMatchObject({
      utilisationPercent: 87,
      powerWatts: 312.5,
      temperatureC: 61,
      smClockMhz: 1_410,
      energyJoules: null,
    })
    expect(first?.memoryUsedMb).toBeCloseTo(5_053.85)
    expect(lost).toMatchObject({ utilisationPercent: null, powerWatts: null })
    fake.answer(0, 'HANDLE', 4)
    expect(await gpus.list()).toHaveLength(1)
    gpus.close()
  })
})
