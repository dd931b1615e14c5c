import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { appendFault, faultLogPath } from './fault-log.ts'
import type { GpuHint, GpuProvider, Holder } from './provider.ts'
import { simulatedGpus } from './simulated.ts'

let home: string
let now: number
const open = new Set<GpuProvider>()

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'constellation-simulated-'))
  now = 1_000_000
})

afterEach(async () => {
  for (const gpus of open) await gpus.close()
  open.clear()
  await rm(home, { recursive: true })
})

function start(count = 2): GpuProvider {
  const gpus = simulatedGpus({ workerId: 'w', count, notice: null, home, random: () => 0.5, clock: () => now })
  open.add(gpus)
  return gpus
}

const RUN: Holder = { runId: 'run-1', environment: {}, startedAt: 1_000_000, pid: 4_711 }

async function uuidsOf(gpus: GpuProvider): Promise<string[]> {
  return (await gpus.list()).map(({ uuid }) => uuid)
}

/** Samples each second for so long, and answers with the last sample. */
async function after(seconds: number, gpus: GpuProvider, holders: ReadonlyMap<string, Holder>) {
  for (let second = 0; second < seconds; second++) {
    now += 1_000
    await gpus.sample(holders)
  }
  return gpus.sample(holders)
}

/** Resolves with the next hint. */
function nextHint(gpus: GpuProvider): Promise<GpuHint> {
  return new Promise((resolve) => {
    const end = gpus.onEvent((hint) => {
      end()
      resolve(hint)
    })
  })
}

