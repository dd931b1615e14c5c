// Who holds GPUs and leaves them idle.
import type { GpuCardFragment } from '../generated/documents.ts'

export interface IdleRun {
  runId: string
  job: NonNullable<GpuCardFragment['currentRun']>['job']
  gpus: readonly Pick<GpuCardFragment, 'id' | 'index' | 'worker'>[]
  since: string
  /** Of all of its GPUs together. */
  gpuHours: number
}

/** The runs whose GPUs do nothing, by how much was left idle, the most first. `now` in milliseconds since 1970. */
export function idleRuns(gpus: readonly GpuCardFragment[], now: number): IdleRun[] {
  const idle = gpus.flatMap((gpu) => {
    const run = gpu.currentRun
    return run?.idleSince == null ? [] : [{ gpu, run, since: run.idleSince }]
  })
  return [...new Set(idle.map(({ run }) => run.id))]
    .flatMap((runId) => {
      const held = idle.filter(({ run }) => run.id === runId)
      const [first] = held
      if (!first) return []
      const hours = Math.max(0, now - Date.parse(first.since)) / 3_600_000
      const { job } = first.run
      return { runId, job, gpus: held.map(({ gpu }) => gpu), since: first.since, gpuHours: hours * held.length }
    })
    .toSorted((a, b) => b.gpuHours - a.gpuHours)
}
