// Moving jobs of the queue: which neighbour a key or a drop means, and how the list looks until the server has answered.
import type { QueueSide } from '../generated/documents.ts'

export interface Move {
  id: string
  side: QueueSide
  neighbour: string
}

interface InLine {
  id: string
  queue: { position: number | null } | null
}

/** The move by one place up or down among these; undefined where there is nothing to pass there. */
export function stepOf(jobs: readonly InLine[], id: string, direction: 'up' | 'down'): Move | undefined {
  const at = jobs.findIndex((job) => job.id === id)
  return moveTo(jobs, id, jobs[direction === 'up' ? at - 1 : at + 1]?.id, direction === 'up' ? 'BEFORE' : 'AFTER')
}

/** The move beside another one; undefined where that is no place for it, or where it stands already. */
export function moveTo(
  jobs: readonly InLine[],
  id: string,
  neighbour: string | undefined,
  side: QueueSide,
): Move | undefined {
  const at = jobs.findIndex((job) => job.id === id)
  const to = jobs.findIndex((job) => job.id === neighbour)
  const [job, other] = [jobs[at], jobs[to]]
  if (!job || !other || job === other || !isInLine(job) || !isInLine(other)) return undefined
  if (to === (side === 'BEFORE' ? at + 1 : at - 1)) return undefined
  return { id, side, neighbour: other.id }
}

/** A job whose turn has not come has no place that it could change. */
export function isInLine({ queue }: InLine): boolean {
  return queue?.position != null
}

/** The jobs with one of them moved; as they are where one of the two has gone. */
export function applyMove<Job extends { id: string }>(jobs: readonly Job[], move: Move | undefined): readonly Job[] {
  const moved = jobs.find(({ id }) => id === move?.id)
  if (!move || !moved) return jobs
  const others = jobs.filter((job) => job !== moved)
  const at = others.findIndex(({ id }) => id === move.neighbour)
  if (at < 0) return jobs
  const to = move.side === 'BEFORE' ? at : at + 1
  return [...others.slice(0, to), moved, ...others.slice(to)]
}
