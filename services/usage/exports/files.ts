// Where the files of exports are, and how long: with the process that wrote them, and in the bucket of the lake where there
// is one, so that any process hands them out.
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { query } from '@constellation/platform/database/database.ts'
import type { Pool } from 'pg'
import type { Bucket } from '../lake/bucket.ts'
import type { ExportRow } from './export-row.ts'
import { FORMS } from './formats.ts'

const FOLDER = 'exports'

/** The file of an attempt, within the lake's directory; that of another attempt is another. */
export function fileOf({ id, claim, format }: Pick<ExportRow, 'id' | 'claim' | 'format'>): string {
  return join(FOLDER, `${id}_${claim}.${FORMS[format].extension}`)
}

/** Where a file is on this disk; fetched first if another process wrote it. @throws Error where nobody has it */
export async function fetchFile(directory: string, bucket: Bucket | undefined, file: string): Promise<string> {
  const path = join(directory, file)
  if (!bucket || existsSync(path)) return path
  const draft = `${path}.${randomUUID()}`
  await mkdir(dirname(path), { recursive: true })
  try {
    await bucket.download(file, draft)
    await rename(draft, path)
  } finally {
    await rm(draft, { force: true })
  }
  return path
}

/** Removes exports whose time is over, and every file that belongs to none. */
export async function removeExpired(pool: Pool, directory: string, bucket?: Bucket): Promise<void> {
  const expired = await query<Pick<ExportRow, 'id' | 'claim' | 'format'>>(
    pool,
    'remove-exports',
    'DELETE FROM exports WHERE expires_at < now() RETURNING id, claim, format',
  )
  for (const row of expired) if (row.claim !== null) await bucket?.remove(fileOf(row))
  // Files first: one that is begun after that is in neither list.
  const names = await readdir(join(directory, FOLDER)).catch(() => [])
  const rows = await query<{ claim: string }>(
    pool,
    'export-claims',
    'SELECT claim FROM exports WHERE claim IS NOT NULL',
  )
  const needed = new Set(rows.map(({ claim }) => claim))
  for (const name of names) {
    const claim = /_([0-9a-f-]{36})\./.exec(name)?.[1]
    if (!claim || !needed.has(claim)) await rm(join(directory, FOLDER, name), { force: true })
  }
}
