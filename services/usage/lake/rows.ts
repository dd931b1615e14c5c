// Where the rows of a question are: in the files that may hold some, and in the tail.
import { literal } from './columns.ts'
import type { LakeFile, Manifest } from './manifest.ts'
import type { Question, Source } from './question.ts'
import type { Tail } from './tail.ts'

/** The days of UTC that matter, both included; all where there are none. */
export type Days = { from: string; to: string } | undefined

/** A SELECT of all rows of these files, and of the tail, which stands in FROM as it is. */
export function selectRows(directory: string, files: readonly string[], tail: string, days: Days): string {
  const fromTail = `SELECT * FROM ${tail}`
  if (files.length === 0) return days ? `${fromTail} WHERE ${within(days)}` : fromTail
  const list = files.map((file) => literal(`${directory}/${file}`)).join(', ')
  const all = `SELECT * FROM read_parquet([${list}], hive_partitioning = false) UNION ALL ${fromTail}`
  return days ? `SELECT * FROM (${all}) WHERE ${within(days)}` : all
}

/** The files of a question. */
export function sourceOf(manifest: Manifest, tail: Tail, { days, sums }: Pick<Question, 'days' | 'sums'>): Source {
  const files = filesFor(manifest, tail, days)
  const paths = (some: readonly { path: string }[]) => some.map(({ path }) => path)
  const ofTail = { id: tail.id, csv: tail.csv }
  if (!sums) return { files: paths(files), tail: ofTail }
  const { resolution, quarters, starts, slices } = sums
  return {
    files: paths(slices ? files.filter(({ day }) => slices.includes(day)) : files),
    sums: {
      files: paths(files.flatMap(({ sums }) => sums?.[resolution] ?? [])),
      starts: starts ? paths(files.flatMap(({ sums }) => sums?.starts ?? [])) : undefined,
      others: paths(files.filter(({ sums }) => !sums)),
      resolution,
      quarters,
    },
    tail: ofTail,
  }
}

/** Those that may hold rows that matter, and are not stale. */
export function filesFor({ files }: Manifest, { staleDays }: Tail, days: Days): LakeFile[] {
  const stale = new Set(staleDays)
  return files.filter(({ day }) => !stale.has(day) && (!days || (day >= days.from && day <= days.to)))
}

function within({ from, to }: NonNullable<Days>): string {
  return `hour >= ${literal(from)}::TIMESTAMP AND hour < ${literal(to)}::TIMESTAMP + INTERVAL 1 DAY`
}