test('its GPUs are the same at each start, and others on another worker', async () => {
  const uuids = (workerId: string) => uuidsOf(simulatedGpus({ workerId, count: 3, notice: null, home: null }))
  expect(await uuids('a')).toEqual(await uuids('a'))
  expect(new Set([...(await uuids('a')), ...(await uuids('b'))]).size).toBe(6)
  expect((await uuids('a'))[0]).toMatch(/^SIM-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
})

test('they are linked in pairs, and say where they are and that they are simulated', async () => {
  const [first, second, third] = await start(3).list()
  expect(first).toMatchObject({ simulated: true, cudaVersion: null, driverVersion: null, mig: null })
  expect(first?.name).toMatch(/^Simulated/)
  expect(first?.nvlinkPeers).toEqual([{ uuid: second?.uuid, links: 12 }])
  expect(second?.nvlinkPeers).toEqual([{ uuid: first?.uuid, links: 12 }])
  expect(third).toMatchObject({ nvlinkPeers: [], pciBusId: '00000000:03:00.0' })
})

test('load and memory are what the run asks for, and the process is its own', async () => {
  const gpus = start()
  const [first = '', second = ''] = await uuidsOf(gpus)
  const environment = { SIMULATED_GPU_LOAD: '0-30:50', SIMULATED_GPU_MEMORY_MB: '2000' }
  const holders = new Map([[first, { ...RUN, environment }]])
  expect(await after(20, gpus, holders)).toMatchObject([
    { uuid: first, utilisationPercent: 50, memoryUsedMb: 2_000 },
    { uuid: second, utilisationPercent: 0, memoryUsedMb: 425 },
  ])
  expect(await gpus.processes()).toEqual([{ uuid: first, pid: 4_711, name: 'simulated', memoryMb: 2_000 }])
  const [idle] = await after(20, gpus, holders)
  expect(idle).toMatchObject({ utilisationPercent: 0, memoryUsedMb: 2_000 })
})

test('a run whose start is not known yet is as old as it was seen, until it is known', async () => {
  const gpus = start(1)
  const [first = ''] = await uuidsOf(gpus)
  const run = { ...RUN, startedAt: null, environment: { SIMULATED_GPU_LOAD: '0-60:80' } }
  expect(await after(50, gpus, new Map([[first, run]]))).toMatchObject([{ utilisationPercent: 80 }])
  const begun = { ...run, startedAt: now }
  expect(await after(50, gpus, new Map([[first, begun]]))).toMatchObject([{ utilisationPercent: 80 }])
  expect(await after(20, gpus, new Map([[first, begun]]))).toMatchObject([{ utilisationPercent: 0 }])
})

test('a run brings its fault upon the first of its GPUs, once, also when the worker starts anew', async () => {
  const gpus = start()
  const [first = '', second = ''] = await uuidsOf(gpus)
  const run = { ...RUN, environment: { SIMULATED_GPU_FAULT: 'xid:79@5,ecc@6' } }
  const holders = new Map([first, second].map((uuid) => [uuid, run]))
  const hints: GpuHint[] = []
  gpus.onEvent((hint) => hints.push(hint))
  await after(4, gpus, holders)
  expect(hints).toEqual([])
  await after(10, gpus, holders)
  expect(hints).toEqual([{ type: 'xid', uuid: first, code: 79, at: expect.any(Number) }, { type: 'look' }])
  const later = start()
  const heard: GpuHint[] = []
  later.onEvent((hint) => heard.push(hint))
  await after(10, later, holders)
  expect(heard).toEqual([])
  expect(await later.health()).toMatchObject([{ doubleBitEccErrors: 1 }, { doubleBitEccErrors: 0 }])
})

test('a fault from outside is heard at once, lasts beyond the worker, and heals', async () => {
  const gpus = start()
  const [first = '', second = ''] = await uuidsOf(gpus)
  await gpus.health()
  const look = nextHint(gpus)
  await appendFault(faultLogPath(home), { gpu: '1', fault: 'lost' })
  expect(await look).toEqual({ type: 'look' })
  expect(await gpus.list()).toHaveLength(2)
  const later = start()
  const [healthy, lost] = await later.health()
  expect(healthy).toMatchObject({ uuid: first, lost: false, temperatureC: 30, slowdownTemperatureC: 92 })
  expect(lost).toMatchObject({ uuid: second, lost: true, temperatureC: null, doubleBitEccErrors: null })
  expect((await later.sample(new Map()))[1]).toMatchObject({ powerWatts: null, utilisationPercent: null })
  await appendFault(faultLogPath(home), { gpu: second, fault: 'heal' })
  expect((await later.health())[1]).toMatchObject({ lost: false, wasReset: true })
  expect((await later.health())[1]).toMatchObject({ lost: false, wasReset: false })
})

test('what the driver would report is reported', async () => {
  const gpus = start()
  for (const fault of ['remap', 'remap-failed', 'recovery:reset', 'ecc', 'ecc', 'hot', 'stranger']) {
    await appendFault(faultLogPath(home), { gpu: '0', fault })
  }
  await after(30, gpus, new Map())
  expect((await gpus.health())[0]).toMatchObject({
    temperatureC: 94,
    doubleBitEccErrors: 2,
    remapPending: true,
    remapFailed: true,
    recoveryAction: 'RESET',
  })
  expect(await gpus.processes()).toMatchObject([{ pid: process.ppid, name: 'simulated stranger' }])
})

test('what is no fault, or of no GPU here, changes nothing', async () => {
  const gpus = start()
  const lines = ['{', '{"gpu":"0","fault":"explode"}', '{"gpu":"7","fault":"lost"}', '[]', '{"gpu":"0","fault":"ecc"}']
  await appendFile(faultLogPath(home), `${lines.join('\n')}\n{"gpu":"0","fault":"lo`)
  expect(await gpus.health()).toMatchObject([{ lost: false, doubleBitEccErrors: 1 }, { lost: false }])
  await appendFile(faultLogPath(home), 'st"}\n')
  expect(await gpus.health()).toMatchObject([{ lost: true }, { lost: false }])
})

test('without a home to write to, faults are kept in memory', async () => {
  const gpus = simulatedGpus({ workerId: 'w', count: 1, notice: null, home: join(home, 'none'), clock: () => now })
  open.add(gpus)
  const [first = ''] = await uuidsOf(gpus)
  const holders = new Map([[first, { ...RUN, environment: { SIMULATED_GPU_FAULT: 'ecc@1' } }]])
  await after(5, gpus, holders)
  expect(await gpus.health()).toMatchObject([{ doubleBitEccErrors: 1 }])
})
