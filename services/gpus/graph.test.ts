import { type Principal, vouch } from '@constellation/platform/identity.ts'
import { startSubgraph } from '@constellation/platform/subgraph/subgraph.ts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { cordonGpu, cordonWorker } from './cordons/cordon.ts'
import { registerWorker } from './registration/register.ts'
import { resolvers } from './resolvers.ts'
import { RULES } from './rules.ts'
import {
  admin,
  alice,
  analyst,
  type Bench,
  card,
  faultsOf,
  host,
  log,
  openBench,
  operator,
  registered,
  report,
  workerOf,
  xid,
} from './testing.ts'

const GATEWAY_SECRET = 'a secret of the tests, 32 characters'
const RUN = '0199a1b2-0000-7000-8000-000000000001'

let bench: Bench
let subgraph: Awaited<ReturnType<typeof startSubgraph>>
beforeAll(async () => {
  bench = await openBench()
  const config = { HOST: '127.0.0.1', PORT: 0, GATEWAY_SECRET }
  subgraph = await startSubgraph({ name: 'gpus', resolvers, rules: RULES, context: bench.as, checks: {}, config, log })
})
afterAll(async () => {
  await subgraph.stop()
  await bench.close()
})

async function ask(who: Principal, query: string, variables: object = {}) {
  const body = JSON.stringify({ query, variables })
  const headers = { 'content-type': 'application/json', ...vouch(GATEWAY_SECRET, who, body) }
  const answer = await fetch(`${subgraph.url}/graphql`, { method: 'POST', headers, body })
  return answer.json()
}

test('a GPU shows what is known of it, and what is said of it', async () => {
  await registerWorker(bench.as(workerOf('w1')), {
    ...host([
      card('GPU-a', 0, {
        nvlinkPeers: [
          { uuid: 'GPU-b', links: 4 },
          { uuid: 'GPU-elsewhere', links: 2 },
        ],
      }),
      card('GPU-b', 1, { mig: { parentUuid: 'GPU-p', gpuInstance: 1, computeInstance: 0 }, cudaVersion: '13.0' }),
    ]),
    capacity: { cpus: 8, memoryMb: 16_000, cpuSlots: 2 },
  })
  const [a, b] = await bench.as(alice).loaders.gpusOfWorker.load('w1')
  await report(bench, 'w1', a?.id ?? '', { runId: RUN, xids: [xid(79), xid(13)], remapPending: true })
  const { data, errors } = await ask(
    operator,
    `mutation ($id: ID!) {
       labelGpu(id: $id, labels: {rack: "a1"}) { gpu { labels } }
       drainGpu(id: $id, reason: "Its fan is loud.") { gpu { state cordon { mode reason by } } }
       cordonWorker(id: "w1", reason: "New disks.") {
         worker {
           capacity { cpus memoryMb cpuSlots }
           cordon { mode reason by }
           gpus {
             uuid registeredAt state stateReason health cudaVersion mig { parentUuid gpuInstance computeInstance }
             nvlinkPeers { uuid links gpu { id } }
             faults(open: true) { kind xid severity count message clearedAt runId gpu { uuid } }
             noted: faults(open: false, first: 1) { kind severity clearedBy }
             events(first: 3) { type reason }
           }
         }
       }
     }`,
    { id: b?.id },
  )
  expect(errors).toBeUndefined()
  expect(data.labelGpu.gpu.labels).toEqual({ rack: 'a1' })
  expect(data.drainGpu.gpu).toEqual({
    state: 'DRAINING',
    cordon: { mode: 'DRAIN', reason: 'Its fan is loud.', by: 'otto' },
  })
  const { capacity, cordon, gpus } = data.cordonWorker.worker
  expect(capacity).toEqual({ cpus: 8, memoryMb: 16_000, cpuSlots: 2 })
  expect(cordon).toEqual({ mode: 'CORDON', reason: 'New disks.', by: 'otto' })
  expect(gpus).toEqual([
    {
      uuid: 'GPU-a',
      registeredAt: expect.stringMatching(/Z$/),
      state: 'UNHEALTHY',
      stateReason: expect.stringMatching(/^XID 79: .+ A row of its memory is to be remapped/),
      health: 'FAILED',
      cudaVersion: null,
      mig: null,
      nvlinkPeers: [
        { uuid: 'GPU-b', links: 4, gpu: { id: b?.id } },
        { uuid: 'GPU-elsewhere', links: 2, gpu: null },
      ],
      faults: [
        expect.objectContaining({ kind: 'REMAP_PENDING', xid: null, severity: 'DRAIN' }),
        {
          kind: 'XID',
          xid: 79,
          severity: 'FATAL',
          count: 1,
          message: expect.stringMatching(/^XID 79/),
          clearedAt: null,
          runId: RUN,
          gpu: { uuid: 'GPU-a' },
        },
      ],
      noted: [{ kind: 'XID', severity: 'NOTE', clearedBy: 'It was only noted.' }],
      events: [
        { type: 'gpu.cordoned', reason: 'Its worker was cordoned by otto: New disks.' },
        { type: 'gpu.failed', reason: expect.stringContaining('XID 13') },
        { type: 'gpu.registered', reason: null },
      ],
    },
    expect.objectContaining({
      state: 'DRAINING',
      stateReason: 'It is draining: Its fan is loud.',
      health: 'HEALTHY',
      cudaVersion: '13.0',
      mig: { parentUuid: 'GPU-p', gpuInstance: 1, computeInstance: 0 },
      nvlinkPeers: [],
      faults: [],
    }),
  ])
})

