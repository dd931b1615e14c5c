// What the page and the worker that looks through a log say to each other.
import type { Pattern } from './pattern.ts'
import type { Findings } from './scan.ts'

/** Look for this, in place of what was looked for before. */
export interface Order {
  id: number
  /** Where the log is read, and whose token opens it. */
  address: string
  token: string
  attempt: number
  pattern: Pattern
  context: number
}

export type Report =
  /** A slice begins: what follows soon, unless the pattern takes too long. */
  | { kind: 'looking'; id: number }
  | { kind: 'found'; id: number; findings: Findings; isDone: boolean }
  | { kind: 'failed'; id: number; message: string }
