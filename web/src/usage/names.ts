// What a group is called.
import type { Dimension } from './asked.ts'
import { words } from './words.ts'

/** The key of a group as people read it. */
export function nameOf(by: Dimension, key: string): string {
  if (by === 'OUTCOME') return words.outcomes[key] ?? key
  return key || (by === 'MODEL' ? words.noModel : words.noName)
}
