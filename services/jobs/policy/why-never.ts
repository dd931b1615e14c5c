// Why none of the machines that are there could run a job, and what would have to change. Pure.
import { fitOf, fitOnceBack, hasLabels, type Machine, type Need, type OutGpu, runsSuch } from './machines.ts'
import { outOfService } from './out-of-service.ts'
import type { WorkerGpu } from './requests.ts'
import type { Why } from './why.ts'

/** Null where one of them could. */
export function whyNever(need: Need, machines: readonly Machine[]): Why | null {
  if (machines.length === 0) return { reason: 'NO_WORKER', message: 'No worker is online. It can start when one is.' }
  const able = machines.filter((machine) => runsSuch(machine, need))
  if (able.length === 0) return noExecutor(need)
  const labelled = able.filter((machine) => hasLabels(machine, need))
  if (labelled.length === 0) return noLabels(need, able)
  if (labelled.some((machine) => fitOf(machine, need).possible)) return null
  const away = outOfService(need, labelled)
  if (away) return away
  if (need.gpuCount === 0) return { reason: 'NO_WORKER', message: `No worker${such(need)} takes jobs without a GPU.` }
  const most = Math.max(...labelled.map((machine) => fitOnceBack(machine, need).gpus.length))
  return most === 0 ? noGpu(need, labelled) : tooFew(need, most)
}

/** Whether one of them could, if only once what is out of service is back. */
export function couldEver(need: Need, machines: readonly Machine[]): boolean {
  const never = whyNever(need, machines)
  return never === null || never.reason === 'OUT_OF_SERVICE'
}

function noExecutor({ executor }: Need): Why {
  if (executor === 'docker') {
    return { reason: 'NO_CONTAINERS', message: 'No worker that is online can run containers: none has Docker.' }
  }
  return { reason: 'NO_WORKER', message: 'The workers that are online run containers alone: name an image.' }
}

function noLabels({ workerLabels }: Need, able: readonly Machine[]): Why {
  const wanted = list(Object.entries(workerLabels).map(label))
  const present = [...new Set(able.flatMap(({ labels }) => Object.entries(labels).map(label)))].toSorted()
  const there = present.length > 0 ? `there are: ${list(present)}` : 'there are no labels'
  return { reason: 'NO_SUCH_LABELS', message: `No worker that could run it has ${wanted}; ${there}.` }
}

function noGpu(need: Need, labelled: readonly Machine[]): Why {
  const models = Map.groupBy(labelled.flatMap(gpusOf), ({ model }) => model)
  const present = [...models].map(([model, gpus]) => `${model} (${gpus.length})`).toSorted()
  const there = present.length > 0 ? `there are: ${list(present)}` : 'there are none'
  return { reason: 'NO_SUCH_GPU', message: `No worker${such(need)} has a GPU${like(need, labelled)}; ${there}.` }
}

function tooFew(need: Need, most: number): Why {
  const gpus = like(need, []) === '' ? 'GPUs' : 'such GPUs'
  return {
    reason: 'NOT_ENOUGH_GPUS',
    message: `It needs ${need.gpuCount} ${gpus} of one worker, and no worker${such(need)} has more than ${most}.`,
  }
}

/** Where not every worker is meant. */
function such({ executor, workerLabels }: Need): string {
  const labels = Object.keys(workerLabels).length > 0 ? ' with those labels' : ''
  return executor === 'docker' ? `${labels} that can run containers` : labels
}

/** What the GPU must be like: of what is asked for, the part that leaves none. */
function like(need: Need, machines: readonly Machine[]): string {
  const gpus = machines.flatMap(gpusOf)
  const model = need.gpuModel === '' ? '' : ` like “${need.gpuModel}”`
  const ofModel = gpus.filter((gpu) => gpu.model.toLowerCase().includes(need.gpuModel.toLowerCase()))
  if (model !== '' && gpus.length > 0 && ofModel.length === 0) return model
  const memory = need.gpuMinMemoryMb > 0 ? ` with at least ${need.gpuMinMemoryMb} MB` : ''
  const { gpuMinCapability: least } = need
  const capability = least > 0 ? ` of compute capability ${Math.floor(least / 100)}.${least % 100} or more` : ''
  return `${model}${memory}${capability}`
}

/** Those out of service included. */
function gpusOf({ gpus, outOfService }: Machine): (WorkerGpu | OutGpu)[] {
  return [...gpus, ...outOfService.gpus]
}

function label([name, value]: [string, string]): string {
  return `${name}=${value}`
}

const MOST_NAMED = 8

function list(names: readonly string[]): string {
  const more = names.length - MOST_NAMED
  return more > 0 ? `${names.slice(0, MOST_NAMED).join(', ')} and ${more} more` : names.join(', ')
}
