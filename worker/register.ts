// Tells the gpus service who this worker is, what it can do and which GPUs it has, and again when that changes.
import { availableParallelism, hostname, totalmem } from 'node:os'
import { isDeepStrictEqual } from 'node:util'
import type { WorkerConfig } from './config.ts'
import { dockerAnswers } from './executors/docker/answers.ts'
import { removeStrays } from './executors/docker/remove.ts'
import { type Executor, RegisterWorkerDocument } from './generated/documents.ts'
import type { GpuInfo } from './gpu/provider.ts'
import { noteGone } from './health/judge.ts'
import type { Worker } from './worker.ts'

/** The worker's own version. */
const VERSION = '0.1.0'

/** What of a worker matters here. */
type Registering = Pick<
  Worker,
  'api' | 'log' | 'runs' | 'registered' | 'gpuNotice' | 'executors' | 'stopped' | 'wakeClaims'
> & {
  gpus: Pick<Worker['gpus'], 'list' | 'notice'>
  config: Pick<WorkerConfig, 'WORKER_LABELS' | 'WORKER_HOME' | 'EXECUTORS' | 'DOCKER_SOCKET' | 'CPU_SLOTS'>
}

/** What may change while a worker lives. */
interface Abilities {
  gpus: readonly GpuInfo[]
  gpuNotice: string | null
  executors: readonly Executor[]
}

/** Registers what there is now. */
export async function register(worker: Registering): Promise<void> {
  await registerAbilities(worker, await findAbilities(worker))
}

/** Registers again if that is not what was registered. Returns whether it did. */
export async function registerChanges(worker: Registering): Promise<boolean> {
  const found = await findAbilities(worker)
  const { executors, gpuNotice } = worker
  const known: Abilities = { gpus: worker.registered.map(({ id: _, ...gpu }) => gpu), gpuNotice, executors }
  if (isDeepStrictEqual(found, known)) return false
  const tell = ({ gpus, ...rest }: Abilities) => ({ ...rest, gpus: gpus.length })
  worker.log.info({ before: tell(known), now: tell(found) }, 'what this worker can do has changed')
  await registerAbilities(worker, found)
  worker.wakeClaims()
  return true
}

async function findAbilities({ config, gpus, runs }: Registering): Promise<Abilities> {
  const process = config.EXECUTORS.includes('process')
  const docker = config.EXECUTORS.includes('docker') && (await dockerAnswers(config.DOCKER_SOCKET))
  const list = await gpus.list()
  const gpuNotice = gpus.notice()
  noteGone(runs.values(), list, gpuNotice)
  return {
    gpus: list,
    gpuNotice,
    executors: [...(process ? (['PROCESS'] as const) : []), ...(docker ? (['DOCKER'] as const) : [])],
  }
}

async function registerAbilities(worker: Registering, { gpus, gpuNotice, executors }: Abilities): Promise<void> {
  const input = {
    hostname: hostname(),
    version: VERSION,
    gpuNotice,
    labels: worker.config.WORKER_LABELS,
    executors: [...executors],
    capacity: {
      cpus: availableParallelism(),
      memoryMb: Math.floor(totalmem() / 2 ** 20),
      cpuSlots: worker.config.CPU_SLOTS,
    },
    gpus: [...gpus],
  }
  const answer = await worker.api.insist(RegisterWorkerDocument, { input }, worker.stopped.signal)
  const ids = new Map(answer.registerWorker.worker.gpus.map(({ id, uuid }) => [uuid, id]))
  if (executors.includes('DOCKER') && !worker.executors.includes('DOCKER')) void clearStrays(worker)
  worker.executors = executors
  worker.gpuNotice = gpuNotice
  worker.registered = gpus.flatMap((gpu) => {
    const id = ids.get(gpu.uuid)
    return id === undefined ? [] : [{ ...gpu, id }]
  })
}

/** Containers of runs that neither this worker nor one of its shims knows any more; they hold only disk, or they hid. */
async function clearStrays({ config, runs, log }: Registering): Promise<void> {
  try {
    const count = await removeStrays(config.WORKER_HOME, config.DOCKER_SOCKET, (runId) => runs.has(runId))
    if (count > 0) log.warn({ count }, 'containers that nobody keeps were removed')
  } catch (error) {
    log.warn({ err: error }, 'containers that nobody keeps could not be looked for')
  }
}
