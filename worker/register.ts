// Tells the gpus service who this worker is, what it can do and which GPUs it has, and again when that changes.
import { availableParallelism, hostname, totalmem } from 'node:os'
import { isDeepStrictEqual } from 'node:util'
import type { WorkerConfig } from './config.ts'
import { dockerAnswers } from './executors/docker/answers.ts'
import { removeStrays } from './executors/docker/remove.ts'
import { settingsOf } from './executors/kubernetes/config.ts'
import { isAway } from './executors/kubernetes/gpus.ts'
import { homeOf } from './executors/kubernetes/labels.ts'
import { removeStrays as removeStrayJobs } from './executors/kubernetes/remove.ts'
import { type Executor, RegisterWorkerDocument } from './generated/documents.ts'
import type { GpuInfo } from './gpu/provider.ts'
import { noteGone } from './health/judge.ts'
import type { Worker } from './worker.ts'

/** The worker's own version. */
const VERSION = '0.1.0'

/** What of a worker matters here. */
type Registering = Pick<
  Worker,
  'id' | 'api' | 'log' | 'runs' | 'registered' | 'gpuNotice' | 'executors' | 'stopped' | 'wakeClaims'
> & {
  gpus: Pick<Worker['gpus'], 'list' | 'notice'>
  config: WorkerConfig
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
  const list = await gpus.list()
  const gpuNotice = gpus.notice()
  noteGone(runs.values(), list, gpuNotice)
  return {
    gpus: list,
    gpuNotice,
    executors: await findExecutors(config, gpuNotice),
  }
}

/** In the graph's words: DOCKER is what runs containers, whether Docker does or a cluster. */
async function findExecutors(config: WorkerConfig, gpuNotice: string | null): Promise<Executor[]> {
  const { EXECUTORS, KUBERNETES_IMAGE } = config
  if (EXECUTORS.includes('kubernetes')) {
    // Its GPUs are the cluster's: where there is a notice that ends so, nobody answers there.
    if (isAway(gpuNotice)) return []
    return KUBERNETES_IMAGE === undefined ? ['DOCKER'] : ['PROCESS', 'DOCKER']
  }
  const docker = EXECUTORS.includes('docker') && (await dockerAnswers(config.DOCKER_SOCKET))
  return [...(EXECUTORS.includes('process') ? (['PROCESS'] as const) : []), ...(docker ? (['DOCKER'] as const) : [])]
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

/** Containers, or Jobs, of runs that neither this worker nor one of its shims knows any more; they hold only disk, or they hid. */
async function clearStrays({ id, config, runs, log }: Registering): Promise<void> {
  const keeps = (runId: string) => runs.has(runId)
  try {
    const count = config.EXECUTORS.includes('kubernetes')
      ? await removeStrayJobs(settingsOf(config, homeOf(id)), keeps)
      : await removeStrays(config.WORKER_HOME, config.DOCKER_SOCKET, keeps)
    if (count > 0) log.warn({ count }, 'containers that nobody keeps were removed')
  } catch (error) {
    log.warn({ err: error }, 'containers that nobody keeps could not be looked for')
  }
}
