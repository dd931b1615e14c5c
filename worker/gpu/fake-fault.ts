// The faults of simulated GPUs, for those of a fake library.
import { type Fake, type FakeValue, steerFake } from 'node-nvml/fake/steer'
import type { Fault } from './fault.ts'
import type { RecoveryAction } from './provider.ts'

const RECOVERY: Record<RecoveryAction, number> = { NONE: 0, RESET: 1, REBOOT: 2, DRAIN_P2P: 3, DRAIN_AND_RESET: 4 }

const LEVELS: Record<'ecc' | 'hot' | 'remap' | 'remap-failed', readonly [FakeValue, number]> = {
  ecc: ['ecc-double', 1],
  hot: ['temperature', 94],
  remap: ['remap-pending', 1],
  'remap-failed': ['remap-failure', 1],
}

/** @throws Error where the library is none that can be steered, or has no such GPU */
export function failFake(library: string, gpu: number, fault: Fault): void {
  const fake = load(library)
  if (fault.kind === 'xid') fake.xid(gpu, fault.code)
  else if (fault.kind === 'lost') fake.lose(gpu)
  else if (fault.kind === 'heal') fake.heal(gpu)
  else if (fault.kind === 'recovery') fake.set(gpu, 'recovery-action', RECOVERY[fault.action])
  // The one process that is there everywhere, and no run's.
  else if (fault.kind === 'stranger') fake.process(gpu, { pid: 1, memoryMiB: 1_024 })
  else fake.set(gpu, ...LEVELS[fault.kind])
}

function load(library: string): Fake {
  try {
    return steerFake(library)
  } catch (error) {
    throw new Error(`${library} is no fake library: nothing can be done to real GPUs.`, { cause: error })
  }
}
