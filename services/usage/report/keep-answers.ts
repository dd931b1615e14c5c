// Answers that have further pages are kept for a while, so that the pages of one answer fit together.
import type { Report } from './answer.ts'

/** So many answers, and so many rows in all, of some hundred bytes each. */
const MOST = { answers: 32, rows: 400_000 } as const
const KEPT_MS = 10 * 60_000

export interface Kept extends Report {
  asOf: string
  dataVersion: string
  completeFrom: string | null
  /** Who asked. */
  who: string
  until: number
}

export interface KeptAnswers {
  keep(id: string, answer: Omit<Kept, 'until'>): void
  /** Undefined where it is kept no longer. */
  find(id: string): Kept | undefined
}

/** What was read longest ago gives way where there is too much. */
export function keepAnswers(most: { answers: number; rows: number } = MOST): KeptAnswers {
  // A Map iterates in the order of insertion.
  const kept = new Map<string, Kept>()
  let rows = 0

  function forget(id: string): Kept | undefined {
    const answer = kept.get(id)
    if (!kept.delete(id)) return undefined
    rows -= answer?.rowCount ?? 0
    return answer
  }

  function add(id: string, answer: Kept): void {
    kept.set(id, answer)
    rows += answer.rowCount
    for (const oldest of kept.keys()) {
      if (kept.size <= most.answers && rows <= most.rows) return
      forget(oldest)
    }
  }

  return {
    keep: (id, answer) => add(id, { ...answer, until: Date.now() + KEPT_MS }),
    find(id) {
      const answer = forget(id)
      if (!answer || answer.until < Date.now()) return undefined
      add(id, answer)
      return answer
    },
  }
}
