// For tests: the one GPU that there is, with something in each of its fields.
import { ConstellationError } from '@constellation/platform/errors.ts'

export const GPU = {
  id: '0199a1b2-0000-7000-8000-00000000000a',
  uuid: 'GPU-6c1f0b3e-5c1d-4f6e-9d5e-2f3a4b5c6d7e',
  name: 'Simulated A100',
  index: 0,
  totalMemoryMb: 81_920,
  computeCapability: '8.0',
  driverVersion: null,
  cudaVersion: '13.0',
  pciBusId: '00000000:65:00.0',
  simulated: true,
  state: 'UNHEALTHY',
  stateReason: 'It does not answer.',
  health: 'FAILED',
  cordon: null,
  mig: { parentUuid: 'GPU-p', gpuInstance: 1, computeInstance: 0 },
  nvlinkPeers: [{ uuid: 'GPU-q', links: 4 }],
  labels: { rack: 'a1' },
  faults: () => [
    {
      id: '0199a1b2-0000-7000-8000-00000000000f',
      kind: 'REMAP_PENDING',
      xid: null,
      severity: 'DRAIN',
      message: 'A row is to be remapped.',
      firstAt: '2026-01-31T12:00:00.000Z',
      lastAt: '2026-01-31T12:00:01.000Z',
      count: 2,
      run: { id: '0199a1b2-0000-7000-8000-0000000000b1' },
    },
  ],
  worker: { id: 'worker-1', hostname: 'node-1', state: 'ONLINE' },
  currentRun: null,
  lastSample: {
    at: '2026-01-31T12:00:00.000Z',
    utilisationPercent: 1,
    memoryUtilisationPercent: 2,
    memoryUsedMb: 3,
    powerWatts: 4,
    powerLimitWatts: 5,
    temperatureC: 6,
    memoryTemperatureC: 7,
    smClockMhz: 8,
    memoryClockMhz: 9,
    fanPercent: null,
    energyJoules: 11,
    throttleReasons: ['HW_THERMAL'],
  },
}

/** The fields of the graph that speak of GPUs. */
export function gpuFields() {
  return {
    gpu: ({ id }: { id: string }) => (id === GPU.id ? GPU : null),
    cordonGpu: (word: { id: string; reason: string }) => ({ gpu: cordoned(word, 'CORDON') }),
    drainGpu: (word: { id: string; reason: string }) => ({ gpu: cordoned(word, 'DRAIN') }),
    returnGpu: ({ id }: { id: string }) => ({ gpu: findGpu(id) }),
    gpus: () => ({ nodes: [GPU], pageInfo: { hasNextPage: false, endCursor: 'x' } }),
  }
}

function findGpu(id: string): typeof GPU {
  if (id !== GPU.id) throw new ConstellationError('NOT_FOUND', `There is no GPU ${id}.`)
  return GPU
}

function cordoned({ id, reason }: { id: string; reason: string }, mode: 'CORDON' | 'DRAIN') {
  return { ...findGpu(id), cordon: { mode, reason, by: 'otto', at: '2026-01-31T12:00:00.000Z' } }
}
