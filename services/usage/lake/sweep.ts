// What nobody reads any more goes: earlier states, the files that only they speak of, and what a crash has left aside.
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { manifestPath, readManifest, readVersion, versionsIn } from './manifest.ts'
import { pointTo } from './publish.ts'
import { goOn, type Reached } from './step.ts'
import { partsOf } from './sums.ts'

/** How long files of an earlier state are kept for those who read by it. */
const KEPT_MS = 15 * 60_000

/** Sweeps a lake; it may be filled and read meanwhile. */
export async function sweep(directory: string, now = Date.now(), reached: Reached = goOn): Promise<void> {
  const current = await readManifest(directory)
  // A crash may have come between the two.
  if (current.version > 0) await pointTo(directory, current)
  const needed = new Set(current.files.flatMap(partsOf).map(({ path }) => path))
  for (const version of await versionsIn(directory)) {
    if (version >= current.version) continue
    const earlier = await readVersion(directory, version)
    if (now - Date.parse(earlier.writtenAt) < KEPT_MS)
      for (const { path } of earlier.files.flatMap(partsOf)) needed.add(path)
    else {
      await rm(manifestPath(directory, version), { force: true })
      reached('a manifest is removed')
    }
  }
  for (const path of await leftIn(directory, now)) {
    if (needed.has(path)) continue
    await rm(join(directory, path), { force: true, recursive: true })
    reached('a file is removed')
  }
}

/** Files that were not touched for long enough that no work goes on with them; a file may be there before its manifest. */
async function leftIn(directory: string, now: number): Promise<string[]> {
  const names = [...(await namesIn(directory, 'slices', true)), ...(await namesIn(directory, 'sums', true))]
  const parquet = names.filter((path) => path.endsWith('.parquet'))
  const aside = [...(await namesIn(directory, 'staging')), ...(await namesIn(directory, 'tails'))]
  const drafts = (await namesIn(directory, 'manifests')).filter((path) => path.endsWith('.draft'))
  const left: string[] = []
  for (const path of [...parquet, ...aside, ...drafts]) {
    const found = await stat(join(directory, path)).catch(() => undefined)
    if (found && now - found.mtimeMs > KEPT_MS) left.push(path)
  }
  return left
}

async function namesIn(directory: string, folder: string, recursive = false): Promise<string[]> {
  const names = await readdir(join(directory, folder), { recursive }).catch(() => [])
  return names.map((name) => join(folder, name))
}
