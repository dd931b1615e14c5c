// The processes on all GPUs.
import type { GpuProcess } from '../monitor.ts'
import type { Nvml } from '../nvml.ts'
import type { ProcessInfo } from '../processes.ts'
import { ofEachGpu } from './each-gpu.ts'
import type { Known } from './machine.ts'
import { optional } from './optional.ts'

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
          // It may end between being listed and being asked for.
          name: optional(() => nvml.processName(process.pid)),
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
