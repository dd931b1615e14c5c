// Whether a bucket does what a lake needs of it: tried with objects of its own, which are gone afterwards.
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BucketSettings, openBucket } from './bucket.ts'

/** Writers that want to write the same state. */
const RIVALS = 12
const FILE_BYTES = 8 << 20

export interface Finding {
  what: string
  isWell: boolean
}

/** One finding after the other. @throws Error where the bucket cannot be reached, or does not let us in */
export async function* checkBucket(settings: BucketSettings): AsyncGenerator<Finding> {
  const bucket = openBucket(settings)
  const folder = await mkdtemp(join(tmpdir(), 'bucket-'))
  const name = `check-${randomBytes(8).toString('hex')}`
  const [state, file] = [`${name}/a state.json`, `${name}/day=2026-01-31/1-é.parquet`]
  try {
    yield { what: 'an object that is not there is not there', isWell: (await bucket.readText(state)) === undefined }
    const wrote = await Promise.all(
      Array.from({ length: RIVALS }, (_, n) => bucket.writeText(state, `${n}`, { onlyNew: true })),
    )
    yield { what: `of ${RIVALS} writers of one state one succeeds`, isWell: wrote.filter(Boolean).length === 1 }
    yield {
      what: 'and its state is what is read',
      isWell: (await bucket.readText(state)) === String(wrote.indexOf(true)),
    }
    await bucket.writeText(state, 'another')
    yield {
      what: 'what is written without a condition is read at once',
      isWell: (await bucket.readText(state)) === 'another',
    }
    const bytes = randomBytes(FILE_BYTES)
    await writeFile(join(folder, 'sent'), bytes)
    await bucket.upload(file, join(folder, 'sent'))
    await bucket.download(file, join(folder, 'fetched'))
    yield { what: 'a file comes back as it was sent', isWell: bytes.equals(await readFile(join(folder, 'fetched'))) }
    await bucket.remove(file)
    await bucket.remove(file)
    yield {
      what: 'what was removed is gone, and may be removed again',
      isWell: (await bucket.readText(file)) === undefined,
    }
    const stranger = openBucket({ ...settings, keyId: `${settings.keyId}X` })
    const isLetIn = await stranger.readText(state).then(
      () => true,
      () => false,
    )
    yield { what: 'whom it does not know it refuses', isWell: !isLetIn }
  } finally {
    await Promise.allSettled([state, file].map((key) => bucket.remove(key)))
    await rm(folder, { recursive: true, force: true })
  }
}
