// GPUs that fail, go away and come back, on the whole stack: a fake library of NVIDIA's stands in for the driver.
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buildFake, canCompile } from 'node-nvml/fake/build'
import type { Fake } from 'node-nvml/fake/steer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { journalFile, openWorld, settled, submit, type World, watchJob } from './testing.ts'

const COMPILES = canCompile()
if (!COMPILES && process.env.CI) throw new Error('A C compiler is needed for the fake library.')

const ALL_WELL = ['AVAILABLE', 'AVAILABLE', 'AVAILABLE', 'AVAILABLE']

describe.runIf(COMPILES)('four GPUs of a fake library', () => {
  let folder: string
  let fake: Fake
  let world: World

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'constellation-gpu-health-'))
    fake = buildFake(path.join(folder, 'libnvidia-ml.so.1'))
    fake.configure({ gpus: 4 })
    process.env.NVML_LIBRARY = fake.path
    process.env.GPU_PROBATION_SECONDS = '2'
    world = await openWorld({ CONSTELLATION_SIMULATED_GPUS: '' })
  }, 120_000)
  afterAll(async () => {
    await world?.close()
    delete process.env.NVML_LIBRARY
    delete process.env.GPU_PROBATION_SECONDS
    fake?.unload()
    if (folder) await rm(folder, { recursive: true })
  })

  const gpus = () => gpusOf(world)
  const states = async () => (await gpus()).map(({ state }) => state)
  const untilStates = (wanted: string[]) => expect.poll(states, { timeout: 50_000, interval: 200 }).toEqual(wanted)
  const statesBut = (index: number, state: string) => ALL_WELL.with(index, state)

  /** The place of the GPU that the job's attempt holds or held. */
  async function placeOf(id: string, attempt: number): Promise<number> {
    const [run] = (await runsOf(world, id)).filter((one) => one.attempt === attempt)
    return run?.gpus[0]?.index ?? -1
  }
  async function started(params: object): Promise<{ id: string; place: number }> {
    const { id } = await submit(world, { gpus: 1, shell: true, ...params })
    await watchJob(world, id, ({ state }) => state === 'RUNNING')
    return { id, place: await placeOf(id, 1) }
  }

  test('they are shown as they are, in GraphQL and by REST', async () => {
    await untilStates(ALL_WELL)
    const [first] = await gpus()
    expect(first).toMatchObject({
      name: 'NVIDIA A100-SXM4-80GB',
      simulated: false,
      index: 0,
      totalMemoryMb: 81_920,
      computeCapability: '8.0',
      driverVersion: expect.stringMatching(/^\d+\.\d+/),
      pciBusId: expect.stringMatching(/^[0-9A-F]{8}:/i),
      health: 'HEALTHY',
      stateReason: null,
      worker: { gpuNotice: null, capacity: { cpus: expect.any(Number), cpuSlots: expect.any(Number) } },
    })
    await expect.poll(async () => (await gpus())[0]?.lastSample).toMatchObject({ temperatureC: expect.any(Number) })
    const { gpus: byRest } = await (await world.rest('/gpus')).json()
    expect(byRest).toHaveLength(4)
    expect(byRest[0]).toMatchObject({ uuid: first?.uuid, health: 'healthy', state: 'available' })
  })

  test('an XID 79 in the middle of a run takes its GPU alone out of service, and another GPU does the work', async () => {
    const { id, place } = await started({ command: '[ "$CONSTELLATION_ATTEMPT" = 2 ] || sleep 60' })
    fake.lose(place)
    fake.xid(place, 79)
    const [end] = (await watchJob(world, id, settled)).slice(-1)
    expect(end?.state).toBe('COMPLETED')
    const [failed, good] = await runsOf(world, id)
    expect(failed).toMatchObject({ state: 'LOST', outcome: 'GPU_FAILED', reason: expect.stringContaining('XID 79') })
    expect(failed?.metrics?.xids).toContain(79)
    expect(good).toMatchObject({ state: 'COMPLETED', outcome: 'EXITED', exitCode: 0 })
    expect(good?.gpus[0]?.uuid).not.toBe(failed?.gpus[0]?.uuid)
    expect(await states()).toEqual(statesBut(place, 'UNHEALTHY'))
    const gpu = (await gpus())[place]
    expect(gpu).toMatchObject({ health: 'FAILED', stateReason: expect.stringContaining('XID 79') })
    expect(gpu?.faults.find(({ xid }) => xid === 79)).toMatchObject({ severity: 'FATAL', run: { id: failed?.id } })
    expect(gpu?.runCounts).toMatchObject({ gpuFailed: 1 })

    fake.heal(place)
    await untilStates(ALL_WELL)
    expect((await gpus())[place]?.faults).toEqual([])
  })

  test('a program that exits by itself on the fault of its GPU is tried again, and its retries are kept', async () => {
    const gate = journalFile(world, 'gate')
    const { id, place } = await started({
      command: `[ "$CONSTELLATION_ATTEMPT" = 2 ] && exit; until [ -e ${gate} ]; do sleep 0.02; done; exit 1`,
      max_retries: 0,
    })
    fake.xid(place, 79)
    await writeFile(gate, '')
    const [end] = (await watchJob(world, id, settled)).slice(-1)
    expect(end?.state).toBe('COMPLETED')
    expect((await runsOf(world, id)).map(({ outcome }) => outcome)).toEqual(['GPU_FAILED', 'EXITED'])
    expect(existsSync(gate)).toBe(true)
    // No level tells that an XID is over: the GPU is back after a time without another.
    await untilStates(ALL_WELL)
  })

  test('an XID that is the program’s own fault is noted, and costs it nothing', async () => {
    const gate = journalFile(world, 'own-fault')
    const { id, place } = await started({ command: `until [ -e ${gate} ]; do sleep 0.02; done; exit 1` })
    fake.xid(place, 13)
    const [{ id: runId } = { id: '' }] = await runsOf(world, id)
    await expect.poll(() => notedOn(world, place)).toContainEqual({ xid: 13, run: { id: runId } })
    await writeFile(gate, '')
    const [end] = (await watchJob(world, id, settled)).slice(-1)
    expect(end?.state).toBe('FAILED')
    expect(await runsOf(world, id)).toMatchObject([{ outcome: 'EXITED', exitCode: 1, metrics: { xids: [13] } }])
    expect(await states()).toEqual(ALL_WELL)
  })

  test('a stranger’s process keeps runs off its GPU for as long as it is there', async () => {
    fake.process(3, { pid: process.pid, memoryMiB: 500 })
    await untilStates(statesBut(3, 'OCCUPIED'))
    expect((await gpus())[3]?.stateReason).toContain(String(process.pid))
    fake.endProcess(3, process.pid)
    await untilStates(ALL_WELL)
  })

  test('a driver that does not answer holds up nothing else', async () => {
    const gate = journalFile(world, 'slow-driver')
    const { id } = await started({ command: `until [ -e ${gate} ]; do sleep 0.02; done` })
    // One sample of the GPUs takes most of a minute now, which is longer than anybody here waits.
    fake.delay(400_000)
    const other = await submit(world, { command: ['true'] })
    expect((await watchJob(world, other.id, settled)).at(-1)?.state).toBe('COMPLETED')
    await writeFile(gate, '')
    const [end] = (await watchJob(world, id, settled)).slice(-1)
    expect(end).toMatchObject({ state: 'COMPLETED', runs: [{ attempt: 1 }] })
    fake.delay(0)
    await untilStates(ALL_WELL)
  })

  test('without their driver they are missing, which is said, and they are back with it', async () => {
    const gate = journalFile(world, 'unplugged')
    const { id: failing } = await started({
      command: `[ "$CONSTELLATION_ATTEMPT" = 2 ] && exit; until [ -e ${gate} ]; do sleep 0.02; done; exit 1`,
      max_retries: 0,
    })
    fake.unplug()
    await untilStates(['MISSING', 'MISSING', 'MISSING', 'MISSING'])
    await writeFile(gate, '')
    expect((await gpus())[0]?.worker.gpuNotice).toMatch(/driver/i)
    fake.plug()
    await untilStates(ALL_WELL)
    expect((await watchJob(world, failing, settled)).at(-1)?.state).toBe('COMPLETED')
    expect((await runsOf(world, failing))[0]).toMatchObject({
      outcome: 'GPU_FAILED',
      reason: expect.stringMatching(/gone/),
    })
    const { id } = await submit(world, { command: ['true'], gpus: 4 })
    expect((await watchJob(world, id, settled)).at(-1)?.state).toBe('COMPLETED')
    expect((await gpus())[0]?.worker.gpuNotice).toBeNull()
  })
})

