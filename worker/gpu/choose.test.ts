import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildFake, canCompile } from 'node-nvml/fake/build'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { chooseGpus } from './choose.ts'
import { nvmlGpus } from './nvml.ts'
import type { GpuProvider } from './provider.ts'

const NOWHERE = '/no/such/libnvidia-ml.so.1'
let folder: string
const open = new Set<GpuProvider>()

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'constellation-choose-'))
})

afterEach(async () => {
  for (const gpus of open) await gpus.close()
  open.clear()
})

afterAll(() => rm(folder, { recursive: true }))

/** `system` is the library that this machine has. */
function choose(simulated: number | undefined, nvmlLibrary: string | undefined, system = NOWHERE) {
  let now = 0
  const gpus = chooseGpus({ workerId: 'worker', simulated, nvmlLibrary, home: folder }, (options) =>
    nvmlGpus({ ...options, library: options.library ?? system, clock: () => (now += 10_000) }),
  )
  open.add(gpus)
  return gpus
}

test('without a driver four simulated GPUs stand in, and it is said why', async () => {
  const gpus = choose(undefined, undefined)
  expect(await gpus.list()).toHaveLength(4)
  expect((await gpus.list()).every(({ simulated, name }) => simulated && name.startsWith('Simulated'))).toBe(true)
  expect(await gpus.sample(new Map())).toHaveLength(4)
  expect(gpus.notice()).toMatch(/there is no NVIDIA driver here\. Simulated GPUs stand in\.$/)
})

test('where a library is named there are real GPUs or none', async () => {
  const gpus = choose(undefined, NOWHERE)
  expect(await gpus.list()).toEqual([])
  expect(await gpus.sample(new Map())).toEqual([])
  expect(await gpus.health()).toEqual([])
  expect(await gpus.processes()).toBeNull()
  expect(gpus.notice()).toMatch(/there is no NVIDIA driver here\.$/)
})

test('a number of simulated GPUs is taken at its word, and none means none', async () => {
  expect(await choose(7, undefined).list()).toHaveLength(7)
  const none = choose(0, undefined)
  expect(await none.list()).toEqual([])
  expect(await none.sample(new Map())).toEqual([])
  expect(none.notice()).not.toBeNull()
})

test.runIf(canCompile())('real GPUs take the place of simulated ones, which never take theirs', async () => {
  const library = join(folder, 'libnvidia-ml.so.1')
  const gpus = choose(undefined, undefined, library)
  expect((await gpus.list())[0]?.simulated).toBe(true)
  const fake = buildFake(library)
  const [first] = await gpus.list()
  expect(first).toMatchObject({ simulated: false, name: 'NVIDIA A100-SXM4-80GB' })
  expect(gpus.notice()).toBeNull()
  fake.unplug()
  expect(await gpus.list()).toEqual([])
  expect(await gpus.sample(new Map())).toEqual([])
  expect(gpus.notice()).toBe('The NVIDIA driver is not loaded.')
})
