// Which files the lake consists of. Files are never changed: a new state of the lake is a new manifest, which takes the
// place of the old one at once. Old ones stay for a time, for whoever reads by them.
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'

const file = v.object({
  /** Within the lake, such as `slices/day=2026-01-31/7-0.parquet`. */
  path: v.string(),
  /** Of UTC: all of its rows are of this day. */
  day: v.string(),
  rows: v.number(),
  bytes: v.number(),
  sha256: v.string(),
})
export type LakeFile = v.InferOutput<typeof file>

const manifest = v.object({
  format: v.literal(1),
  /** Counts the states of the lake: the data version of whatever is read from it. */
  version: v.number(),
  writtenAt: v.string(),
  /** All that transactions before this one (an `xid8`) have entered in the ledger is in the files. */
  upTo: v.string(),
  files: v.array(file),
})
export type Manifest = v.InferOutput<typeof manifest>

const NOTHING: Manifest = { format: 1, version: 0, writtenAt: new Date(0).toISOString(), upTo: '0', files: [] }
/** How long files of an earlier state are kept for those who read by it. */
const KEPT_MS = 15 * 60_000

const CURRENT = 'manifest.json'
const EARLIER = 'manifests'

/** The present state of the lake; an empty one where there is no lake yet. */
export async function readManifest(directory: string): Promise<Manifest> {
  return (await readIfThere(join(directory, CURRENT))) ?? NOTHING
}

/** Makes `next` the state of the lake. Its files must be on the disk by then. Whoever reads meanwhile has one or the other. */
export async function publish(directory: string, next: Omit<Manifest, 'format' | 'writtenAt'>): Promise<Manifest> {
  const written: Manifest = { format: 1, writtenAt: new Date().toISOString(), ...next }
  const text = JSON.stringify(written)
  await mkdir(join(directory, EARLIER), { recursive: true })
  await writeDurably(join(directory, EARLIER, `${next.version}.json`), text)
  await writeDurably(join(directory, CURRENT), text)
  return written
}

/** Removes manifests that nobody needs any more, and all files that none of those that stay speaks of. */
export async function sweep(directory: string, now = Date.now()): Promise<void> {
  const current = await readManifest(directory)
  const needed = new Set(current.files.map(({ path }) => path))
  for (const name of await readdir(join(directory, EARLIER)).catch(() => [])) {
    const path = join(directory, EARLIER, name)
    const earlier = await readIfThere(path)
    // One that was written and never became the present state is of no use either.
    const isNeeded = earlier && earlier.version <= current.version && now - Date.parse(earlier.writtenAt) < KEPT_MS
    if (isNeeded || earlier?.version === current.version) for (const { path } of earlier.files) needed.add(path)
    else await rm(path, { force: true })
  }
  for (const name of await readdir(join(directory, 'slices'), { recursive: true }).catch(() => [])) {
    const path = join('slices', name)
    if (needed.has(path) || !name.endsWith('.parquet')) continue
    // A file may be there before its manifest.
    const age =
      now -
      (await stat(join(directory, path)).then(
        ({ mtimeMs }) => mtimeMs,
        () => now,
      ))
    if (age > KEPT_MS) await rm(join(directory, path), { force: true })
  }
}

async function readIfThere(path: string): Promise<Manifest | undefined> {
  try {
    return v.parse(manifest, JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new Error(`The lake's ${path} cannot be read.`, { cause: error })
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const draft = `${path}.draft`
  const handle = await open(draft, 'w')
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(draft, path)
  await syncDirectory(join(path, '..'))
}

/** What was renamed into it stays there through a loss of power. */
export async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
