// A lake that is kept in a bucket: processes on several machines write and read it, each by files of its own, which are
// copies of what the bucket has.
import { randomBytes } from 'node:crypto'
import { access, mkdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Bucket } from './bucket.ts'
import { digest } from './digest.ts'
import {
  CURRENT,
  type LakeFile,
  type LakePart,
  type Manifest,
  parseManifest,
  readManifest,
  STATES,
} from './manifest.ts'
import { keep } from './publish.ts'
import { partsOf } from './sums.ts'

/** Files that are fetched or sent at a time. */
const AT_A_TIME = 4
/** How long files of an earlier state are kept for those who read by it. */
const KEPT_MS = 15 * 60_000

const keyOf = (version: number) => `${STATES}/${version}.json`

/** Brings the directory to the newest state of the bucket; its files are there, and whole, before the state is. */
export async function pull(directory: string, bucket: Bucket): Promise<void> {
  const [here, there] = [await readManifest(directory), await newestIn(bucket)]
  if (!there || there.version <= here.version) return
  await each(there.files.flatMap(partsOf), (part) => fetchPart(directory, bucket, part))
  await keep(directory, there)
}

/** The name of the newest state is written last, so that one more may be there by its number. */
async function newestIn(bucket: Bucket): Promise<Manifest | undefined> {
  let newest = await read(bucket, CURRENT)
  for (let next = newest; next; next = await read(bucket, keyOf((newest?.version ?? 0) + 1))) newest = next
  return newest ?? read(bucket, keyOf(1))
}

async function read(bucket: Bucket, key: string): Promise<Manifest | undefined> {
  const text = await bucket.readText(key)
  return text === undefined ? undefined : parseManifest(text, key)
}

async function fetchPart(directory: string, bucket: Bucket, { path, sha256 }: LakePart): Promise<void> {
  const place = join(directory, path)
  const isThere = await access(place).then(
    () => true,
    () => false,
  )
  // A file of this name never has anything else in it.
  if (isThere) return
  const draft = join(directory, 'staging', `${basename(path)}.${randomBytes(4).toString('hex')}`)
  await mkdir(dirname(draft), { recursive: true })
  await mkdir(dirname(place), { recursive: true })
  try {
    await bucket.download(path, draft)
    if ((await digest(draft)).sha256 !== sha256) throw new Error(`The bucket's ${path} is not what was written.`)
    await rename(draft, place)
  } finally {
    await rm(draft, { force: true })
  }
}

/**
 * Makes a state that of the bucket: its new files first.
 * @returns false where there is such a version already
 */
export async function push(directory: string, bucket: Bucket, manifest: Manifest, files: LakeFile[]): Promise<boolean> {
  await each(files.flatMap(partsOf), ({ path }) => bucket.upload(path, join(directory, path)))
  const text = JSON.stringify(manifest)
  if (!(await bucket.writeText(keyOf(manifest.version), text, { onlyNew: true }))) return false
  await bucket.writeText(CURRENT, text)
  return true
}

/** Removes states that nobody reads by any more from the bucket, and the files that only they speak of. */
export async function sweepBucket(bucket: Bucket, now = Date.now()): Promise<void> {
  const current = await newestIn(bucket)
  if (!current) return
  const needed = new Set(current.files.flatMap(partsOf).map(({ path }) => path))
  for (let version = current.version - 1; version > 0; version--) {
    const earlier = await read(bucket, keyOf(version))
    if (!earlier) return
    const paths = earlier.files.flatMap(partsOf).map(({ path }) => path)
    if (now - Date.parse(earlier.writtenAt) < KEPT_MS) {
      for (const path of paths) needed.add(path)
      continue
    }
    await each(
      paths.filter((path) => !needed.has(path)),
      (path) => bucket.remove(path),
    )
    await bucket.remove(keyOf(version))
  }
}

async function each<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  const left = [...items]
  const workers = Array.from({ length: AT_A_TIME }, async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item)
  })
  await Promise.all(workers)
}
