// How a database and a release of a service fit together. Decisions alone: who has read what decides here.
import type { Released } from './migrate.ts'

export type Fit =
  /** `ahead`: migrations of a later release, beside which this one may go on. */
  | { kind: 'fits'; ahead: readonly string[] }
  /** Migrations of this release are still to be run; which is the first of them, in a sentence. */
  | { kind: 'behind'; reason: string }
  /** They are of two pasts, or of two releases too far apart. */
  | { kind: 'apart'; reason: string }

/** How what was run fits the files of this release. */
export function schemaFit(run: readonly Released[], files: readonly Released[]): Fit {
  const known = new Map(run.map((migration) => [migration.name, migration]))
  let behind: Fit | undefined
  for (const { name, sha256 } of files) {
    const then = known.get(name)
    known.delete(name)
    if (then !== undefined && then.sha256 !== sha256) {
      return { kind: 'apart', reason: `${name}.sql was run, but is another one in this release.` }
    }
    if (then === undefined) behind ??= { kind: 'behind', reason: `${name}.sql was not run yet` }
  }
  if (behind) return behind
  const ahead = [...known.values()]
  const barrier = ahead.find(({ needs }) => needs > files.length)
  if (barrier) return { kind: 'apart', reason: `${barrier.name}.sql was run, ${NEWER}` }
  return { kind: 'fits', ahead: ahead.map(({ name }) => name) }
}

/** Migrations only go forward. */
const NEWER =
  'which this release does not know and cannot work beside: the database belongs to a newer version. ' +
  'Start that version, or restore a backup from before its upgrade (docs/upgrade.md).'
