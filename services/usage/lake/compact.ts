// Small files become one for each day: a day of many files is read as slowly as many days.
import { literal } from './columns.ts'
import type { Lake } from './fill.ts'
import { withLock } from './lock.ts'
import { type LakeFile, readManifest } from './manifest.ts'
import { nextState, publish } from './publish.ts'
import { pull } from './share.ts'
import { writeDay } from './write-files.ts'

/** A day that still grows may have so many files before they are put together. */
const MOST_FILES = 8

/** Puts the files of one day together, the one with the most; false where none has too many. */
export async function compactOne(lake: Lake, now = new Date()): Promise<boolean> {
  const { directory, bucket } = lake
  const done = await withLock(lake, async () => {
    if (bucket) await pull(directory, bucket)
    const before = await readManifest(directory)
    const [day, files] = worst(before.files, now) ?? []
    if (day === undefined || !files) return false
    const { version, name } = nextState(before)
    const paths = files.map(({ path }) => literal(`${directory}/${path}`)).join(', ')
    const rows = `FROM read_parquet([${paths}], hive_partitioning = false)`
    const written = await writeDay(lake, name, day, rows)
    const others = before.files.filter((file) => file.day !== day)
    await publish(lake, { ...before, version, files: [...others, written] }, [written])
    return true
  })
  return done ?? false
}

/** The day with the most files, where these are more than it may have: a day that is over one, which has sums, another a few. */
function worst(files: readonly LakeFile[], now: Date): [string, LakeFile[]] | undefined {
  const today = now.toISOString().slice(0, 10)
  const byDay = Object.groupBy(files, ({ day }) => day)
  return Object.entries(byDay)
    .flatMap(([day, some = []]): [string, LakeFile[]][] => {
      const isTogether = day < today ? some.length === 1 && some.every(({ sums }) => sums) : some.length <= MOST_FILES
      return isTogether ? [] : [[day, some]]
    })
    .toSorted(([, a], [, b]) => b.length - a.length)[0]
}