test('GPUs come by their health', async () => {
  const [failed = '', suspect = '', healthy = ''] = await registered(bench, 'w2', 3)
  await report(bench, 'w2', failed, { lost: true })
  await report(bench, 'w2', suspect, { remapPending: true })
  const found = async (health: string) => {
    const { data } = await ask(alice, `{ gpus(filter: {workerId: "w2", health: ${health}}) { nodes { id } } }`)
    return data.gpus.nodes.map(({ id }: { id: string }) => id)
  }
  expect(await found('[FAILED]')).toEqual([failed])
  expect(await found('[SUSPECT, HEALTHY]')).toEqual([suspect, healthy])
  expect(await found('null')).toEqual([failed, suspect, healthy])
  expect(await found('[]')).toEqual([])
})

test('what uses a GPU is shown to those who run the place, and to nobody else', async () => {
  const [gpu = ''] = await registered(bench, 'w3')
  bench.processes.push(
    { gpuId: gpu, pid: 7, name: 'python3', memoryMb: 512, runId: RUN },
    { gpuId: gpu, pid: 8, name: null, memoryMb: null },
  )
  const shown = async (who: Principal) => {
    const query = `query ($id: ID!) { gpu(id: $id) { processes { pid name memoryMb run { id } } } }`
    return (await ask(who, query, { id: gpu })).data.gpu.processes
  }
  for (const who of [operator, admin, analyst]) {
    expect(await shown(who)).toEqual([
      { pid: 7, name: 'python3', memoryMb: 512, run: { id: RUN } },
      { pid: 8, name: null, memoryMb: null, run: null },
    ])
  }
  for (const who of [alice, { ...alice, role: 'account-manager' } as const]) {
    expect(await shown(who)).toBeNull()
  }
})

test('a fleet’s faults, events and reasons are asked for once each', async () => {
  const ids = await registered(bench, 'w4', 20)
  for (const id of ids) await report(bench, 'w4', id, { remapPending: true })
  await cordonWorker(bench.as(operator), 'w4', 'cordon', 'a')
  const asked = vi.spyOn(bench.database.pool, 'query')
  const { data, errors } = await ask(
    alice,
    `{ gpus(filter: {workerId: "w4"}) { nodes { state stateReason faults { id } events { id } nvlinkPeers { gpu { id } } } } }`,
  )
  expect(errors).toBeUndefined()
  expect(data.gpus.nodes).toHaveLength(20)
  expect(data.gpus.nodes[0]).toMatchObject({ state: 'UNHEALTHY', faults: [{}], events: [{}, {}, {}] })
  expect(asked).toHaveBeenCalledTimes(3)
  asked.mockRestore()
})

test('a worker’s report and its verdict go through the graph', async () => {
  const [gpu = ''] = await registered(bench, 'w5')
  const { data, errors } = await ask(
    workerOf('w5'),
    `mutation ($reports: [GpuHealthInput!]!) { reportGpuHealth(reports: $reports) { gpuId usable endRun reason } }`,
    { reports: [{ gpuId: gpu, xids: [xid(48)], lost: false, wasReset: false, strangers: [{ pid: 7 }] }] },
  )
  expect(errors).toBeUndefined()
  expect(data.reportGpuHealth).toEqual([
    { gpuId: gpu, usable: false, endRun: true, reason: expect.stringMatching(/^XID 48/) },
  ])
})

test.each([0, 501])('%i faults or events at a time are refused', async (first) => {
  const [gpu = ''] = await registered(bench, 'w6')
  for (const field of ['faults', 'events']) {
    const { errors } = await ask(alice, `query ($id: ID!) { gpu(id: $id) { ${field}(first: ${first}) { id } } }`, {
      id: gpu,
    })
    expect(errors[0].extensions).toMatchObject({ code: 'BAD_USER_INPUT', problems: [{ path: 'first' }] })
  }
})

test('a fault is found by its id, for what the jobs service knows of it', async () => {
  const [gpu = ''] = await registered(bench, 'w8')
  await report(bench, 'w8', gpu, { runId: RUN, xids: [xid(79)] })
  const [fault] = await faultsOf(bench, gpu)
  const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on GpuFault { xid runId } } }'
  const r = [fault?.id, RUN, 'nonsense'].map((id) => ({ __typename: 'GpuFault', id }))
  expect((await ask(alice, query, { r })).data._entities).toEqual([{ xid: 79, runId: RUN }, null, null])
})

test('what a mutation answers is what it has made, also for two in one request', async () => {
  const [gpu = ''] = await registered(bench, 'w7')
  await cordonGpu(bench.as(operator), gpu, 'cordon', 'a')
  const { data } = await ask(
    operator,
    `mutation ($id: ID!) {
       first: cordonGpu(id: $id, reason: "b") { gpu { cordon { reason } } }
       second: returnGpu(id: $id) { gpu { cordon { reason } state } }
     }`,
    { id: gpu },
  )
  expect(data).toEqual({
    first: { gpu: { cordon: { reason: 'b' } } },
    second: { gpu: { cordon: null, state: 'AVAILABLE' } },
  })
})
