import { expect, it } from 'vitest'
import type { HeldGpuFragment, QueuedJobFragment } from '../generated/documents.ts'
import { isQuiet, machinesNow, sayIndices, shareDone } from './machines.ts'

const AT = '2026-03-01T12:00:00.000Z'
const NOW = Date.parse(AT)
const inMinutes = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString()

function gpu(worker: string, index: number, changes: Partial<HeldGpuFragment> = {}): HeldGpuFragment {
  return {
    id: `${worker}-${index}`,
    index,
    name: 'A100',
    state: 'AVAILABLE',
    inUse: false,
    freeAt: null,
    worker: { id: worker, hostname: worker },
    currentRun: null,
    ...changes,
  }
}

function held(run: string, minutes: number | null): Partial<HeldGpuFragment> {
  const job = { id: `job-${run}`, name: run, submittedBy: 'ada' }
  const currentRun = { id: run, claimedAt: inMinutes(-10), startedAt: null, job }
  return { inUse: true, freeAt: minutes === null ? null : inMinutes(minutes), currentRun }
}

function keptOn(worker: string): QueuedJobFragment {
  return {
    id: 'gang',
    name: 'gang',
    state: 'QUEUED',
    priority: 0,
    account: 'team',
    submittedBy: 'ada',
    createdAt: AT,
    cancelRequested: false,
    timeoutSeconds: null,
    gpus: { count: 4, model: null, minMemoryMb: null, minComputeCapability: null },
    workerLabels: {},
    container: null,
    queue: { position: 1, reason: 'GATHERING', message: 'm', eta: null, keptOn: { id: worker, hostname: worker } },
  }
}

it('tells of each worker what holds its GPUs, what ends first, first', () => {
  const [machine] = machinesNow(
    [
      gpu('w', 0, held('long', 60)),
      gpu('w', 1, held('short', 5)),
      gpu('w', 2, held('long', 61)),
      gpu('w', 3),
      gpu('w', 4, { state: 'CORDONED' }),
      gpu('w', 5, { inUse: true }),
    ],
    [],
  )
  expect(machine).toMatchObject({ free: 1, outOfService: 1 })
  expect(
    machine?.holdings.map(({ run, gpus, freeAt }) => [run?.id, gpus.length, freeAt && (freeAt - NOW) / 60_000]),
  ).toEqual([
    ['short', 1, 5],
    ['long', 2, 61],
    [undefined, 1, null],
  ])
})

it('puts workers first that keep GPUs, and then those that have one the soonest', () => {
  const gpus = [
    gpu('late', 0, held('a', 9)),
    gpu('soon', 0, held('b', 2)),
    gpu('kept', 0, held('c', 99)),
    gpu('free', 0),
  ]
  const machines = machinesNow(gpus, [keptOn('kept')])
  expect(machines.map(({ worker }) => worker.id)).toEqual(['kept', 'soon', 'late', 'free'])
  expect(machines.map(isQuiet)).toEqual([false, false, false, true])
  expect(machines[0]?.keptFor.map(({ name }) => name)).toEqual(['gang'])
})

it('knows how much of its time a run has had', () => {
  const [machine] = machinesNow([gpu('w', 0, held('a', 10)), gpu('w', 1, held('b', null))], [])
  expect(machine?.holdings.map((holding) => shareDone(holding, NOW))).toEqual([0.5, undefined])
})

it('counts slices, which have the index of their GPU', () => {
  expect([sayIndices([0, 1]), sayIndices([3, 7, 7])]).toEqual(['0, 1', '3, 7 × 2'])
})
