// Which files the lake consists of. Files are never changed: a new state of the lake is a new manifest, with the next
// number, and the one with the highest is the present state. Earlier ones stay for a time, for whoever reads by them.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'

const part = {
  /** Within the lake, such as `slices/day=2026-01-31/7-5e1f00d2.parquet`. */
  path: v.string(),
  bytes: v.number(),
  sha256: v.string(),
}
export interface LakePart extends Readonly<v.InferOutput<v.ObjectSchema<typeof part, undefined>>> {}

const file = v.object({
  ...part,
  /** Of UTC: all of its rows are of this day. */
  day: v.string(),
  rows: v.number(),
  /**
   * What its rows come to by hour, by day, and by day and GPU, and those that say that a run starts, once the files of its
   * day were put together. Where an earlier release wrote only some of these it is as if there were none: all are made anew.
   */
  sums: v.fallback(
    v.optional(v.object({ hours: v.object(part), days: v.object(part), gpus: v.object(part), starts: v.object(part) })),
    undefined,
  ),
})
export type LakeFile = v.InferOutput<typeof file>

const manifest = v.object({
  format: v.literal(1),
  /** Counts the states of the lake: the data version of whatever is read from it. */
  version: v.number(),
  writtenAt: v.string(),
  /** By what the ledger knows this lake (`of-ledger.ts`); one that has none is made anew. */
  ledger: v.optional(v.string()),
  /** All that transactions before this one (an `xid8`) have entered in the ledger is in the files. */
  upTo: v.string(),
  /** The first day that is kept. Absent where all are. */
  from: v.optional(v.string()),
  files: v.array(file),
})
export type Manifest = v.InferOutput<typeof manifest>

const NOTHING: Manifest = { format: 1, version: 0, writtenAt: new Date(0).toISOString(), upTo: '0', files: [] }

/** A copy of the present state, for whoever reads the lake from outside. */
export const CURRENT = 'manifest.json'
/** The states, each under its number. */
export const STATES = 'manifests'

export function manifestPath(directory: string, version: number): string {
  return join(directory, STATES, `${version}.json`)
}

/** The present state of the lake; an empty one where there is no lake yet. */
export async function readManifest(directory: string): Promise<Manifest> {
  const newest = Math.max(0, ...(await versionsIn(directory)))
  return newest === 0 ? NOTHING : readVersion(directory, newest)
}

/** The states that are kept, in no order. */
export async function versionsIn(directory: string): Promise<number[]> {
  const names = await readdir(join(directory, STATES)).catch(() => [])
  return names.flatMap((name) => (/^\d+\.json$/.test(name) ? [Number.parseInt(name, 10)] : []))
}

/** @throws Error where it is not there, or not as it was written */
export async function readVersion(directory: string, version: number): Promise<Manifest> {
  const path = manifestPath(directory, version)
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new Error(`The lake's ${path} cannot be read.`, { cause })
  })
  return parseManifest(text, path)
}

/** @throws Error that names where it is from */
export function parseManifest(text: string, from: string): Manifest {
  try {
    return v.parse(manifest, JSON.parse(text))
  } catch (cause) {
    throw new Error(`The lake's ${from} is not as it was written.`, { cause })
  }
}
