// A stack's answer as what the view shows.
import type { GpusViewQuery } from '../generated/documents.ts'
import { describeProcess } from './local-process.ts'
import type { Group, ShownGpu, ShownProcess, ShownReading, Snapshot } from './model.ts'

type GpuNode = NonNullable<GpusViewQuery['gpus']>['nodes'][number]
type WorkerNode = NonNullable<GpusViewQuery['workers']>['nodes'][number]

export interface Told {
  source: string
  answer: GpusViewQuery
  /** The newest reading of each GPU, by its id. */
  readings: ReadonlyMap<string, ShownReading>
  /** Why the answer is not a new one. */
  trouble: string | null
  /** This machine's name: only its own processes can be looked at more closely. */
  here: string
}

export async function snapshotOf({ source, answer, readings, trouble, here }: Told): Promise<Snapshot> {
  const gpus = answer.gpus?.nodes ?? []
  const groups = (answer.workers?.nodes ?? []).map((worker) =>
    groupOf(
      worker,
      gpus.filter((gpu) => gpu.worker.id === worker.id),
      readings,
      here,
    ),
  )
  return {
    source,
    groups: await Promise.all(groups),
    notices: [
      ...(trouble === null ? [] : [trouble]),
      ...(answer.gpus?.pageInfo.hasNextPage === true ? [`Only the first ${gpus.length} GPUs are shown.`] : []),
    ],
  }
}

async function groupOf(
  { id, hostname, state, gpuNotice }: WorkerNode,
  gpus: readonly GpuNode[],
  readings: Told['readings'],
  here: string,
): Promise<Group> {
  const known = gpus.some(({ processes }) => processes !== null)
  const processes = gpus.flatMap((gpu) => (gpu.processes ?? []).map((process) => ({ gpu, process })))
  return {
    title: `${id} on ${hostname}, ${state.toLowerCase()}`,
    notice: gpuNotice,
    gpus: gpus.map((gpu) => shownGpu(gpu, state === 'ONLINE' ? (readings.get(gpu.id) ?? null) : null)),
    processes: known
      ? await Promise.all(processes.map(({ gpu, process }) => shownProcess(gpu, process, hostname === here)))
      : null,
  }
}

function shownGpu({ currentRun, lastSample, ...gpu }: GpuNode, reading: ShownReading | null): ShownGpu {
  return {
    ...gpu,
    run: currentRun && { id: currentRun.id, job: currentRun.job.name, user: currentRun.job.submittedBy },
    // A reading of the subscription may be of before the GPU fell silent.
    reading: lastSample === null ? null : (reading ?? lastSample),
  }
}

async function shownProcess(
  { index, currentRun }: GpuNode,
  { pid, name, memoryMb, run }: NonNullable<GpuNode['processes']>[number],
  isHere: boolean,
): Promise<ShownProcess> {
  const { user, command } = isHere ? await describeProcess(pid) : { user: null, command: null }
  const job = run && run.id === currentRun?.id ? currentRun.job.name : null
  return { gpuIndex: index, pid, user, memoryMb, command: command ?? name, job }
}
