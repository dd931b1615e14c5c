// What jobs ask for, what GPUs there are, and which of them suit. Pure: claim.ts loads and applies.

/** What a point of priority is worth, in minutes of waiting: an earlier place in the queue. */
export const MINUTES_A_POINT = 10

/** What the jobs of a lane ask for. */
export interface Shape {
  gpuCount: number
  gpuMinMemoryMb: number
  /** Part of the model's name, in any case; empty for any. */
  gpuModel: string
  /** Major times 100, plus minor; 0 for any. */
  gpuMinCapability: number
}

/** A GPU of the worker that claims. */
export interface WorkerGpu {
  id: string
  model: string
  memoryMb: number
  /** Major times 100, plus minor; 0 where it is unknown. */
  capability: number
  /** In milliseconds from now: 0 where it is free, infinite where nobody knows. */
  freeInMs: number
}

/** A job that could be claimed now. */
export interface Waiting {
  jobId: string
  /** When it entered the queue, less what its priority is worth: milliseconds since 1970. */
  place: number
  /** Its time limit. */
  limitMs: number
  /** The worker that keeps GPUs for it, if one does. */
  keptBy: string | null
}

/** The waiting jobs of one account that ask for the same, the earliest first; only the head of them is known. */
export interface Lane extends Shape {
  id: number
  account: string
  waiting: readonly Waiting[]
}

export interface Placement<Gpu> {
  jobId: string
  account: string
  gpus: readonly Gpu[]
}

/** True where the GPU is of the model that is asked for, and has the memory and the compute capability. */
export function suits(gpu: Pick<WorkerGpu, 'model' | 'memoryMb' | 'capability'>, shape: Shape): boolean {
  return (
    gpu.memoryMb >= shape.gpuMinMemoryMb &&
    gpu.capability >= shape.gpuMinCapability &&
    gpu.model.toLowerCase().includes(shape.gpuModel.toLowerCase())
  )
}
