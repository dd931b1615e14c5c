// The processes on all GPUs.
import { isDriverGone, NvmlError } from '../errors.ts'
import type { GpuProcess } from '../monitor.ts'
import type { Nvml } from '../nvml.ts'
import type { ProcessInfo } from '../processes.ts'
import { ofEachGpu } from './each-gpu.ts'
import type { Known } from './machine.ts'

const KINDS = ['compute', 'graphics', 'mps'] as const

export function processesOfAll(nvml: Nvml, known: readonly Known[]): GpuProcess[] {
  return ofEachGpu(
    known,
    (device, { uuid }) =>
      KINDS.flatMap((kind) =>
        (device.processes(kind) ?? []).map((process) => ({
          uuid: instanceOf(known, uuid, process) ?? uuid,
          pid: process.pid,
          kind,
          name: nameOf(nvml, process.pid),
          memoryUsedBytes: process.memoryBytes,
          gpuInstanceId: process.gpuInstanceId,
          computeInstanceId: process.computeInstanceId,
        })),
      ),
    () => [],
  ).flat()
}

function instanceOf(known: readonly Known[], gpu: string, process: ProcessInfo): string | undefined {
  return known.find(
    ({ description: { mig } }) =>
      mig !== null &&
      mig.parentUuid === gpu &&
      mig.gpuInstanceId === process.gpuInstanceId &&
      mig.computeInstanceId === process.computeInstanceId,
  )?.description.uuid
}

/** It may end between being listed and being asked for. */
function nameOf(nvml: Nvml, pid: number): string | null {
  try {
    return nvml.processName(pid)
  } catch (error) {
    if (!(error instanceof NvmlError) || isDriverGone(error.number)) throw error
    return null
  }
}
