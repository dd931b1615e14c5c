// Which colour of the page's sheet a layer has.
import type { Dimension } from './asked.ts'

const OF_OUTCOME: Readonly<Record<string, string>> = {
  COMPLETED: 'var(--state-completed)',
  FAILED: 'var(--state-failed)',
  CANCELLED: 'var(--state-cancelled)',
  LOST: 'var(--state-queued)',
  PREEMPTED: 'var(--part-3)',
  '': 'var(--state-running)',
}

/** Of the key at this place; by its place, unless a colour has a meaning elsewhere on the page. */
export function colourOf(by: Dimension, key: string, place: number): string {
  return (by === 'OUTCOME' && OF_OUTCOME[key]) || `var(--part-${place + 1})`
}

export const OTHERS_COLOUR = 'var(--part-others)'