describe('simulated GPUs', () => {
  let world: World

  beforeAll(async () => {
    process.env.IDLE_NOTE_SECONDS = '1'
    process.env.MAX_IDLE_SECONDS = '5'
    world = await openWorld()
  }, 120_000)
  afterAll(async () => {
    await world?.close()
    delete process.env.IDLE_NOTE_SECONDS
    delete process.env.MAX_IDLE_SECONDS
  })

  // These two at once, a GPU for each, as both take their time.
  test.concurrent('a run that holds a GPU and leaves it idle is flagged, and stopped where the operator wants that', async () => {
    const params = { command: ['sleep', '60'], gpus: 1, env: { SIMULATED_GPU_LOAD: '0' }, max_retries: 2 }
    const { id } = await submit(world, params)
    const idleSince = async () => (await runsOf(world, id))[0]?.idleSince
    await expect.poll(idleSince, { timeout: 15_000 }).toEqual(expect.any(String))
    const [end] = (await watchJob(world, id, settled)).slice(-1)
    expect(end?.state).toBe('FAILED')
    const [run, ...others] = await runsOf(world, id)
    expect(run).toMatchObject({
      outcome: 'IDLE',
      // A busy machine looks later.
      reason: expect.stringMatching(/^Its GPUs did nothing for \d+ s, longer than the 5 s that this worker allows\.$/),
      idleSince: null,
    })
    expect(run?.metrics?.idleSeconds).toBeGreaterThan(4)
    expect(others).toEqual([])
  })

  test.concurrent('a run that works is not stopped', async () => {
    const { id } = await submit(world, { command: ['sleep', '8'], gpus: 1 })
    expect((await watchJob(world, id, settled)).at(-1)?.state).toBe('COMPLETED')
  })

  test('a simulated GPU that fails on demand does so for the job that asked, once', async () => {
    const params = { command: '[ "$CONSTELLATION_ATTEMPT" = 2 ] || sleep 60', shell: true, gpus: 1 }
    const { id } = await submit(world, { ...params, env: { SIMULATED_GPU_FAULT: 'lost@1' } })
    expect((await watchJob(world, id, settled)).at(-1)?.state).toBe('COMPLETED')
    expect((await runsOf(world, id)).map(({ outcome }) => outcome)).toEqual(['GPU_FAILED', 'EXITED'])
    expect((await gpusOf(world)).map(({ state }) => state).sort()).toEqual(['AVAILABLE', 'UNHEALTHY'])
  })
})

