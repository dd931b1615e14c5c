// The machines that are there, and which jobs each could ever run. Pure.
import { type Shape, suits, type WorkerGpu } from './requests.ts'

/** A worker that is online, and what it has. */
export interface Machine {
  workerId: string
  labels: Readonly<Record<string, string>>
  executors: readonly string[]
  /** `freeInMs` is when each is expected to be free: zero where it is, infinite where nobody can tell. */
  gpus: readonly WorkerGpu[]
  /** The same of each slot for a run without a GPU. */
  slots: readonly number[]
  outOfService: OutOfService
}

/** What a machine has beside that, and what takes no runs for now. */
export interface OutOfService {
  /** In a sentence, why the machine as a whole takes none; null where it does. */
  whyNot: string | null
  /** All of its GPUs where the machine takes none. */
  gpus: readonly OutGpu[]
  slots: number
}

export interface OutGpu extends Omit<WorkerGpu, 'freeInMs'> {
  uuid: string
  /** In a sentence. */
  whyNot: string
}

export const ALL_IN_SERVICE: OutOfService = { whyNot: null, gpus: [], slots: 0 }

/** What a job asks for of a machine. */
export interface Need extends Shape {
  executor: 'process' | 'docker'
  workerLabels: Readonly<Record<string, string>>
}

/** What the machine has for such a job, whatever is in use of it. */
export interface Fit {
  machine: Machine
  /** Those that would do. */
  gpus: readonly WorkerGpu[]
  possible: boolean
}

/** How the job and the machine fit. */
export function fitOf(machine: Machine, need: Need): Fit {
  const gpus = need.gpuCount > 0 ? machine.gpus.filter((gpu) => suits(gpu, need)) : []
  const enough = need.gpuCount > 0 ? gpus.length >= need.gpuCount : machine.slots.length > 0
  return { machine, gpus, possible: enough && runsSuch(machine, need) && hasLabels(machine, need) }
}

/** The same once all that is out of service is back. */
export function fitOnceBack(machine: Machine, need: Need): Fit {
  const { gpus, slots } = machine.outOfService
  const whole = {
    ...machine,
    gpus: [...machine.gpus, ...gpus.map((gpu) => ({ ...gpu, freeInMs: Infinity }))],
    slots: [...machine.slots, ...Array.from({ length: slots }, () => Infinity)],
  }
  return { ...fitOf(whole, need), machine }
}

export function runsSuch({ executors }: Machine, { executor }: Need): boolean {
  return executors.includes(executor)
}

export function hasLabels({ labels }: Machine, { workerLabels }: Need): boolean {
  return Object.entries(workerLabels).every(([name, value]) => labels[name] === value)
}
