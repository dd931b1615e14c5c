// Keeps what a person needs in order to see why a run of the harness went wrong: the rig and its home are gone by then.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { describe } from './check.ts'
import type { History, Violation } from './history.ts'

/** Of violations, in a file that somebody is to read. */
const MOST_LINES = 10_000

interface Evidence {
  fault: string
  seed: string
  home: string
  violations: readonly Violation[]
  /** Undefined where it never came to one. */
  history: History | undefined
}

/** Copies the journals and the programs' logs into the repository's cache; returns the folder. */
export function keepEvidence({ fault, seed, home, violations, history }: Evidence): string {
  const folder = path.join(repositoryRoot, '.cache', 'faults', `${fault}-${seed}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    path.join(folder, 'violations.txt'),
    violations
      .slice(0, MOST_LINES)
      .map((violation) => `${describe(violation)}\n`)
      .join(''),
  )
  if (history) writeFileSync(path.join(folder, 'history.json'), JSON.stringify(history, null, 1))
  cpSync(path.join(home, 'logs'), path.join(folder, 'logs'), { recursive: true })
  return folder
}
