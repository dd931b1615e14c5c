import type { AttemptFragment } from '../generated/documents.ts'
import { words } from './words.ts'

/** How a run ended, beyond its state: `a GPU failed`, `SIGKILL`, `exit code 1`; undefined where that says nothing. */
export function sayEnd({
  outcome,
  signal,
  exitCode,
}: Pick<AttemptFragment, 'outcome' | 'signal' | 'exitCode'>): string | undefined {
  const kind = outcome === null ? undefined : words.outcome[outcome]
  // What the worker ends says by itself why; the signal that it sent adds nothing.
  if (outcome === 'GPU_FAILED' || outcome === 'IDLE') return kind
  const parts = [kind, signal, exitCode === null ? undefined : words.exit(exitCode)].filter((part) => part != null)
  return parts.length > 0 ? parts.join(', ') : undefined
}
