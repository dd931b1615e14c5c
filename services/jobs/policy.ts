// Which of the waiting jobs go on which of the free GPUs. A pure decision: claim.ts loads and applies.

/** What a job asks for. */
export interface Shape {
  gpuCount: number
  gpuMinMemoryMb: number
  gpuModel: string
}

/** A job at the head of the queue, in the order in which jobs are to be served. */
export interface Candidate extends Shape {
  id: string
}

export interface FreeGpu {
  id: string
  model: string
  memoryMb: number
}

export interface Placement<Gpu extends FreeGpu> {
  jobId: string
  gpus: Gpu[]
}

/**
 * Goes through the candidates in order and gives each that fits its GPUs, the smallest that will do, so
 * that the large ones stay free for those who ask for them.
 */
export function place<Gpu extends FreeGpu>(candidates: readonly Candidate[], gpus: readonly Gpu[]): Placement<Gpu>[] {
  const free = gpus.toSorted((a, b) => a.memoryMb - b.memoryMb)
  const placements: Placement<Gpu>[] = []
  for (const job of candidates) {
    const chosen = free.filter((gpu) => suits(gpu, job)).slice(0, job.gpuCount)
    if (chosen.length < job.gpuCount) continue
    for (const gpu of chosen) free.splice(free.indexOf(gpu), 1)
    placements.push({ jobId: job.id, gpus: chosen })
  }
  return placements
}

/** True where these GPUs would do for a job that had them to itself. */
export function couldServe(gpus: readonly FreeGpu[], shape: Shape): boolean {
  return gpus.filter((gpu) => suits(gpu, shape)).length >= shape.gpuCount
}

/** True where the GPU is of the model that the job asks for and has the memory. */
function suits(gpu: FreeGpu, job: Shape): boolean {
  return gpu.memoryMb >= job.gpuMinMemoryMb && gpu.model.toLowerCase().includes(job.gpuModel.toLowerCase())
}
