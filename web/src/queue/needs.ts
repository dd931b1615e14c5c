// What waiting jobs need, and those that need the same, together.
import type { QueuedJobFragment } from '../generated/documents.ts'
import { sayMemory } from '../shared/amounts.ts'
import { words } from './words.ts'

type Needing = Pick<QueuedJobFragment, 'gpus' | 'workerLabels' | 'container'>

/** A kind of machine in words, the same for all jobs that any machine could serve that serves one of them. */
export function sayNeed({ gpus, workerLabels, container }: Needing): string {
  const labels = Object.entries(workerLabels)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([name, value]) => `${name}=${value}`)
  const parts = [
    gpus.count === 0 ? words.needs.noGpu : (gpus.model ?? words.needs.anyGpu),
    gpus.minMemoryMb === null ? undefined : words.needs.memory(sayMemory(gpus.minMemoryMb)),
    gpus.minComputeCapability === null ? undefined : words.needs.capability(gpus.minComputeCapability),
    container === null ? undefined : words.needs.container,
    ...labels,
  ]
  return parts.filter((part) => part !== undefined).join(' · ')
}

/** The needs of these jobs, each once, in the order in which their first jobs come. */
export function needsOf(jobs: readonly Needing[]): string[] {
  return [...new Set(jobs.map(sayNeed))]
}

/** How many GPUs the jobs ask for in all. */
export function gpusAsked(jobs: readonly Pick<QueuedJobFragment, 'gpus'>[]): number {
  return jobs.reduce((sum, { gpus }) => sum + gpus.count, 0)
}
