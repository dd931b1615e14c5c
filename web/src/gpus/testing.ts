// GPUs for tests.
import type { GpuCardFragment } from '../generated/documents.ts'

/** A GPU that is free, with these changes. */
export function gpuCard(id: string, changes: Partial<GpuCardFragment> = {}): GpuCardFragment {
  return {
    id,
    uuid: `GPU-${id}`,
    name: 'NVIDIA A100',
    simulated: true,
    totalMemoryMb: 81_920,
    index: 0,
    mig: null,
    state: 'AVAILABLE',
    stateReason: null,
    health: 'HEALTHY',
    cordon: null,
    openFaults: [],
    worker: { id: 'w1', hostname: 'node-1' },
    lastSample: null,
    inUse: false,
    currentRun: null,
    ...changes,
  }
}

type Holder = NonNullable<GpuCardFragment['currentRun']>

/** The run that holds it, of a job of this name and user. */
export function heldBy(name: string, submittedBy: string, idleSince: string | null = null): Holder {
  const job = { id: `job-${name}`, name, submittedBy, account: 'team' }
  return { id: `run-${name}`, attempt: 1, idleSince, job }
}
