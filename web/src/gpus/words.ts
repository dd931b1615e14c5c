import type { GpuState, WorkerState } from '../generated/documents.ts'

// What the page of GPUs and workers says.
export const words = {
  title: 'GPUs',
  summary: (busy: number, all: number) => `${busy} of ${all} in use`,
  loading: 'Loading the GPUs…',
  none: {
    title: 'No GPUs',
    text: 'No worker has registered one. Jobs that ask for no GPU can still run.',
    hint: 'To try Constellation without the hardware, start it with simulated ones:',
    command: 'CONSTELLATION_SIMULATED_GPUS=4 npm start',
  },
  more: (count: number) => `Only the first ${count} are shown.`,
  meters: { utilisation: 'Utilisation', memory: 'Memory', power: 'Power', temperature: 'Temperature' },
  history: 'Utilisation over the last minute',
  idle: 'Idle',
  held: 'Runs',
  away: 'Not available',
  place: (host: string, index: number, memory: string) => `${host} · GPU ${index} · ${memory}`,
  state: {
    AVAILABLE: 'Available',
    MISSING: 'Missing: its worker no longer finds it',
    UNREACHABLE: 'Unreachable: its worker is silent',
    UNHEALTHY: 'Unhealthy: runs are kept off it',
    DRAINING: 'Draining: its run may end, and no other begins',
    CORDONED: 'Cordoned: an operator keeps runs off it',
    OCCUPIED: 'Occupied: processes use it that belong to no run',
  } satisfies Record<GpuState, string>,
  workers: {
    title: 'Workers',
    none: 'No worker has registered. npm start starts one beside the server.',
    hostname: 'Host',
    version: 'Version',
    state: 'State',
    gpus: 'GPUs',
    seen: 'Last seen',
    states: { ONLINE: 'Online', OFFLINE: 'Offline' } satisfies Record<WorkerState, string>,
  },
} as const
