// The steps in which a list by start or end goes through time: few pages of the table are read for a short one, and
// where it has too few jobs the next is sixteen times as long.

/** From `from` on, and before `to`; null has no end. In milliseconds since 1970. */
export interface Step {
  from: number | null
  to: number | null
}

const FIRST_MS = 60_000
const FACTOR = 16
/** Some fifty days; whatever is left then comes in one step. */
const STEPS = 5

/** Together they are all of time behind `start`, each once, in the order in which a list has them. */
export function stepsFrom(start: number, direction: 'ASC' | 'DESC'): Step[] {
  const forwards = direction === 'ASC'
  const edges = Array.from({ length: STEPS }, (_, i) => start + (forwards ? 1 : -1) * FIRST_MS * FACTOR ** i)
  return [null, ...edges].map((near, i) => {
    const far = edges[i] ?? null
    return forwards ? { from: near, to: far } : { from: far, to: near }
  })
}
