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
      trouble === null ? readings : undefined,
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
  readings: Told['readings'] | undefined,
  here: string,
): Promise<Group> {
  const known = gpus.some(({ processes }) => processes !== null)
  const processes = gpus.flatMap((gpu) => (gpu.processes ?? []).map((process) => ({ gpu, process })))
  return {
    title: `${id} on ${hostname}, ${state.toLowerCase()}`,
    notice: gpuNotice,
    gpus: gpus.map((gpu) => shownGpu(gpu, readings && readingOf(gpu, state === 'ONLINE' ? readings : NONE))),
    processes: known
      ? await Promise.all(processes.map(({ gpu, process }) => shownProcess(gpu, process, hostname === here)))
      : null,
  }
}

const NONE: Told['readings'] = new Map()

/** The newest of what is known; one of the subscription may be of before the GPU fell silent. */
function readingOf({ id, lastSample }: GpuNode, readings: Told['readings']): ShownReading | null {
  return lastSample && (readings.get(id) ?? lastSample)
}

/** Without a `reading`, as while the stack does not answer, what it does is not known. */
function shownGpu(gpu: GpuNode, reading: ShownReading | null = null): ShownGpu {
  const { uuid, index, name, simulated, totalMemoryMb, driverVersion, cudaVersion, mig, state, stateReason } = gpu
  const run = gpu.currentRun
  return {
    uuid,
    index,
    name,
    simulated,
    totalMemoryMb,
    driverVersion,
    cudaVersion,
    mig,
    state,
    stateReason,
    run: run && { id: run.id, job: run.job.name, user: run.job.submittedBy },
    reading,
  }
}

async function shownProcess(
  { index, currentRun }: GpuNode,
  { pid, name, memoryMb, run }: NonNullable<GpuNode['processes']>[number],
  isHere: boolean,
): Promise<ShownProcess> {
  const { user, command } = isHere ? await describeProcess(pid) : { user: null, command: null }
  const job = run && run.id === currentRun?.id ? currentRun.job : null
  return { gpuIndex: index, pid, user: whose(user, job), memoryMb, command: command ?? name, job: job?.name ?? null }
}

/** Jobs may run as users that have a number alone: whoever has submitted it says more then. */
function whose(user: string | null, job: { submittedBy: string } | null): string | null {
  return user !== null && !/^\d+$/.test(user) ? user : (job?.submittedBy ?? user)
}
