// This machine's own GPUs, by its driver.

import { describeProcess } from '@constellation/terminal/view/local-process.ts'
import type { Group, ShownGpu, ShownProcess } from '@constellation/terminal/view/model.ts'
import type { Source } from '@constellation/terminal/view/source.ts'
import { nvmlGpus } from '../gpu/nvml.ts'
import type { GpuHealthReading, GpuInfo, GpuProcessReading, GpuReading } from '../gpu/provider.ts'

const LIST_MS = 10_000

/** `library` is NVML's, where it is not the system's. */
export function machineSource(library: string | undefined): Source {
  const gpus = nvmlGpus({ library, home: null })
  let listed: readonly GpuInfo[] = []
  let listedAt = Number.NEGATIVE_INFINITY
  gpus.onEvent(() => {
    listedAt = Number.NEGATIVE_INFINITY
  })
  return {
    read: async () => {
      if (performance.now() - listedAt > LIST_MS) {
        listedAt = performance.now()
        listed = await gpus.list()
      }
      const [readings, health, processes] = await Promise.all([gpus.sample(new Map()), gpus.health(), gpus.processes()])
      const group: Group = {
        title: null,
        notice: gpus.notice(),
        gpus: listed.map((gpu) => shownGpu(gpu, readings, health)),
        processes: processes && (await Promise.all(processes.map((process) => shownProcess(process, listed)))),
      }
      return { source: 'this machine', groups: [group], notices: [] }
    },
    close: gpus.close,
  }
}

function shownGpu(gpu: GpuInfo, readings: readonly GpuReading[], health: readonly GpuHealthReading[]): ShownGpu {
  const lost = health.find(({ uuid }) => uuid === gpu.uuid)?.lost === true
  return {
    ...gpu,
    state: lost ? 'LOST' : 'OK',
    stateReason: lost ? 'It does not answer any more.' : null,
    run: null,
    reading: readings.find(({ uuid }) => uuid === gpu.uuid) ?? null,
  }
}

async function shownProcess(process: GpuProcessReading, listed: readonly GpuInfo[]): Promise<ShownProcess> {
  const { uuid, pid, name, memoryMb } = process
  const { user, command } = await describeProcess(pid)
  const gpuIndex = listed.find((gpu) => gpu.uuid === uuid)?.index ?? 0
  return { gpuIndex, pid, user, memoryMb, command: command ?? name, job: null }
}
