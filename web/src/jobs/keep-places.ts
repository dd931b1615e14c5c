// A list that somebody points at does not move: what changes, changes in its row, and what is new waits.

/**
 * The shown jobs in their places, each as it is by now, with what was loaded behind them; and how many new ones wait
 * to be let in before that. Where none of the shown ones is left, all others wait.
 */
export function keepPlaces<Job extends { id: string }>(
  shown: readonly Job[],
  latest: readonly Job[],
): { jobs: Job[]; waiting: number } {
  const places = new Set(shown.map(({ id }) => id))
  const now = new Map(latest.map((job) => [job.id, job]))
  const last = latest.findLastIndex(({ id }) => places.has(id))
  const behind = last === -1 && shown.length > 0 ? latest.length : last + 1
  const isNew = ({ id }: Job) => !places.has(id)
  return {
    jobs: [...shown.map((job) => now.get(job.id) ?? job), ...latest.slice(behind).filter(isNew)],
    waiting: latest.slice(0, behind).filter(isNew).length,
  }
}