interface ShownGpu {
  uuid: string
  index: number
  state: string
  stateReason: string | null
  lastSample: object | null
  worker: { gpuNotice: string | null }
  /** Those that are open. */
  faults: { xid: number | null; severity: string; run: { id: string } | null }[]
  runCounts: { gpuFailed: number }
}

async function gpusOf(world: World): Promise<ShownGpu[]> {
  const { data, errors } = await world.graphql(`{ gpus { nodes {
    uuid name simulated index totalMemoryMb computeCapability driverVersion pciBusId state stateReason health
    lastSample { temperatureC }
    worker { gpuNotice capacity { cpus cpuSlots } }
    faults(open: true) { xid severity run { id } }
    runCounts { gpuFailed }
  } } }`)
  if (!data) throw new Error(`the GPUs are not told: ${JSON.stringify(errors)}`)
  return (data as { gpus: { nodes: ShownGpu[] } }).gpus.nodes
}

/** What was noted of the GPU at this place, and is of no consequence. */
async function notedOn(world: World, place: number): Promise<object[]> {
  const { data, errors } = await world.graphql(`{ gpus { nodes { index faults(open: false) { xid run { id } } } } }`)
  if (!data) throw new Error(`the GPUs are not told: ${JSON.stringify(errors)}`)
  const { nodes } = (data as { gpus: { nodes: { index: number; faults: object[] }[] } }).gpus
  return nodes.find(({ index }) => index === place)?.faults ?? []
}

interface ShownRun {
  id: string
  attempt: number
  outcome: string | null
  idleSince: string | null
  gpus: { uuid: string; index: number }[]
  metrics: { xids: number[]; idleSeconds: number } | null
}

async function runsOf(world: World, id: string): Promise<ShownRun[]> {
  const query = `query ($id: ID!) { job(id: $id) { runs {
    id attempt state outcome exitCode reason idleSince gpus { uuid index } metrics { xids idleSeconds }
  } } }`
  const { data, errors } = await world.graphql(query, { id })
  if (!data) throw new Error(`the runs are not told: ${JSON.stringify(errors)}`)
  return (data as { job: { runs: ShownRun[] } }).job.runs
}
